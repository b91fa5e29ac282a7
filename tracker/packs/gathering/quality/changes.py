"""What audits changed: findings closed, cases looked at again, who was heard, and what it did for children."""

from collections.abc import Sequence

from sqlalchemy import select

from reports.contents import KeyFigure, Quality, Row
from tracker.audits.analysis import pictures, rules
from tracker.audits.analysis.queries import Counting
from tracker.audits.analysis.rules import Figures, Period
from tracker.audits.blind.queries import shown_to_all
from tracker.audits.blind.rules import Reader
from tracker.audits.chains import pictures as chains
from tracker.audits.models import Finding
from tracker.audits.rules import FindingState, months_after
from tracker.packs.gathering.quality.words import of
from tracker.people.models import Authority
from tracker.people.rules import Role
from tracker.platform.db import db

MOST_CHAINS = 6
"""Findings whose way to change is drawn, the newest closed. Our choice: they fit a page."""
MOST_SAID = 8
"""Closed findings of which is said what changed for children, the newest. Our choice."""


def findings(counts: Sequence[Counting], period: Period, now: Figures, late: int) -> Quality:
    points = rules.series(counts, period, quarters=True)
    within = f"half within {now.half_within} weeks" if now.half_within is not None else "none closed"
    return Quality(
        title="Findings",
        figures=(
            KeyFigure(label="Raised", value=str(now.raised.whole), note=f"{now.raised.part} of them closed by now"),
            KeyFigure(label="Closed in the quarter", value=str(now.closed), note="whenever they were raised"),
            KeyFigure(label="Days to close", value=str(now.average_days or "None"), note=within),
            KeyFigure(label="Without an action, late", value=str(late), note="on the day of this report"),
        ),
        control=pictures.days_over_time(points),
    )


def looked_at_again(authority: Authority, period: Period, now: Figures) -> Quality:
    closed = _closed(authority, period, MOST_CHAINS)
    same, lower = now.reaudits.get("the same", 0), now.reaudits.get("lower", 0)
    return Quality(
        title="Looked at again",
        lede=(
            f"Of {now.again.whole} cases audited again, {now.again.part or 'none'} had a higher grade, "
            f"{same or 'none'} the same and {lower or 'none'} a lower one."
            if now.again.whole
            else "No case was audited again in the quarter."
        ),
        chain=chains.chain(closed, viewer=_anybody(authority)) if closed else None,
    )


def _anybody(authority: Authority) -> Reader:
    """Somebody who may yet moderate any audit: what is hidden from one reader of the report is not in it."""
    return Reader(authority.id, Role.QA_OFFICER)


def heard(now: Figures, then: Figures, period: Period) -> Quality:
    return Quality(
        title="Practitioners and families",
        figures=(
            KeyFigure(
                label="With the practitioner",
                value=of(now.practitioner),
                note=f"{of(then.practitioner)} in {period.before.name}",
            ),
            KeyFigure(label="Families heard", value=of(now.family), note=f"{of(then.family)} in {period.before.name}"),
        )
        if now.audits
        else (),
        nothing="No audit was finished.",
    )


def changed_for_children(authority: Authority, period: Period) -> Quality:
    said = [f"{finding.closed_because} [{finding.reference}]" for finding in _closed(authority, period, MOST_SAID)]
    return Quality(
        title="What changed for children",
        rows=(Row(head="Findings closed", points=tuple(said)),) if said else (),
        nothing="No finding was closed in the quarter, so nothing can be said yet.",
    )


def _closed(authority: Authority, period: Period, most: int) -> Sequence[Finding]:
    """As the figures count them: none of an audit that somebody has yet to grade without sight of it."""
    ends = months_after(period.last, 1)
    return db.session.scalars(
        select(Finding)
        .join(Finding.audit)
        .where(
            Finding.authority_id == authority.id,
            Finding.state == FindingState.CLOSED,
            Finding.closed_on >= period.first,
            Finding.closed_on < ends,
            shown_to_all(),
        )
        .order_by(Finding.closed_on.desc(), Finding.number.desc())
        .limit(most)
    ).all()
