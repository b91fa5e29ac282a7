"""Logging an audit, the page of what audits tell, and the quarterly report, as audits grow a hundredfold.

``python -m benchmarks audits [AUDITS [AUTHORITIES]]``: by default 1,000,000 audits of 150 authorities on the PostgreSQL
that TRACKER_TEST_POSTGRESQL names (begin with ``scripts/with-postgresql.sh``), else a hundredth of that on SQLite; and
on either, one authority with 20,000 audits of 30 questions.
"""

import os
import resource
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from benchmarks import audits_data
from benchmarks.audits_data import TODAY, Size
from benchmarks.pages import application, measured, new_database, settle
from tests import given_audits
from tracker.audits.summaries import commands as summaries
from tracker.packs.gathering.quality.ahead import Recurrence
from tracker.packs.gathering.quality.report import gather_quality
from tracker.people.models import Authority, Membership, Person
from tracker.people.rules import Role
from tracker.platform.db import db

PAGE = "/{slug}/audits/analysis?period=year"
MOST_GROWTH = 1.3
SMALLER = 100
"""How many times fewer audits the page is compared with."""
LARGE = Size(audits=20_000, answers=30)
TIMES = 3
"""The quickest counts: what else the machine did is in the others."""


@dataclass(frozen=True)
class Costs:
    """Of one authority among the others; seconds of CPU for the page, else of the clock."""

    statements: int
    page: float
    report: float
    logged: float
    memory: int
    """Megabytes that this process held at most, so far."""


def run(audits: str = "", authorities: str = "150") -> tuple[str, str, bool]:
    """The figure, the target and whether it is met."""
    server = os.environ.get("TRACKER_TEST_POSTGRESQL")
    total = int(audits or (1_000_000 if server else 10_000))
    many = int(authorities)
    few = _on(server, many, Size(total // SMALLER // many or 1))
    lots = _on(server, many, Size(total // many))
    _on(server, 1, LARGE)
    growth = lots.page / few.page
    figure = f"page {growth:.2f} times at {total:,} audits of its cost at {total // SMALLER:,}"
    return figure, f"at most {MOST_GROWTH}", growth <= MOST_GROWTH


def _on(server: str | None, authorities: int, size: Size) -> Costs:
    with tempfile.TemporaryDirectory() as folder:
        url = new_database(server, "audits") if server else f"sqlite:///{Path(folder) / 'audits.sqlite'}"
        with application(url) as app:
            begun = time.monotonic()
            with app.app_context():
                db.create_all()
                slugs = [f"council{number}" for number in range(authorities)]
                audits_data.fill(slugs, size, seed=1)
                _count()
                settle()
            made = time.monotonic() - begun
            costs = _costs(app, slugs[0])
        name = "PostgreSQL" if server else "SQLite"
        print(
            f"{name}, {authorities} x {size.audits:,} audits, {size.answers} answers each, made in {made:.0f} s: "
            f"page {costs.statements} statements and {costs.page * 1000:.0f} ms of CPU, "
            f"report {costs.report * 1000:.0f} ms, an audit logged in {costs.logged * 1000:.0f} ms, {costs.memory} MB"
        )
    return costs


def _count() -> None:
    for authority in db.session.scalars(select(Authority)).all():
        summaries.recount(authority)
        db.session.commit()


def _costs(app: Flask, slug: str) -> Costs:
    page = measured(app, slug, PAGE, Role.QA_OFFICER)
    with app.app_context():
        authority = db.session.scalars(select(Authority).where(Authority.slug == slug)).one()
        auditor = db.session.scalars(
            select(Person).join(Membership).where(Membership.authority_id == authority.id)
        ).first()
        report = _quickest(lambda: _report(authority))
        logged = _quickest(lambda: given_audits.an_audit(auditor=auditor, authority=authority))
        db.session.rollback()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return Costs(page.statements, page.seconds, report, logged, memory)


def _report(authority: Authority) -> None:
    gather_quality(authority, reference="P-1", today=TODAY, demonstration=False, smallest=5, recurs=Recurrence(3, 6))


def _quickest(work: Callable[[], object]) -> float:
    taken = []
    for _ in range(TIMES):
        begun = time.monotonic()
        work()
        taken.append(time.monotonic() - begun)
    return min(taken)
