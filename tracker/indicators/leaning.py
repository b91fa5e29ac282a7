"""What rests on a measure in rooms further down: statements that cite it. They say so, since nobody here may ask.

The application names who is asked (``init_leaning``).
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol, TypeAlias

from flask import Flask, current_app

from tracker.people.models import Authority


class Leaning(Protocol):
    """One thing that rests on a measure."""

    @property
    def reference(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def kind(self) -> str:
        """What it is, and whether it can still change: "Statement of version 2, signed"."""

    @property
    def shows(self) -> str:
        """Its words that rest on the measure."""


Asked: TypeAlias = Callable[[Authority, Sequence[str]], Mapping[str, Sequence[Leaning]]]
"""From references of measures to what rests on each; one that nothing rests on is left out."""


def init_leaning(app: Flask, *asked: Asked) -> None:
    app.extensions["leaning_on_measures"] = asked


def on(authority: Authority, reference: str) -> Sequence[Leaning]:
    """What rests on one measure, in the order of the rooms."""
    asked: Sequence[Asked] = current_app.extensions["leaning_on_measures"]
    return [one for ask in asked for one in ask(authority, [reference]).get(reference, ())]
