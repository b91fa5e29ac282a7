"""What is asked of auditors, moderators and those who follow findings up."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Self

from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from tracker.actions.models import Action
from tracker.audits import asking
from tracker.audits.asking import NOT_ANSWERED, Answered
from tracker.audits.facts import AGE_BANDS, LEGAL_STATUSES
from tracker.audits.models import Audit, DomainGrade, Finding
from tracker.audits.rules import (
    AGREE_WITHIN,
    LONGEST_TEXT,
    USUAL_PERIOD,
    About,
    FamilyFeedback,
    Given,
    why_not_case_reference,
)
from tracker.audits.schema import Question, Tool
from tracker.frameworks.schema import Area
from tracker.people.models import Membership, Team
from tracker.platform import clock
from tracker.web.fields import (
    CheckboxesField,
    ChoiceField,
    DayField,
    Form,
    HiddenVersionField,
    PersonField,
    RadiosField,
    ReferenceField,
    SelectField,
    TextAreaField,
    TextField,
)

NEVER = "Never a name, date of birth, NHS number or UPN."
NOT_APPLICABLE = "does_not_apply"
"""Value of the last radio button of a domain's grades."""
YES, NO = "yes", "no"
SAFETY_ACTION = "What was done at once to make the child safe?"

_short = Length(max=300, message="Use at most 300 characters")
_long = Length(max=LONGEST_TEXT, message=f"Use at most {LONGEST_TEXT:,} characters")


class AboutForm(Form):
    """The facts of an audit, asked when it is begun and when they are corrected."""

    version = HiddenVersionField()
    case_reference = TextField(
        "Case",
        [DataRequired("Enter a made-up reference for the case")],
        hint=f"A made-up reference such as BR-4471. {NEVER}",
        width=10,
        guard=False,
    )
    age_band = SelectField("Age", [InputRequired("Choose an age band")], blank="Choose an age band")
    legal_status = SelectField("Legal status", blank="Not recorded")
    team = SelectField("Team", blank="No team")
    area = SelectField("Judgement area", [InputRequired("Choose a judgement area")])
    theme = SelectField(
        "Theme", blank="The tool’s own, or none", hint="The audit counts for improvement items with this theme."
    )
    period_from = DayField("Period from", [InputRequired("Enter the first day that you look at")])
    period_to = DayField("Period to", [InputRequired("Enter the last day that you look at")])
    with_practitioner = RadiosField(
        "Was the practitioner there when it was audited?",
        [InputRequired("Say whether the practitioner took part")],
        inline=True,
    )
    practitioner_said = TextAreaField("What did the practitioner say?", [_long], hint=NEVER)
    family_feedback = ChoiceField(
        "Feedback from the family",
        FamilyFeedback,
        [InputRequired("Say whether the family was asked")],
        hint="Often it comes later; it can be added at any time.",
        inline=True,
    )
    family_said = TextAreaField("What did they say?", [_long], hint=NEVER)
    lenses = CheckboxesField("Look also through", hint="A lens adds its own domains to this audit.")
    programme = TextField("Round", [_short], hint="If it belongs to one, such as Autumn programme: pre-proceedings.")

    def validate_case_reference(self, field: TextField) -> None:
        why_not = why_not_case_reference(field.data)
        if why_not:
            raise ValidationError(why_not)

    def offer(self, tool: Tool, areas: Sequence[Area], teams: Sequence[Team]) -> None:
        """Fill the choices; ``areas`` are the framework's."""
        mine = [area for area in areas if area.code in tool.areas]
        self.area.offer([(area.code, area.short_name) for area in mine])
        self.theme.offer({a.short_name: [(t.code, f"{t.code} {t.name}") for t in a.themes] for a in areas if a.themes})
        self.age_band.offer([(band, band) for band in AGE_BANDS])
        self.legal_status.offer([(status, status) for status in LEGAL_STATUSES])
        self.team.offer([(str(team.id), team.name) for team in teams])
        self.with_practitioner.offer([(YES, "Yes"), (NO, "No")])

    def offer_lenses(self, lenses: Sequence[Tool]) -> None:
        self.lenses.offer([(lens.id, lens.name) for lens in lenses])

    def chosen_of(self, lenses: Sequence[Tool]) -> Sequence[Tool]:
        return [lens for lens in lenses if lens.id in (self.lenses.data or [])]

    def of(self, audit: Audit) -> None:
        """Start from what is recorded."""
        for name in ("case_reference", "age_band", "period_from", "period_to", "family_feedback", "programme"):
            self[name].data = getattr(audit, name)
        self.practitioner_said.data = audit.practitioner_said
        self.legal_status.data = audit.legal_status or None
        self.version.data, self.family_said.data = audit.version, audit.family_said
        self.area.data, self.theme.data = audit.area_code, audit.theme_code
        self.team.data = str(audit.team_id) if audit.team_id else None
        self.with_practitioner.data = YES if audit.with_practitioner else NO

    def start_today(self) -> None:
        today = clock.today()
        self.period_from.data, self.period_to.data = today - USUAL_PERIOD, today
        self.family_feedback.data = FamilyFeedback.NOT_YET

    def again(self, first: Audit) -> None:
        """The facts of a re-audit: the same case, since the first one."""
        self.of(first)
        self.period_from.data, self.period_to.data = first.period_to, clock.today()
        self.family_feedback.data, self.family_said.data = FamilyFeedback.NOT_YET, ""
        self.practitioner_said.data = ""

    def about(self, teams: Sequence[Team]) -> About:
        """What was entered. Required fields are filled by now."""
        team = next((team for team in teams if str(team.id) == self.team.data), None)
        return About(
            case_reference=self.case_reference.data or "",
            area_code=self.area.data,
            period_from=self.period_from.data or clock.today(),
            period_to=self.period_to.data or clock.today(),
            theme_code=self.theme.data,
            age_band=self.age_band.data or "",
            legal_status=self.legal_status.data or "",
            team_id=team.id if team else None,
            with_practitioner=self.with_practitioner.data == YES,
            practitioner_said=self.practitioner_said.data or "",
            family_feedback=self.family_feedback.data,
            family_said=self.family_said.data or "",
            programme=self.programme.data or "",
        )


class FeedbackForm(Form):
    version = HiddenVersionField()
    practitioner_said = TextAreaField("What did the practitioner say?", [_long], hint=NEVER)
    family_feedback = ChoiceField(
        "Feedback from the family", FamilyFeedback, [InputRequired("Say whether the family was asked")], inline=True
    )
    family_said = TextAreaField("What did they say?", [_long], hint=NEVER)


class GradeForm(Form):
    """A grade for one domain, or that it does not apply."""

    saves = HiddenVersionField()
    grade = RadiosField("Grade", wide=True)
    meanwhile = False
    """Whether the page shows what was saved after it was opened."""

    def ask(self, tool: Tool) -> None:
        self.grade.label.text = tool.grade_question
        grades = [(grade.code, grade.short_label) for grade in tool.grades]
        self.grade.offer([*grades, (NOT_APPLICABLE, "Does not apply")])

    @property
    def given(self) -> Given:
        if self.grade.data == NOT_APPLICABLE:
            return Given(None, applies=False)
        return Given(self.grade.data)

    def replaces(self, saves: int) -> None:
        """Show what was saved meanwhile; the next save is meant to take its place."""
        self.meanwhile, self.saves.raw_data = True, [str(saves)]

    def start_from(self, given: Given) -> None:
        self.grade.data = given.grade_code if given.applies else NOT_APPLICABLE


class FindingFields(Form):
    """What must change; the fields that stand in a domain's form and in a finding's own."""

    what = TextField("What needs to change?", [_short])
    owner = PersonField("Who", blank="Nobody yet")
    agree_by = DayField("Action agreed by")
    item = ReferenceField("For item", prefix="I")

    def offer(self, colleagues: Sequence[Membership]) -> None:
        self.owner.offer([(one.person.id, one.person.name) for one in colleagues])

    def start_from_finding(self, finding: Finding) -> None:
        self.what.data, self.owner.data, self.agree_by.data = finding.what, finding.owner_id, finding.agree_by
        self.item.data = finding.item.number if finding.item else None

    def start_blank(self) -> None:
        self.agree_by.data = clock.today() + AGREE_WITHIN


class DomainForm(GradeForm, FindingFields):
    """The auditor's half of one domain, and a finding in it."""

    finding_version = HiddenVersionField()
    version = HiddenVersionField()
    safety_action = TextAreaField(SAFETY_ACTION, [_long], hint=f"Who did what, and who was told, today. {NEVER}")
    seen = TextAreaField("What did you see?", [_long])
    difference = TextAreaField("What difference did it make?", [_long], rows=2, hint=NEVER)

    def __init__(self, tool: Tool, questions: Sequence[Question]) -> None:
        super().__init__()
        self.questions = questions
        self.ask(tool)
        self.difference.label.text = tool.difference_question
        for question in questions:
            if field := self.answer_to(question):
                field.offer([*tool.answers(question).items(), (TAKEN_BACK, "No answer")])

    def answer_to(self, question: Question) -> RadiosField | None:
        """The radio buttons of a question; None where it is answered in words."""
        field: RadiosField | None = self._fields.get(f"answer_{question.code}")
        return field

    def note_to(self, question: Question) -> TextAreaField:
        field: TextAreaField = self[f"note_{question.code}"]
        return field

    @property
    def answers(self) -> Mapping[str, Answered]:
        """What was answered, by question code."""
        return {question.code: self._answered(question) for question in self.questions}

    def _answered(self, question: Question) -> Answered:
        field = self.answer_to(question)
        chosen = field.data if field is not None and field.data != TAKEN_BACK else None
        return Answered(chosen or "", self.note_to(question).data or "")

    def start_answers(self, answered: Mapping[str, Answered]) -> None:
        for question in self.questions:
            given, field = answered.get(question.code, NOT_ANSWERED), self.answer_to(question)
            self.note_to(question).data = given.note
            if field is not None:
                field.data = given.answer or None

    def start(self, domain: DomainGrade, finding: Finding | None) -> None:
        self.start_from(domain.by_auditor)
        self.start_answers(domain.answered)
        self.version.data, self.safety_action.data = domain.audit.version, domain.audit.safety_action
        self.saves.data, self.seen.data, self.difference.data = domain.auditor_saves, domain.seen, domain.difference
        self.start_blank()
        if finding is not None:
            self.finding_version.data = finding.version
            self.start_from_finding(finding)


TAKEN_BACK = "none"
"""Value of the radio button that takes an answer back; a radio button cannot be let go of."""


def form_for(domain: DomainGrade) -> DomainForm:
    """The auditor's form for one domain, with an answer and a note to each question that the case may lead to."""
    audit = domain.audit
    questions = domain.domain.asked(age=audit.age_band, legal_status=audit.legal_status)
    fields = [field for question in questions for field in _fields(domain, question)]
    asking: type[DomainForm] = type("DomainForm", (DomainForm,), dict(fields))
    return asking(audit.tool, questions)


def _fields(domain: DomainGrade, question: Question) -> Iterator[tuple[str, object]]:
    tool = domain.audit.tool
    words = tool.answers(question)
    only = asking.leads_on(tool, domain.domain, question)
    hint = " ".join(filter(None, [only, asking.look_for(question)]))
    if words:
        yield f"answer_{question.code}", RadiosField(question.text, hint=hint, inline=True)
    label, hint = ("Note", "") if words else (question.text, hint)
    yield f"note_{question.code}", TextAreaField(label, [_long], rows=2, hint=hint)


class ModerateDomainForm(GradeForm):
    saw = TextAreaField("What did you see?", [_long], hint=NEVER)

    def start(self, domain: DomainGrade) -> None:
        self.start_from(domain.by_moderator)
        self.saves.data, self.saw.data = domain.moderator_saves, domain.moderator_saw


class WholeForm(Form):
    """A grade for the whole case. Given by a person; nothing suggests it."""

    version = HiddenVersionField()
    grade = RadiosField("Grade for the whole case", wide=True)
    safety_action = TextAreaField(
        SAFETY_ACTION,
        [_long],
        hint=f"Who did what, and who was told, on the same day. {NEVER}",
    )

    def ask(self, tool: Tool) -> None:
        self.grade.offer([(grade.code, grade.short_label) for grade in tool.grades])
        lowest = [tool.grade(code).short_label.lower() for code in tool.safety_action_for]
        if lowest:
            needed = f"Needed where the case or a domain is {' or '.join(lowest)}: "
            self.safety_action.description = f"{needed}who did what, and who was told, on the same day. {NEVER}"


class FinishForm(WholeForm):
    strengths = TextAreaField("What was good?", [_long], hint="So that the practitioner and others can learn from it.")


class ModerateForm(WholeForm):
    reason = TextAreaField("Why this grade?", [_long], hint="What in the record led you to it.")


class FindingForm(FindingFields):
    """A finding on a page of its own: its theme can be chosen too."""

    version = HiddenVersionField()
    theme = SelectField("Theme", blank="The theme of its domain or audit")

    def offer_themes(self, areas: Sequence[Area]) -> None:
        self.theme.offer({a.short_name: [(t.code, f"{t.code} {t.name}") for t in a.themes] for a in areas if a.themes})

    def start(self, finding: Finding) -> None:
        self.start_from_finding(finding)
        self.version.data, self.theme.data = finding.version, finding.theme_code


class JoinForm(Form):
    version = HiddenVersionField()
    action = SelectField("Action", [InputRequired("Choose an action")], blank="Choose an action", coerce=int)

    def offer(self, finding: Finding, actions: Sequence[Action]) -> None:
        groups: dict[str, list[tuple[int, str]]] = {}
        for action in actions:
            title = f"{action.item.reference} {action.item.title}"
            groups.setdefault(title, []).append((action.number, f"{action.reference} {action.title}"))
        self.action.offer(groups)


class CloseForm(Form):
    """How a finding was put right: what changed, and where it was seen."""

    version = HiddenVersionField()
    because = TextAreaField("What has changed for children?", [_long], hint=NEVER)
    evidence = TextField("Where was it seen?", [_short], hint="A reference such as E-231 is best.")
    reaudit = SelectField("Re-audit", blank="None: by evidence", coerce=int)

    def offer(self, reaudits: Sequence[Audit]) -> Self:
        self.reaudit.offer([(again.number, f"{again.reference}, {again.counted_label}") for again in reaudits])
        return self


class ReasonForm(Form):
    version = HiddenVersionField()
    reason = TextAreaField("Why?", [_long])
