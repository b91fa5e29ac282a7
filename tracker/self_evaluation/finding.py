"""Finding something to cite by a few letters. Search is a room further down, so the application says who is asked."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeAlias

from flask import Flask, current_app

from tracker.audits.blind.rules import Viewer
from tracker.people.models import Authority
from tracker.self_evaluation import citing
from tracker.self_evaluation.citing import CitedThing

MOST = 8
"""How many are offered. Source: our choice; a list that needs no scrolling on a phone."""

Asked: TypeAlias = Callable[[Authority, Viewer, str, int], Sequence[str]]
"""From what was typed to the references of what may be cited, best first, so many at most."""


def init_finding(app: Flask, asked: Asked) -> None:
    app.extensions["finding_to_cite"] = asked


def things(authority: Authority, viewer: Viewer, typed: str, today: date) -> list[CitedThing]:
    """What answers to the letters typed, best first."""
    references = current_app.extensions["finding_to_cite"](authority, viewer, typed, MOST)
    found = citing.things(authority, references, today)
    return [found[reference] for reference in references if reference in found]
