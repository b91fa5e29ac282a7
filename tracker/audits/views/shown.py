"""What the pages of one audit show: the steps at its side, the two grades beside each other, its facts in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for

from tracker.audits import rules
from tracker.audits.models import Audit, DomainGrade
from tracker.audits.rules import AuditState
from tracker.people.models import Person
from tracker.web.filters import count_of

WHOLE = "whole"
"""Value of ``domain`` for the last step: the grade for the case."""


@dataclass(frozen=True)
class Step:
    name: str
    url: str
    state: str
    current: bool = False


@dataclass(frozen=True)
class Compared:
    """One domain's two grades, where both are in."""

    name: str
    auditor: str
    moderator: str
    difference: str
    moderator_saw: str


@dataclass(frozen=True)
class Comparison:
    rows: Sequence[Compared]
    differing: int

    @property
    def reasons(self) -> Sequence[Compared]:
        """The rows that differ and say why."""
        return [row for row in self.rows if row.difference and row.moderator_saw]


def comparison(audit: Audit) -> Comparison:
    """The domains that both have graded; the others stay hidden from both."""
    both = [domain for domain in audit.domains if domain.by_auditor.is_in and domain.by_moderator.is_in]
    rows = [_compared(audit, domain) for domain in both]
    return Comparison(rows, sum(bool(row.difference) for row in rows))


def _compared(audit: Audit, domain: DomainGrade) -> Compared:
    return Compared(
        name=domain.domain.label,
        auditor=rules.grade_word(audit.tool, domain.by_auditor),
        moderator=rules.grade_word(audit.tool, domain.by_moderator),
        difference=rules.difference(audit.tool, domain.by_auditor, domain.by_moderator),
        moderator_saw=domain.moderator_saw,
    )


def auditor_steps(audit: Audit, current: str) -> list[Step]:
    steps = [
        _step(domain, url_for("audits.show", number=audit.number, domain=domain.domain_code), current)
        for domain in audit.domains
    ]
    return [
        *steps,
        Step("The whole case", url_for("audits.finish", number=audit.number), "To finish", current == WHOLE),
    ]


def _step(domain: DomainGrade, url: str, current: str) -> Step:
    state = rules.grade_word(domain.audit.tool, domain.by_auditor)
    if not domain.by_auditor.is_in and (domain.seen or domain.difference):
        state = "Words saved, no grade yet"
    if waiting := domain.by_auditor.is_in and len(domain.unanswered):
        state = f"{state}, {count_of(waiting, 'question')} to answer"
    now = domain.domain_code == current
    return Step(domain.domain.name, url, "Now" if now and not domain.by_auditor.is_in else state, now)


def moderator_steps(audit: Audit, current: str) -> list[Step]:
    """The moderator's own grades; never the auditor's."""
    steps = []
    for domain in audit.domains:
        code = domain.domain_code
        url = url_for("audits.moderate", number=audit.number, domain=code)
        state = rules.grade_word(audit.tool, domain.by_moderator)
        steps.append(Step(domain.domain.name, url, state, code == current))
    url = url_for("audits.moderate", number=audit.number, domain=WHOLE)
    return [*steps, Step("The whole case", url, "Moderated" if _is_moderated(audit) else "To finish", current == WHOLE)]


def reading_steps(audit: Audit) -> list[Step]:
    return [
        Step(domain.domain.name, f"#{domain.domain_code}", rules.grade_word(audit.tool, domain.counted))
        for domain in audit.domains
    ]


def done(domain: DomainGrade) -> rules.Given:
    """The auditor's grade, once no question of a draft waits that must be answered."""
    waits = domain.audit.state is AuditState.DRAFT and domain.unanswered
    return rules.NOT_GIVEN if waits else domain.by_auditor


@dataclass(frozen=True)
class Waiting:
    """A question that must be answered before an audit can be finished."""

    text: str
    domain: str
    url: str


def waiting(audit: Audit) -> list[Waiting]:
    """Every one, with where it is answered."""
    return [
        Waiting(
            question.text,
            domain.domain.name,
            url_for(
                "audits.show",
                number=audit.number,
                domain=domain.domain_code,
                _anchor=f"{'answer' if audit.tool.answers(question) else 'note'}_{question.code}",
            ),
        )
        for domain in audit.domains
        for question in domain.unanswered
    ]


def progress(given: Sequence[rules.Given]) -> str:
    """
    >>> progress([rules.Given("good"), rules.NOT_GIVEN])
    'Domains, 1 of 2 done'
    >>> progress([rules.Given("good"), rules.Given(None, applies=False), rules.NOT_GIVEN])
    'Domains, 1 of 2 done, 1 does not apply'
    """
    asked = [one for one in given if one.applies]
    left = len(given) - len(asked)
    without = f", {left} {'does' if left == 1 else 'do'} not apply" if left else ""
    return f"Domains, {sum(one.is_in for one in asked)} of {len(asked)} done{without}"


def first_waiting(given: Sequence[tuple[str, rules.Given]]) -> str:
    """The code of the first domain without a grade, or of the last step."""
    return next((code for code, one in given if not one.is_in), WHOLE)


def following(audit: Audit, code: str) -> tuple[str, str]:
    """The step after a domain: its code, and its name as a button says it."""
    codes = [domain.domain_code for domain in audit.domains]
    place = codes.index(code) + 1
    if place == len(codes):
        return WHOLE, "the whole case"
    return codes[place], audit.domains[place].domain.label


def period(begins: date, ends: date) -> str:
    """
    >>> period(date(2026, 5, 1), date(2026, 11, 12)), period(date(2025, 11, 1), date(2026, 11, 1))
    ('May to November 2026', 'November 2025 to November 2026')
    """
    if (begins.year, begins.month) == (ends.year, ends.month):
        return f"{ends:%B %Y}"
    return f"{begins:%B}{'' if begins.year == ends.year else f' {begins:%Y}'} to {ends:%B %Y}"


def words(audit: Audit, reader: Person) -> dict[str, object]:
    """What every page of one audit says above and beside."""
    return {
        "period": period(audit.period_from, audit.period_to),
        "progress": progress([done(domain) for domain in audit.domains]),
        "mine": audit.auditor_id == reader.id and not audit.is_past,
        "to_me": audit.moderator_id == reader.id,
    }


def _is_moderated(audit: Audit) -> bool:
    return audit.state is AuditState.MODERATED
