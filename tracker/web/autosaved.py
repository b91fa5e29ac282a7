"""Answering a page that saves itself: what was saved, or why not, for the script of ``static/src/autosave.js``."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from tracker.platform import clock
from tracker.platform.errors import Conflict
from tracker.web.form import Form, error_list


def is_asked() -> bool:
    """Whether the page sent this by itself, and not its button."""
    return request.form.get("then") == "autosave"


def window() -> str:
    """The page's name for itself, with its count of saves; empty where a button was pressed without a script."""
    return request.form.get("window", "")


Answer = tuple[dict[str, Any], int]


def answer(form: Form, save: Callable[[], object], fields: Callable[[], Mapping[str, int]]) -> Answer:
    """Save, and say when; ``fields`` are the hidden fields that the page has to carry from now on.

    It is said after the change was written and before it is committed; a commit that fails answers 500 instead.
    """
    conflicts: list[Conflict] = []
    if form.carries_out(lambda: _noting(save, conflicts)):
        return {"saved": f"{clock.now().astimezone(clock.LONDON):%H:%M}", "fields": dict(fields())}, 200
    why = error_list(form)[0]["text"]
    return {"refused": why, "conflict": bool(conflicts)}, 409 if conflicts else 422


def asking(answer: Answer, asks: bool) -> ResponseReturnValue:
    """The answer, saying whether a grade asks for something that the page has not shown yet."""
    said, status = answer
    return {**said, "asks": asks}, status


def _noting(save: Callable[[], object], conflicts: list[Conflict]) -> None:
    try:
        save()
    except Conflict as conflict:
        conflicts.append(conflict)
        raise
