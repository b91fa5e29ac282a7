"""What case audits and findings are allowed to be: grades, blind moderation, re-audit, closing, and what must never
be written down. The words of a grade come from the audit's tool, never from here."""

import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from tracker.audits.facts import AGE_BANDS, LEGAL_STATUSES, why_not_fact
from tracker.audits.schema import ClosesBy, Tool

AGREE_WITHIN = timedelta(days=14)
"""How long an owner has to agree an action for a finding, unless somebody says otherwise. Source: our choice."""

USUAL_PERIOD = timedelta(days=183)
"""How far back a new audit looks unless somebody says otherwise: the last six months. Source: domain handbook D4."""

REAUDIT_SOON = timedelta(days=28)
"""How long before its day a re-audit is due. Source: our choice; time to plan it into a month's audits."""

SMALL_NUMBER = 100
"""Below this a share is a fraction alone: a percentage of few cases says more than is known. Our choice."""

LONGEST_TEXT = 5_000
"""Characters of one answer. Our choice: two pages."""


class AuditState(StrEnum):
    DRAFT = "Draft"
    DONE = "Done"
    MODERATED = "Moderated"


class FamilyFeedback(StrEnum):
    OBTAINED = "Obtained"
    NOT_YET = "Not yet"
    DECLINED = "Declined"
    NOT_APPROPRIATE = "Not appropriate"

    @property
    def past_tense(self) -> str:
        """Of an audit of which nothing is expected any more."""
        return "Not obtained" if self is FamilyFeedback.NOT_YET else self.value


class FindingState(StrEnum):
    OPEN = "Open"
    CLOSED = "Closed"
    PAST = "Past"
    """Of a past audit that was brought in: what came of it is not known here. It can be opened again."""


@dataclass(frozen=True)
class About:
    """What an audit is about: the facts under its heading."""

    case_reference: str
    area_code: str
    period_from: date
    period_to: date
    theme_code: str | None = None
    age_band: str = ""
    legal_status: str = ""
    team_id: UUID | None = None
    with_practitioner: bool = False
    practitioner_said: str = ""
    family_feedback: FamilyFeedback = FamilyFeedback.NOT_YET
    family_said: str = ""
    programme: str = ""


@dataclass(frozen=True)
class Change:
    """What must change, in the words of a finding, and on what it lands."""

    what: str
    owner_id: UUID | None = None
    agree_by: date | None = None
    theme_code: str | None = None
    item_id: UUID | None = None
    domain_code: str | None = None


def why_not_about(tool: Tool, about: About, today: date) -> str | None:
    """Why these facts cannot be an audit's, or None."""
    reasons = (
        why_not_case_reference(about.case_reference),
        None if about.area_code in tool.areas else f"{tool.name} is not used in that area. Choose one from the list.",
        "The period ends before it begins. Change one of the days." if about.period_to < about.period_from else None,
        "The period cannot end after today. An audit looks back." if about.period_to > today else None,
        why_not_said(about.family_feedback, about.family_said),
        why_not_fact("age band", about.age_band, AGE_BANDS),
        why_not_fact("legal status", about.legal_status, LEGAL_STATUSES),
    )
    return next(filter(None, reasons), None)


def why_not_said(feedback: FamilyFeedback, said: str) -> str | None:
    if said.strip() and feedback is not FamilyFeedback.OBTAINED:
        return "You wrote what the family said. Say that their feedback was obtained, or take the words out."
    return None


# What may stand for a case ------------------------------------------------------------------------------------------

CASE_REFERENCE = re.compile(r"^(?=.*\d)[A-Z]{0,4}[-/ ]?\d{1,7}([-/]\d{1,3})?$", re.IGNORECASE)
NHS_NUMBER = re.compile(r"(?<!\d)\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d)")
UPN = re.compile(r"\b[A-HJ-NP-RT-Z]\d{11}[0-9A-HJ-NP-RT-Z]\b", re.IGNORECASE)
DATES = ("%d/%m/%Y", "%d-%m-%Y", "%d/%m/%y", "%d-%m-%y", "%Y-%m-%d")
RUN_TOGETHER = {8: ("%d%m%Y", "%Y%m%d")}
"""Digits to the ways a day may be written without marks. Six digits are let through: they are more often a number."""
REFERENCE_EXAMPLE = "Use a made-up reference such as BR-4471: up to four letters, then a number."


def why_not_case_reference(text: str) -> str | None:
    """Why this cannot stand for a case, or None. It must say nothing about who the child is.

    >>> why_not_case_reference("BR-4471") is None
    True
    >>> why_not_case_reference("Jade Smith")
    'This looks like a name. Use a made-up reference such as BR-4471: up to four letters, then a number.'
    """
    compact = text.strip()
    looks_like = _looks_like(compact)
    if looks_like:
        return f"This looks like {looks_like}. {REFERENCE_EXAMPLE}"
    if not CASE_REFERENCE.match(compact):
        return f"This is not a reference we can take. {REFERENCE_EXAMPLE}"
    return None


def _looks_like(text: str) -> str | None:
    if UPN.search(text):
        return "a unique pupil number (UPN)"
    if NHS_NUMBER.search(text):
        return "an NHS number"
    if _is_date(text):
        return "a date of birth"
    if not re.search(r"\d", text) or re.search(r"[a-z]{5,}", text, re.IGNORECASE):
        return "a name" if re.search(r"[a-z]{2,}", text, re.IGNORECASE) else None
    return None


def _is_date(text: str) -> bool:
    """Whether the text, with or without letters before it, is a day of this century or the end of the last."""
    if re.match(r"(d\.?o\.?b|born)", text, re.IGNORECASE):
        return True
    bare = re.sub(r"^[a-z]{0,4}[ :-]*", "", text, flags=re.IGNORECASE)
    forms = RUN_TOGETHER.get(len(bare), ()) if bare.isdigit() else DATES
    return any(_is_day(bare, form) for form in forms)


def _is_day(text: str, form: str) -> bool:
    try:
        return 1990 <= datetime.strptime(text, form).year <= 2099  # noqa: DTZ007  # a day has no time zone
    except ValueError:
        return False


# Grades -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Given:
    """One person's grade for one domain: a code, that the domain does not apply, or nothing yet."""

    grade_code: str | None
    applies: bool = True

    @property
    def is_in(self) -> bool:
        return self.grade_code is not None or not self.applies


NOT_GIVEN = Given(None)
DOES_NOT_APPLY = "Does not apply"
STEPS = {1: "One", 2: "Two", 3: "Three"}


def grade_word(tool: Tool, given: Given) -> str:
    """A grade as a table cell says it."""
    if not given.applies:
        return DOES_NOT_APPLY
    return tool.grade(given.grade_code).short_label if given.grade_code else "Not started"


def difference(tool: Tool, first: Given, second: Given) -> str:
    """How far the second grade is from the first, in words; empty when they agree or one is not in yet.

    "One lower", "Two higher", or "Not graded by one of them" when only one of them found that the domain applies.
    """
    if not (first.is_in and second.is_in) or first == second:
        return ""
    if not (first.grade_code and second.grade_code):
        return "Graded by one of them only"
    steps = tool.grade(second.grade_code).rank - tool.grade(first.grade_code).rank
    return f"{STEPS.get(abs(steps), str(abs(steps)))} {'higher' if steps > 0 else 'lower'}"


def differing(tool: Tool, pairs: Sequence[tuple[Given, Given]]) -> tuple[int, int]:
    """How many domains differ, of how many that both have graded."""
    both = [pair for pair in pairs if pair[0].is_in and pair[1].is_in]
    return sum(bool(difference(tool, *pair)) for pair in both), len(both)


@dataclass(frozen=True)
class GradeCount:
    label: str
    count: int
    place: float
    """On its scale: 0 is the best grade, 1 the worst."""


@dataclass(frozen=True)
class Share:
    """How many of the audits counted were good or better, and how many had each grade, best first."""

    good: int = 0
    total: int = 0
    by_grade: tuple[GradeCount, ...] = ()

    @property
    def said(self) -> str:
        return share(self.good, self.total)

    @property
    def each(self) -> str:
        """ "Good 4, Requires improvement 2" """
        return ", ".join(f"{grade.label} {grade.count}" for grade in self.by_grade)


NOTHING_GRADED = Share()


def share(good: int, total: int, words: str = "good or better") -> str:
    """A share as people say it. Small numbers are never turned into percentages.

    >>> share(5, 12), share(0, 0), share(130, 200)
    ('5 of 12 good or better', 'none graded', '130 of 200 good or better (65%)')
    """
    if total == 0:
        return "none graded"
    said = f"{good} of {total} {words}"
    return said if total < SMALL_NUMBER else f"{said} ({round(100 * good / total)}%)"


def needs_safety_action(tool: Tool, codes: Sequence[str | None]) -> bool:
    """Whether any of these grades asks what was done at once to make the child safe."""
    return any(code in tool.safety_action_for for code in codes if code is not None)


# Re-audit -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Reaudit:
    due_on: date
    because: str


def reaudit_due(tool: Tool, *, case: str | None, domains: Sequence[str | None], audited_on: date) -> Reaudit | None:
    """When this case is to be looked at again and why, by the tool's own months; None when it need not be."""
    after = tool.reaudit_after_months
    wanted = [(after.case[case], _of_case(tool, case))] if case is not None and case in after.case else []
    for code in {code for code in domains if code is not None and code in after.domain}:
        wanted.append((after.domain[code], _of_domains(tool, code, list(domains).count(code))))
    if not wanted:
        return None
    months, because = min(wanted)
    return Reaudit(months_after(audited_on, months), because)


def _of_case(tool: Tool, code: str) -> str:
    return f"because the case as a whole {_verb(tool, code, one=True)}"


def _of_domains(tool: Tool, code: str, count: int) -> str:
    number = {1: "one domain", 2: "two domains", 3: "three domains"}.get(count, f"{count} domains")
    return f"because {number} {_verb(tool, code, one=count == 1)}"


def _verb(tool: Tool, code: str, *, one: bool) -> str:
    """A grade as the end of a sentence: "requires improvement", "is inadequate"."""
    label = tool.grade(code).short_label.lower()
    if label.startswith("requires "):
        return label if one else label.replace("requires ", "require ", 1)
    return f"{'is' if one else 'are'} {label}"


def months_after(day: date, months: int) -> date:
    """The same day so many months on, or the last of a shorter month.

    >>> months_after(date(2026, 11, 30), 3)
    datetime.date(2027, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


# Moderation ---------------------------------------------------------------------------------------------------


def why_not_moderate(by: UUID, *, auditor: UUID, moderator: UUID | None, reference: str) -> str | None:
    if by == auditor:
        return f"You audited {reference}, so you cannot moderate it. Ask a colleague to."
    if moderator is not None and moderator != by:
        return f"Somebody else is moderating {reference} already."
    return None


def why_not_regrade(before: Given, after: Given, *, other: Given, who: str) -> str | None:
    """Why a grade may no longer be altered: both have seen both."""
    if before.is_in and other.is_in and before != after:
        return f"{who} has graded this domain too and you have both seen the grades, so yours stands. Add to the words."
    return None


# Findings -----------------------------------------------------------------------------------------------------


def why_not_close(tool: Tool, *, by_reaudit: bool, finding: str, audit: str) -> str | None:
    """Why a finding cannot be closed this way: some tools ask that the case is looked at again."""
    if tool.closes_by is ClosesBy.REAUDIT and not by_reaudit:
        return (
            f"{finding} closes by re-audit, because {tool.name.lower()} asks for one. "
            f"Start a re-audit of {audit}, then close it with that."
        )
    return None


def shows_change(*, good: bool, before: int, after: int) -> bool:
    """Whether a re-audit is good news enough to close a finding: good or better, or of a higher rank than before."""
    return good or after > before


def grade_changes(pairs: Sequence[tuple[int, int]]) -> Mapping[str, int]:
    """How re-audits compare with what they repeat, from pairs of ranks (before, after)."""
    return {
        "higher": sum(after > before for before, after in pairs),
        "the same": sum(after == before for before, after in pairs),
        "lower": sum(after < before for before, after in pairs),
    }
