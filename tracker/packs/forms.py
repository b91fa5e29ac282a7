from wtforms.validators import InputRequired

from tracker.packs.rules import OF_THE_WHOLE_AUTHORITY, PACK_NAMES, WHAT_FOR, PackKind
from tracker.web.fields import ChoiceField
from tracker.web.form import Form


class AskForm(Form):
    kind = ChoiceField(
        "Which pack?",
        PackKind,
        [InputRequired("Choose a pack")],
        among=OF_THE_WHOLE_AUTHORITY,
        labels=PACK_NAMES,
        hints=WHAT_FOR,
    )
