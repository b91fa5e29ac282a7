"""What we ask about a file that holds what could lead to a child."""

from collections.abc import Sequence
from uuid import UUID

from flask import request
from wtforms.validators import Length

from tracker.evidence.guard.models import ChildDataWarning
from tracker.web.fields import Form, HiddenVersionField, TextAreaField

LONGEST_REASON = 1000
"""Characters. Our choice: a paragraph."""


class DecideForm(Form):
    """Which of the things that were found are taken out of the file, and why the others may stay."""

    version = HiddenVersionField()
    because = TextAreaField(
        "Why may the rest stay?",
        [Length(max=LONGEST_REASON, message=f"Use {LONGEST_REASON:,} characters or fewer")],
        hint="Only for what is not ticked. Such as: it is the team’s own telephone number.",
        rows=2,
    )

    def split(self, undecided: Sequence[ChildDataWarning]) -> tuple[list[ChildDataWarning], list[ChildDataWarning]]:
        """What is ticked, to be taken out, and the rest."""
        ticked = {UUID(one) for one in request.form.getlist("take_out") if _is_an_id(one)}
        return [one for one in undecided if one.id in ticked], [one for one in undecided if one.id not in ticked]


def _is_an_id(typed: str) -> bool:
    try:
        return bool(UUID(typed))
    except ValueError:
        return False
