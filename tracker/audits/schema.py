"""What an audit tool may say: the shape of ``seed/audit_tools/*.yaml`` and of tools that an authority writes itself.

One content is one version of one tool. Several versions stand side by side: an audit is shown in the version in
which it was answered, and a new audit begins in the latest.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from tracker.frameworks.schema import Grade
from tracker.platform.errors import Refused


class Part(BaseModel):
    """One part of a tool's file. Unknown keys are refused, so that a typing slip cannot pass unseen."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ClosesBy(StrEnum):
    """What it takes to close a finding of a tool."""

    EVIDENCE = "evidence"
    REAUDIT = "re-audit"


class ToolKind(StrEnum):
    AUDIT = "audit"
    LENS = "lens"
    """Adds its domains to an audit with any other tool, graded in that tool's words; never used alone."""


class ScaleKind(StrEnum):
    """Where a tool's grades come from."""

    FRAMEWORK = "framework"
    SCALING = "0 to 10"
    MET = "met or not met"
    OWN = "own words"
    NONE = "none"
    """No grade. Each part is only said to be looked at, which counts as neither good nor weak."""


class Scale(Part):
    """The words a tool grades in, best first."""

    kind: ScaleKind
    grades: tuple[Grade, ...] = ()
    """Written down only for own words; ``worded`` fills in the others."""
    good_from: str = ""
    """Code of the lowest grade that counts as good; empty where no grade is given."""

    @model_validator(mode="after")
    def has_words_in_order(self) -> Self:
        if (self.kind is ScaleKind.OWN) != bool(self.grades):
            raise ValueError("a scale has grades written down where its kind is own words, and only there")
        if (self.kind is ScaleKind.NONE) == bool(self.good_from):
            raise ValueError("a scale says from which grade on work is good, unless it gives no grade")
        ranks = [grade.rank for grade in self.grades]
        if ranks != sorted(set(ranks), reverse=True):
            raise ValueError("the scale must run from the best grade to the worst")
        return self

    def worded(self, of_framework: tuple[Grade, ...]) -> Self:
        """The same scale with the grades that its kind stands for."""
        grades = {**FIXED_GRADES, ScaleKind.FRAMEWORK: of_framework, ScaleKind.OWN: self.grades}[self.kind]
        return self.model_copy(update={"grades": grades})


LOOKED_AT = "looked_at"
"""The one answer of a tool without grades."""


def _word(code: str, label: str, rank: int) -> Grade:
    return Grade(code=code, label=label, short_label=label, rank=rank)


FIXED_GRADES: Mapping[ScaleKind, tuple[Grade, ...]] = {
    ScaleKind.SCALING: tuple(_word(str(step), str(step), step + 1) for step in range(10, -1, -1)),
    ScaleKind.MET: (_word("met", "Met", 2), _word("not_met", "Not met", 1)),
    ScaleKind.NONE: (_word(LOOKED_AT, "Looked at", 1),),
}


class AnswerKind(StrEnum):
    """How one question is answered."""

    GRADE = "grade"
    MET = "met"
    YES_NO = "yes or no"
    TEXT = "words"


ANSWER_WORDS: Mapping[AnswerKind, Mapping[str, str]] = {
    AnswerKind.GRADE: {},
    AnswerKind.MET: {"met": "Met", "partly": "Partly met", "not_met": "Not met"},
    AnswerKind.YES_NO: {"yes": "Yes", "no": "No", "na": "Not applicable"},
    AnswerKind.TEXT: {},
}
"""What may be answered, code to word. A grade is in the words of the audit's tool; words are a note and no code."""


class Applies(Part):
    """For which cases something is asked. Every condition that is named must hold; none named: always.

    The words of ages and legal statuses are those of an audit's facts.
    """

    ages: tuple[str, ...] = ()
    legal_statuses: tuple[str, ...] = ()
    answers: Mapping[str, tuple[str, ...]] = {}
    """Code of an earlier question of the same domain to the answers that lead on to this one."""

    def __bool__(self) -> bool:
        return bool(self.ages or self.legal_statuses or self.answers)

    def holds_for(self, *, age: str, legal_status: str) -> bool:
        """Whether the facts allow it. A fact that is not recorded rules nothing out."""
        fits_age = not (self.ages and age) or age in self.ages
        return fits_age and (not (self.legal_statuses and legal_status) or legal_status in self.legal_statuses)

    def follows_from(self, given: Mapping[str, str]) -> bool:
        """Whether the answers so far, question code to answer, lead on to it."""
        return all(given.get(code) in wanted for code, wanted in self.answers.items())


CODE = r"^[a-z][a-z0-9_]*$"
MOST_DOMAINS = 30
MOST_QUESTIONS = 30
"""Of one domain. Our choice for both: a form that a person can finish in an afternoon."""
Line = Annotated[str, Field(max_length=300)]
Lines = Annotated[str, Field(max_length=2_000)]


class Question(Part):
    """One thing to look for within a domain, answered in its own way beside the domain's grade."""

    code: str = Field(pattern=CODE, max_length=60)
    text: Lines = Field(min_length=1)
    guidance: Lines = ""
    answer: AnswerKind = AnswerKind.MET
    required: bool = False
    """Whether an audit can be finished without an answer."""
    applies: Applies = Applies()


class Domain(Part):
    code: str = Field(pattern=CODE, max_length=60)
    name: Line = Field(min_length=1)
    short_name: Line = ""
    """As a button says it: "Save and go to Visits". Empty: the name."""
    question: Lines = Field(min_length=1)
    guidance: Lines = ""
    """What good looks like here; shown on request."""
    themes: tuple[str, ...] = ()
    questions: tuple[Question, ...] = Field(default=(), max_length=MOST_QUESTIONS)
    applies: Applies = Applies()
    weight: int | None = Field(default=None, ge=1, le=10)
    """How much it counts in the weighted profile that is shown beside the grades; no grade is worked out from it."""

    @model_validator(mode="after")
    def questions_lead_on_from_earlier_ones(self) -> Self:
        earlier: dict[str, Question] = {}
        for question in self.questions:
            if question.code in earlier:
                raise ValueError(f"the question code {question.code} is used twice")
            for code, wanted in question.applies.answers.items():
                _check_leads_on(earlier.get(code), code, wanted)
            earlier[question.code] = question
        if self.applies.answers:
            raise ValueError("a domain is asked by age or legal status; only a question can depend on an answer")
        return self

    @property
    def label(self) -> str:
        return self.short_name or self.name

    def asked(self, *, age: str, legal_status: str) -> tuple[Question, ...]:
        """Its questions for a case, whatever has been answered so far."""
        return tuple(one for one in self.questions if one.applies.holds_for(age=age, legal_status=legal_status))


def _check_leads_on(earlier: Question | None, code: str, wanted: tuple[str, ...]) -> None:
    if earlier is None:
        raise ValueError(f"a question depends on {code}, which is no earlier question of its domain")
    if earlier.answer is AnswerKind.TEXT:
        raise ValueError(f"a question depends on {code}, which is answered in words")
    words = ANSWER_WORDS[earlier.answer]
    if not wanted or (words and not set(wanted) <= set(words)):
        raise ValueError(f"a question depends on an answer that {code} does not have")


class ReauditAfter(Part):
    """Grade to months until the case is looked at again, for the case as a whole and for any one domain."""

    case: Mapping[str, int] = {}
    domain: Mapping[str, int] = {}


class Tool(Part):
    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$", max_length=80)
    version: int = Field(ge=1)
    kind: ToolKind = ToolKind.AUDIT
    name: Line = Field(min_length=1)
    short_name: Line = Field(min_length=1)
    framework: str
    """Id of the framework whose areas, themes and perhaps grades it uses."""
    areas: tuple[str, ...] = Field(min_length=1)
    theme: str | None = None
    """The theme that every audit with this tool is about; None where only its domains have themes."""
    scale: Scale
    grade_question: Line = Field(min_length=1)
    difference_question: Line = Field(min_length=1)
    closes_by: ClosesBy
    safety_action_for: tuple[str, ...] = ()
    """Grades that ask what was done at once to make the child safe."""
    reaudit_after_months: ReauditAfter = ReauditAfter()
    domains: tuple[Domain, ...] = Field(min_length=1, max_length=MOST_DOMAINS)

    @model_validator(mode="after")
    def codes_are_unique(self) -> Self:
        codes = [domain.code for domain in self.domains]
        if len(set(codes)) != len(codes):
            raise ValueError("a domain code is used twice")
        return self

    @model_validator(mode="after")
    def a_lens_has_no_grades_of_its_own(self) -> Self:
        if self.is_lens and self.scale.kind is not ScaleKind.NONE:
            raise ValueError("a lens is graded in the words of the tool that it is added to, so its scale is none")
        return self

    @property
    def is_lens(self) -> bool:
        return self.kind is ToolKind.LENS

    @property
    def gives_grades(self) -> bool:
        return self.scale.kind is not ScaleKind.NONE

    def through(self, lenses: Sequence["Tool"]) -> "Tool":
        """This tool with the domains of lenses after its own, as an audit that carries them is answered."""
        if not lenses:
            return self
        return self.model_copy(update={"domains": (*self.domains, *(one for lens in lenses for one in lens.domains))})

    @property
    def grades_named(self) -> tuple[str, ...]:
        """Every grade code that a rule of the file speaks of."""
        after = self.reaudit_after_months
        good = (self.scale.good_from,) if self.gives_grades else ()
        return (*good, *self.safety_action_for, *after.case, *after.domain)

    @property
    def grades(self) -> tuple[Grade, ...]:
        return self.scale.grades

    def answers(self, question: Question) -> Mapping[str, str]:
        """What may be answered to a question, code to word; empty where it is answered in words."""
        if question.answer is AnswerKind.GRADE:
            return {grade.code: grade.short_label for grade in self.grades}
        return ANSWER_WORDS[question.answer]

    def domain(self, code: str) -> Domain:
        for domain in self.domains:
            if domain.code == code:
                return domain
        raise Refused(f"{self.name}, version {self.version}, has no domain with the code {code!r}")

    def grade(self, code: str) -> Grade:
        for grade in self.grades:
            if grade.code == code:
                return grade
        raise Refused(f"{self.name}, version {self.version}, has no grade with the code {code!r}")

    def offers(self, code: str | None) -> bool:
        return any(grade.code == code for grade in self.grades)

    def is_good(self, code: str) -> bool:
        """Whether a grade counts as good or better. Where no grade is given nothing counts as weak."""
        return not self.gives_grades or self.grade(code).rank >= self.grade(self.scale.good_from).rank

    @property
    def good_words(self) -> str:
        """As a share says it: "good or better", or "met" where nothing is better."""
        if not self.gives_grades:
            return "looked at"
        good = self.grade(self.scale.good_from)
        return good.short_label.lower() + ("" if good == self.grades[0] else " or better")
