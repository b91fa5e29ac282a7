"""What an audit tool's file may say: the shape of ``seed/audit_tools/*.yaml``, checked when it is loaded.

A file is one version of one tool. Several versions stand side by side: an audit is shown in the version in
which it was answered, and a new audit begins in the latest.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Self

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


class Scale(Part):
    """The words a tool grades in, best first: its framework's, or its own."""

    from_framework: bool = False
    grades: tuple[Grade, ...] = ()
    good_from: str
    """Code of the lowest grade that counts as good."""

    @model_validator(mode="after")
    def has_words_in_order(self) -> Self:
        if self.from_framework == bool(self.grades):
            raise ValueError("a scale is the framework's or has grades of its own, not both and not neither")
        ranks = [grade.rank for grade in self.grades]
        if ranks != sorted(set(ranks), reverse=True):
            raise ValueError("the scale must run from the best grade to the worst")
        return self


class Domain(Part):
    code: str = Field(pattern=r"^[a-z][a-z_]*$")
    name: str
    short_name: str = ""
    """As a button says it: "Save and go to Visits". Empty: the name."""
    question: str
    guidance: str = ""
    """What good looks like here; shown on request."""
    themes: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        return self.short_name or self.name


class ReauditAfter(Part):
    """Grade to months until the case is looked at again, for the case as a whole and for any one domain."""

    case: Mapping[str, int] = {}
    domain: Mapping[str, int] = {}


class Tool(Part):
    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    version: int = Field(ge=1)
    name: str
    short_name: str
    framework: str
    """Id of the framework whose areas, themes and perhaps grades it uses."""
    areas: tuple[str, ...] = Field(min_length=1)
    theme: str | None = None
    """The theme that every audit with this tool is about; None where only its domains have themes."""
    scale: Scale
    grade_question: str
    difference_question: str
    closes_by: ClosesBy
    safety_action_for: tuple[str, ...] = ()
    """Grades that ask what was done at once to make the child safe."""
    reaudit_after_months: ReauditAfter = ReauditAfter()
    domains: tuple[Domain, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def codes_are_unique(self) -> Self:
        codes = [domain.code for domain in self.domains]
        if len(set(codes)) != len(codes):
            raise ValueError("a domain code is used twice")
        return self

    @property
    def grades_named(self) -> tuple[str, ...]:
        """Every grade code that a rule of the file speaks of."""
        after = self.reaudit_after_months
        return (self.scale.good_from, *self.safety_action_for, *after.case, *after.domain)

    @property
    def grades(self) -> tuple[Grade, ...]:
        return self.scale.grades

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
        """Whether a grade counts as good or better."""
        return self.grade(code).rank >= self.grade(self.scale.good_from).rank

    @property
    def good_words(self) -> str:
        """As a share says it: "good or better", or "met" where nothing is better."""
        good = self.grade(self.scale.good_from)
        return good.short_label.lower() + ("" if good == self.grades[0] else " or better")
