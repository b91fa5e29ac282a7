from collections.abc import Sequence
from uuid import UUID

from flask_wtf.file import FileRequired
from wtforms.validators import InputRequired

from tracker.packs.models import PackProfile
from tracker.packs.rules import OF_THE_WHOLE_AUTHORITY, PACK_NAMES, WHAT_FOR, PackKind
from tracker.web.fields import ChoiceField, FileField, SelectField
from tracker.web.form import Form


class VerifyForm(Form):
    file = FileField(
        "Is this file one of ours?",
        [FileRequired("Choose a file")],
        hint="A pack as PDF, Word document, spreadsheet or web page. It is looked at and not kept.",
        accept=".pdf,.docx,.xlsx,.html",
    )


class AskForm(Form):
    kind = ChoiceField(
        "Which pack?",
        PackKind,
        [InputRequired("Choose a pack")],
        among=OF_THE_WHOLE_AUTHORITY,
        labels=PACK_NAMES,
        hints=WHAT_FOR,
    )
    profile = SelectField(
        "Profile",
        blank="None",
        hint="Of the pack that you choose. Without one it prints what its kind always prints.",
        coerce=UUID,
    )

    def choose(self, kind: str) -> None:
        """Have a pack chosen, if it is one of those that are offered."""
        self.kind.data = next((one for one in OF_THE_WHOLE_AUTHORITY if one.value == kind), self.kind.data)

    def offer(self, profiles: Sequence[PackProfile]) -> None:
        """Profiles under the pack that they are of; those of a practice example are on its own page."""
        kinds = dict.fromkeys(one.kind for one in profiles if one.kind in OF_THE_WHOLE_AUTHORITY)
        self.profile.offer(
            {PACK_NAMES[kind]: [(one.id, one.name) for one in profiles if one.kind is kind] for kind in kinds}
        )
