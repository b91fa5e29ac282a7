"""When the next inspection is to be expected: what the authority says itself, else what its framework says."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ScalarSelect, exists, func, select

from tracker.boards.models import ExpectedInspection
from tracker.frameworks import queries as frameworks
from tracker.frameworks.schema import CHILDRENS_SERVICES
from tracker.inspections.models import Inspection, Judgement
from tracker.people.models import Authority
from tracker.platform.db import db


@dataclass(frozen=True)
class Expected:
    """The first and last day of the window, and why then."""

    opens_on: date
    closes_on: date
    basis: str
    ours: bool = False
    """The authority has said so itself."""


def own(authority: Authority) -> ExpectedInspection | None:
    return db.session.scalars(
        select(ExpectedInspection).where(ExpectedInspection.authority_id == authority.id)
    ).one_or_none()


def expected(authority: Authority, today: date) -> Expected | None:
    """None where no inspection is recorded, or nothing is known of when inspectors come again. One statement."""
    said, last = db.session.execute(
        select(ExpectedInspection, _last_graded(authority))
        .select_from(Authority)
        .join(ExpectedInspection, ExpectedInspection.authority_id == Authority.id, isouter=True)
        .where(Authority.id == authority.id)
    ).one()
    if said is not None:
        return Expected(said.opens_on, said.closes_on, said.because, ours=True)
    return _by_rule(last, today) if last is not None else None


def _by_rule(last: date, today: date) -> Expected | None:
    rule = frameworks.library().current(CHILDRENS_SERVICES, today).next_inspection
    if rule is None:
        return None
    opens_on, closes_on = rule.window(last)
    basis = (
        f"The last inspection began on {last:%-d %B %Y}; the next is {rule.rule} "
        f"({rule.source}; {rule.certainty.words.lower()})."
    )
    return Expected(opens_on, closes_on, basis)


def _last_graded(authority: Authority) -> ScalarSelect[date]:
    """The first day of fieldwork of the last inspection of children’s services that gave grades."""
    ids = [framework.id for framework in frameworks.library().of_regime(CHILDRENS_SERVICES)]
    graded = exists().where(Judgement.inspection_id == Inspection.id, Judgement.grade_code.is_not(None))
    return (
        select(func.max(Inspection.fieldwork_from))
        .where(Inspection.authority_id == authority.id, Inspection.framework_id.in_(ids), graded)
        .scalar_subquery()
    )
