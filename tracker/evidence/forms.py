"""What we ask about evidence: what all kinds need, then what only one kind has."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Self

from flask import request
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from tracker.evidence import file_types, one_page, rules
from tracker.evidence.commands import LABELS, Description, Practice, Upload
from tracker.evidence.models import Evidence
from tracker.evidence.rules import LONGEST_LINE, LONGEST_TEXT, Kind, Marking, Strength, VoiceOf
from tracker.frameworks.schema import Framework
from tracker.improvements.models import ImprovementItem
from tracker.people.models import Membership, Person
from tracker.platform import child_data
from tracker.platform.child_data import LooksLikeChildData
from tracker.platform.errors import Refused
from tracker.web.fields import (
    ChoiceField,
    DayField,
    FileField,
    Form,
    HiddenVersionField,
    PersonField,
    ReferenceField,
    SelectField,
    TextAreaField,
    TextField,
)

FILE_HINT = f"{file_types.IN_WORDS}. Take out names and anything else that could lead to a child first."


def line(label: str, needed: str = "", **kwargs: Any) -> TextField:
    return TextField(label, _validators(needed, LONGEST_LINE), guard=False, **kwargs)


def text(label: str, needed: str = "", *, guard: bool = False, **kwargs: Any) -> TextAreaField:
    """Evidence may keep what looks like child data for a reason (``ChildDataGuard``): no ``guard`` where it asks."""
    return TextAreaField(label, _validators(needed, LONGEST_TEXT), guard=guard, **kwargs)


def _validators(needed: str, most: int) -> list[Any]:
    within = Length(max=most, message=f"Use {most:,} characters or fewer")
    return [InputRequired(needed), within] if needed else [within]


def _fits(section: str, hint: str = "") -> str:
    """What to write, and how much of it a one-page practice example holds."""
    return f"{hint} Up to {one_page.LONGEST[section]} characters fit on its one page.".strip()


TAKE_OUT = "take_out"
"""Name of the button that takes out of typed text what could lead to a child."""


class ChildDataGuard(Form):
    """A form whose text is looked through; when something is found it asks why that may stay."""

    not_child_data_because = text(
        "Why can this not lead to a child?",
        hint="Better: take it out above. If it may stay, say why; your reason is kept with the evidence.",
        rows=2,
    )

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        """With "Take it out for me" pressed, what could lead to a child is taken out of what was typed first."""
        if TAKE_OUT in request.form:
            for field in self:
                if isinstance(field, StringField) and isinstance(field.data, str):
                    field.data = child_data.taken_out(field.data)
        return bool(super().validate(extra_validators))

    def refuse(self, refused: Refused | str, *, on: str | None = None) -> None:
        if isinstance(refused, LooksLikeChildData):
            on = "not_child_data_because"
        super().refuse(refused, on=on)

    @property
    def asks_about_child_data(self) -> bool:
        return bool(self.not_child_data_because.errors or self.not_child_data_because.data)


class EvidenceForm(ChildDataGuard):
    """What every kind asks. ``says`` is what was said."""

    version = HiddenVersionField()
    title = line(LABELS["title"], "Enter a title", hint="Short, for lists: “PLO tracker summary, week 46”.")
    shows = text(
        LABELS["shows"], "Say what it shows", hint="One sentence, with its numbers: “22 of 24 dates complete”."
    )
    dated = DayField(
        "Which day does it speak of?",
        [InputRequired("Enter the day it speaks of")],
        hint="Not the day you add it. For a period, its last day. Such as 12 November 2026.",
    )
    period_from = DayField("First day of the period, if it covers one")
    strength = ChoiceField(
        rules.STRENGTH_QUESTION,
        Strength,
        [InputRequired("Say what is the most that it shows")],
        labels=rules.STRENGTH_ANSWERS,
        hints=rules.STRENGTH_HINTS,
    )
    owner = PersonField("Who keeps it up to date?", blank=None)
    marking = ChoiceField("Security marking", Marking, [InputRequired("Choose a marking")], inline=True)

    own_fields: Sequence[str] = ()
    """Names of the fields that only this kind asks, in order; they come after the title."""

    def offer_people(self, colleagues: Sequence[Membership], me: Person) -> None:
        self.owner.offer((colleague.person_id, colleague.person.name) for colleague in colleagues)
        if self.owner.data is None:
            self.owner.data = me.id
        self.marking.data = self.marking.data or Marking.OFFICIAL

    def says(self, owner: Person | None) -> Description:
        mine = {name: getattr(self, name).data for name in self.own_fields if name in Description.__dataclass_fields__}
        told = {name: value for name, value in mine.items() if value is not None}
        return Description(
            title=self.title.data or "",
            dated=self.dated.data,  # type: ignore[arg-type]  # required by the form
            shows=self.shows.data or "",
            strength=self.strength.data,
            owner=owner,
            marking=self.marking.data or Marking.OFFICIAL,
            not_child_data_because=self.not_child_data_because.data or "",
            practice=self.practice(),
            period_from=self.period_from.data,
            period_to=self.last_day(),
            **told,
        )

    def last_day(self) -> date | None:
        """Of the period: the day it speaks of, unless a form asks for it apart."""
        return self.dated.data if self.period_from.data else None

    def practice(self) -> Practice | None:
        return None


class DocumentForm(EvidenceForm):
    origin = line(LABELS["origin"], hint="The team, system or meeting that made it.")
    own_fields: Sequence[str] = ("origin",)


class LinkForm(DocumentForm):
    url = line("Its address", "Enter the address of the page", hint="Starting with https://")
    own_fields: Sequence[str] = ("url", "origin")


class CountedForm(DocumentForm):
    """Data and audits may have been drawn later than the period that they cover ends."""

    dated = DayField(
        "Which day is it from?",
        [InputRequired("Enter the day it is from")],
        hint="The day it was drawn or finished, not the day you add it. Such as 12 November 2026.",
    )
    period_to = DayField("Last day of the period", hint="Leave it empty if it is the day above.")
    own_fields: Sequence[str] = ("origin",)

    def last_day(self) -> date | None:
        return self.period_to.data or super().last_day()


class ObservationForm(DocumentForm):
    setting = line("What was watched?", hint="A visit, a meeting, a supervision session; never whose.")
    own_fields: Sequence[str] = ("setting", "origin")


class PracticeExampleForm(EvidenceForm):
    title = line(LABELS["title"], "Enter a title", hint=_fits("title", "What it is, as a summary in one line."))
    shows = text(LABELS["shows"], "Say what it shows", hint=_fits("shows", "The evidence of impact, with its numbers."))
    team = line(LABELS["team"], "Say which team did it", hint=_fits("team"))
    contact = line(
        LABELS["contact"],
        "Say whom colleagues elsewhere can ask",
        hint=_fits("contact", "A job title or a shared mailbox."),
    )
    partners = line(LABELS["partners"], hint=_fits("partners", "Who else took part."))
    aims = text(LABELS["aims"], "Say why it was done and what for", hint=_fits("aims"))
    done = text(LABELS["done"], "Say what was done", rows=5, hint=_fits("done"))
    in_the_way = text(LABELS["in_the_way"], hint=_fits("in_the_way"))
    words = text(
        "What children, families or staff say of it", hint=_fits("words", "In their own words, never with a name.")
    )
    own_fields: Sequence[str] = ("team", "contact", "partners", "aims", "done", "in_the_way", "words")

    def practice(self) -> Practice:
        return Practice(
            contact=self.contact.data or "",
            team=self.team.data or "",
            partners=self.partners.data or "",
            aims=self.aims.data or "",
            done=self.done.data or "",
            in_the_way=self.in_the_way.data or "",
        )


class VoiceForm(EvidenceForm):
    words = text(
        LABELS["words"],
        "Enter what was said, in their own words",
        hint="As it was said, but without names, schools, places or anything else that tells who spoke.",
    )
    voice_of = ChoiceField("Whose voice is it?", VoiceOf, [InputRequired("Say whose voice it is")], inline=True)
    setting = line(LABELS["setting"], hint="A survey, a visit, a forum, a complaint.")
    consent = line(
        "How was consent to use these words given?",
        "Say how consent to use these words was given",
        hint="Such as: asked on the day; the survey says how answers are used.",
    )
    own_fields: Sequence[str] = ("words", "voice_of", "setting", "consent")


FORMS: Mapping[Kind, type[EvidenceForm]] = {
    Kind.FILE: DocumentForm,
    Kind.LINK: LinkForm,
    Kind.DATA: CountedForm,
    Kind.AUDIT: CountedForm,
    Kind.OBSERVATION: ObservationForm,
    Kind.PRACTICE_EXAMPLE: PracticeExampleForm,
    Kind.VOICE: VoiceForm,
}


def filled(evidence: Evidence) -> EvidenceForm:
    """The form to correct a piece of evidence, with what is said of it now or what was just posted."""
    asked = FORMS[evidence.kind](obj=evidence, **_of_practice(evidence))
    asked.owner.data = asked.owner.data if asked.is_submitted() else evidence.owner_id
    return asked


def _of_practice(evidence: Evidence) -> dict[str, Any]:
    if evidence.practice is None:
        return {}
    return {name: getattr(evidence.practice, name) for name in Practice.__dataclass_fields__}


class OneFileForm(Form):
    """A file, of the kinds that evidence comes as."""

    file = FileField("File", hint=FILE_HINT, accept=file_types.ACCEPT)

    @property
    def upload(self) -> Upload | None:
        """What was chosen. A browser sends an empty part where nothing was."""
        chosen = self.file.data
        return Upload(chosen.stream, chosen.filename or "") if chosen and chosen.filename else None


class FileForm(OneFileForm):
    """The one file of a piece of evidence; beside an ``EvidenceForm`` or on its own."""

    version = HiddenVersionField()

    @classmethod
    def beside(cls, kind: Kind) -> Self:
        """The file part of the form that adds evidence of ``kind``: only a document must have one."""
        form = cls()
        if kind is not Kind.FILE:
            form.file.label.text = "File, if there is one"
        return form


class NewVersionForm(FileForm):
    """A file that takes the place of the one there is."""

    different = line("What is different in it?", hint="Such as: the signed copy; figures of week 47.")


class PlacesForm(Form):
    """What a piece of evidence speaks for; each may be left open."""

    item = SelectField("Improvement item", blank="No item", coerce=int)
    area = SelectField("Judgement area", blank="No area")
    theme = SelectField("Theme", blank="No theme")

    def shows_at(self, place: str) -> str:
        """What it shows about one of them; empty for what it shows in general."""
        return ""

    def offer(self, items: Sequence[ImprovementItem], framework: Framework) -> None:
        self.item.offer((item.number, f"{item.reference} {item.title}") for item in items)
        self.area.offer((area.code, area.short_name) for area in framework.judged_areas)
        self.theme.offer(
            {
                area.short_name: [(theme.code, f"{theme.code} {theme.name}") for theme in area.themes]
                for area in framework.judged_areas
                if area.themes
            }
        )


def _there(about: str) -> TextField:
    return line(f"What does it show about that {about}?", hint="Only if that differs from what it shows in general.")


class LinkToForm(ChildDataGuard, PlacesForm):
    """More things that a piece of evidence speaks for, and what it shows about each."""

    item_shows = _there("item")
    action = line("Action", width=10, hint="Its reference, such as A-104")
    action_shows = _there("action")
    finding = ReferenceField("Audit finding", prefix="F", hint="Its reference, such as F-27")
    finding_shows = _there("finding")
    area_shows = _there("area")
    theme_shows = _there("theme")

    def shows_at(self, place: str) -> str:
        return self[f"{place}_shows"].data or ""


class AttachForm(ChildDataGuard):
    """Evidence that is there already, by its reference, for one item or action."""

    evidence = ReferenceField(
        "Evidence", [InputRequired("Enter the reference of the evidence")], prefix="E", hint="Such as E-231."
    )
    shows_there = text("What does it show there?", hint="Only if that differs from what it shows in general.", rows=2)


class ShowsThereForm(ChildDataGuard):
    shows_there = text("What does it show there?", hint="Leave empty if it shows there what it shows in general.")


class WithdrawForm(Form):
    version = HiddenVersionField(validators=[InputRequired("Open the page again, then withdraw it")])
    reason = text("Why can it no longer be relied on?", "Say why it can no longer be relied on", guard=True)
