from collections.abc import Sequence
from dataclasses import dataclass

from flask import request
from flask_wtf.file import FileRequired
from wtforms.validators import InputRequired, Length

from reports.look import ACCENT, INK
from tracker.evidence.models import Evidence
from tracker.evidence.rules import Marking
from tracker.packs.models import PackProfile
from tracker.packs.profiles import rules, sections
from tracker.packs.profiles.rules import LEFT_OUT_NAMES, OFFERED, LeftOut, Profile
from tracker.packs.profiles.sections import Section
from tracker.packs.rules import PACK_NAMES, WHAT_FOR, PackKind
from tracker.web.fields import (
    CheckboxesField,
    CheckboxField,
    ChoiceField,
    FileField,
    Form,
    HiddenVersionField,
    SelectField,
    TextField,
)

NAME = [
    InputRequired("Give the profile a name, such as Scrutiny committee"),
    Length(max=rules.LONGEST_NAME, message=f"Use {rules.LONGEST_NAME} characters or fewer for the name"),
]


class NewProfileForm(Form):
    kind = ChoiceField(
        "Which pack is it a profile of?",
        PackKind,
        [InputRequired("Choose a pack")],
        among=sections.SECTIONS,
        labels=PACK_NAMES,
        hints=WHAT_FOR,
    )
    name = TextField("Name", NAME, hint="Of the reader or the day: Scrutiny committee, Inspection day.", width=20)


@dataclass(frozen=True)
class Line:
    """One section in the form: in its place, chosen or not."""

    section: Section
    printed: bool
    first: bool
    last: bool


class ProfileForm(Form):
    """All that a profile chooses but its crest. ``lines`` are the sections, in the order in which they stand now."""

    version = HiddenVersionField()
    name = TextField("Name", NAME, width=20)
    marking = ChoiceField(
        "Marking",
        Marking,
        [InputRequired("Choose a marking")],
        hint="Printed on each page. A pack that rests on evidence marked higher keeps that.",
        inline=True,
    )
    watermark = TextField(
        "Watermark",
        hint="A short word beside every page: DRAFT, or your own, such as NOT FOR PUBLICATION. Empty for none. A "
        "self-evaluation that nobody has signed says DRAFT whatever stands here.",
        width=20,
    )
    left_out = CheckboxesField("What is left out?")
    ink = TextField("Colour of headings and rules", hint="A # and six figures or letters, such as #14324a.", width=10)
    accent = TextField("Colour of links and references", hint="Both are checked for contrast.", width=10)

    def __init__(self, kind: PackKind) -> None:
        super().__init__()
        self.kind = kind
        self.left_out.offer((one.value, LEFT_OUT_NAMES[one]) for one in LeftOut if kind in OFFERED[one])
        self.order, self.printed = request.form.getlist("order"), set(request.form.getlist("printed"))

    def show(self, profile: Profile, *, version: int) -> None:
        """Fill what nobody has typed yet."""
        self.version.data, self.name.data, self.marking.data = version, profile.name, profile.marking
        self.watermark.data, self.ink.data, self.accent.data = profile.watermark, profile.ink, profile.accent
        self.left_out.data = [one.value for one in profile.left_out]
        rest = [code for code in sections.usual(self.kind) if code not in profile.order]
        self.order, self.printed = [*profile.order, *rest], set(profile.order)

    @property
    def lines(self) -> Sequence[Line]:
        """The method stands last, whatever was posted."""
        known = sections.named(self.kind)
        order = [code for code in self._whole_order() if code != sections.METHOD.code]
        lines = [
            Line(known[code], known[code].needed or code in self.printed, place == 0, place == len(order) - 1)
            for place, code in enumerate(order)
        ]
        if sections.METHOD.code in known:
            lines.append(Line(sections.METHOD, printed=True, first=True, last=True))
        return lines

    def _whole_order(self) -> Sequence[str]:
        """Each section once, those that were not posted after the rest."""
        known = sections.named(self.kind)
        posted = dict.fromkeys(code for code in self.order if code in known)
        return [*posted, *(code for code in sections.usual(self.kind) if code not in posted)]

    def move(self, wanted: str) -> None:
        """ "up:plan" or "down:plan"."""
        way, _, code = wanted.partition(":")
        order = [line.section.code for line in self.lines if line.section is not sections.METHOD]
        self.order = list(sections.moved(order, code, -1 if way == "up" else 1))

    def typed(self) -> Profile:
        return Profile(
            kind=self.kind,
            name=self.name.data or "",
            order=tuple(line.section.code for line in self.lines if line.printed),
            marking=self.marking.data or Marking.OFFICIAL,
            watermark=self.watermark.data or "",
            ink=(self.ink.data or INK).lower(),
            accent=(self.accent.data or ACCENT).lower(),
            left_out=tuple(LeftOut(one) for one in self.left_out.data or ()),
        )


class ExampleForm(Form):
    """Which practice example a page is made of, of those that fit on one."""

    number = SelectField("Which practice example?", coerce=int)

    @classmethod
    def of(cls, examples: Sequence[Evidence]) -> "ExampleForm":
        form = cls()
        form.number.offer((one.number, f"{one.reference} {one.title}") for one in examples)
        return form


class CrestForm(Form):
    version = HiddenVersionField()
    file = FileField(
        "Picture",
        [FileRequired("Choose a picture")],
        hint="A PNG or JPEG of your authority’s own crest or logo, up to 5 MB. It is written again, with nothing "
        "but its colours. Never Ofsted’s logo or the Crown’s arms.",
        accept=".png,.jpg,.jpeg",
    )
    alt = TextField(
        "What it shows, for people who do not see it", hint="Such as: Crest of the London Borough of Brent."
    )
    ours = CheckboxField("It is our authority’s own, and we may print it")

    @classmethod
    def of(cls, row: PackProfile) -> "CrestForm":
        form = cls().distinct("crest")
        form.version.data = row.version if form.version.data is None else form.version.data
        return form

    @classmethod
    def untouched(cls, row: PackProfile) -> "CrestForm":
        """As it stands before anybody types, where what was posted is another form's."""
        form = cls(formdata=None).distinct("crest")
        form.version.data = row.version
        return form
