"""What we ask about work that waits for other work."""

from wtforms.validators import InputRequired

from tracker.actions.forms import ActionForm
from tracker.actions.models import Action
from tracker.web.fields import ReferenceField


class WaitForm(ActionForm):
    other = ReferenceField(
        "Which action does it wait for?",
        [InputRequired("Enter the reference of the action it waits for")],
        prefix=Action.prefix,
        hint="Such as A-104. It cannot be finished before that one is.",
    )
