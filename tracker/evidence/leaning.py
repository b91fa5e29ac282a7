"""What rests on evidence in rooms further down: a statement, a finding, a pack. They say so, since nobody here may ask.
Statements and packs say it of whatever has a reference, such as an audit, in the same words.

The application names who is asked (``init_leaning``); each is asked once, for all the evidence of a page. It also names
who may be told that evidence speaks for something of theirs.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from flask import Flask, current_app

from tracker.people.models import Authority

if TYPE_CHECKING:
    from tracker.evidence.models import Evidence


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


Told: TypeAlias = Callable[["Evidence", int, str], None]
"""A piece of evidence, the number of what it speaks for, and what it shows there. Raises Refused."""


def init_leaning(app: Flask, *asked: Asked, told: Mapping[str, Told]) -> None:
    """``told`` is by the prefix of a reference: "F" for findings."""
    app.extensions["leaning_on_evidence"] = asked
    app.extensions["told_of_evidence"] = told


def speak_for(evidence: "Evidence", prefix: str, number: int, *, shows_there: str) -> None:
    """Let a piece of evidence speak for a thing of a room further down, by its reference.

    Raises Refused where there is no such thing, or it cannot be.
    """
    current_app.extensions["told_of_evidence"][prefix](evidence, number, shows_there)


def on(authority: Authority, references: Sequence[str]) -> Mapping[str, Sequence[Leaning]]:
    """What rests on each piece of evidence, or of what else has a reference, in the order of the rooms."""
    found: dict[str, list[Leaning]] = defaultdict(list)
    for ask in current_app.extensions["leaning_on_evidence"]:
        for reference, leaning in ask(authority, references).items():
            found[reference].extend(leaning)
    return found
