"""When a low grade is passed up, and to whom.

It is passed up at once, on any day and at any hour: a child's safety does not wait for Monday. A mail about it is
written a few minutes later, so that a slip of the mouse alarms nobody.
"""

from datetime import datetime, timedelta
from enum import StrEnum

SETTLES_AFTER = timedelta(minutes=10)
"""How long the grade must have stood before a mail is written. Source: our choice."""


class EscalationState(StrEnum):
    OPEN = "Not answered yet"
    ANSWERED = "Answered"
    WITHDRAWN = "Withdrawn"
    """The grade was put right before anybody had answered."""


def may_be_told(raised_at: datetime, now: datetime) -> bool:
    return now - raised_at >= SETTLES_AFTER


def why_not_answer(state: EscalationState, *, reference: str, by: str) -> str | None:
    """Why somebody cannot answer it any more, or None."""
    return {
        EscalationState.OPEN: None,
        EscalationState.ANSWERED: f"{by} has answered {reference} already.",
        EscalationState.WITHDRAWN: f"The grade of {reference} was put right, so there is nothing to answer.",
    }[state]
