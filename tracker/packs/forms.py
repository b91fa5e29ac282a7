from wtforms.validators import InputRequired

from tracker.packs.rules import PACK_NAMES, WHAT_FOR, PackKind
from tracker.web.fields import ChoiceField
from tracker.web.form import Form


class AskForm(Form):
    kind = ChoiceField("Which pack?", PackKind, [InputRequired("Choose a pack")], labels=PACK_NAMES, hints=WHAT_FOR)
