"""What rooms further down know of an action: what shows its difference, and what its page shows besides.

They say so, since nobody here may ask. The application names who is asked (``init_leaning``).
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, TypeAlias

from flask import Flask, current_app

if TYPE_CHECKING:
    from tracker.actions.models import Action

Shows: TypeAlias = "Callable[[Action], bool]"
"""Whether something of that room that stands shows what difference an action made."""

Beside: TypeAlias = "Callable[[Action, date], Any]"
"""What the page of an action shows of that room on a day."""


def init_leaning(app: Flask, *, shows: Sequence[Shows], beside: Mapping[str, Beside]) -> None:
    """``beside`` is by the name that the page's template knows it by."""
    app.extensions["shows_differences"] = shows
    app.extensions["beside_actions"] = beside


def still_shown(action: "Action") -> bool:
    """Whether anything still shows what difference an action made: evidence that stands, or a measure."""
    return any(shows(action) for shows in current_app.extensions["shows_differences"])


def beside(action: "Action", today: date) -> Mapping[str, Any]:
    """What the page of an action shows of rooms further down, by name."""
    return {name: of(action, today) for name, of in current_app.extensions["beside_actions"].items()}
