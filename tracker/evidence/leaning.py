"""What rests on evidence in rooms further down: a statement, a finding, a pack. They say so, since nobody here may ask.

The application names who is asked (``init_leaning``); each is asked once, for all the evidence of a page.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from flask import Flask, current_app

from tracker.people.models import Authority


@dataclass(frozen=True)
class Leaning:
    """One thing that rests on a piece of evidence."""

    reference: str
    title: str
    kind: str
    shows: str
    """What the evidence shows there, as that thing says it."""
    fixed: bool = False
    """It was signed or published so, and cannot be changed to rest on something else."""


Asked: TypeAlias = Callable[[Authority, Sequence[str]], Mapping[str, Sequence[Leaning]]]
"""From references of evidence to what rests on each; one that nothing rests on is left out."""


def init_leaning(app: Flask, *asked: Asked) -> None:
    app.extensions["leaning_on_evidence"] = asked


def on(authority: Authority, references: Sequence[str]) -> Mapping[str, Sequence[Leaning]]:
    """What rests on each piece of evidence, in the order of the rooms."""
    found: dict[str, list[Leaning]] = defaultdict(list)
    for ask in current_app.extensions["leaning_on_evidence"]:
        for reference, leaning in ask(authority, references).items():
            found[reference].extend(leaning)
    return found
