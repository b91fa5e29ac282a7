"""What was learned, and what comes next."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from reports.contents import Comparison, Quality
from tracker.audits import tools
from tracker.audits.analysis import rules
from tracker.audits.analysis.names import names_of
from tracker.audits.blind.queries import shown_to_all
from tracker.audits.models import Audit
from tracker.audits.recurring import queries as recurring
from tracker.audits.rules import AuditState, months_after
from tracker.audits.summaries.rules import By
from tracker.people.models import Authority
from tracker.platform.db import db


@dataclass(frozen=True)
class Recurrence:
    """When a theme recurs: found in so many audits within so many months."""

    audits: int
    months: int


MOST_DUE = 12
"""Re-audits printed, the soonest due. Our choice: more would not be read."""


def learned(authority: Authority, today: date, recurs: Recurrence) -> Quality:
    """Themes that keep coming back, and the items that were made of them."""
    since = months_after(today, -recurs.months)
    found, names = recurring.recurring(authority, since=since, fewest=recurs.audits), names_of(authority).of(By.THEME)
    lede = f"Themes found in {recurs.audits} audits or more since {since:%-d %B %Y}."
    if not found:
        return Quality(title="What we learned", lede=lede, nothing="No theme recurred.")
    return Quality(
        title="What we learned",
        lede=lede,
        comparisons=(
            Comparison(
                caption="Themes that recur",
                columns=("Theme", "Audits", "Findings", "Closed", "Improvement item"),
                rows=tuple(
                    (
                        names.get(one.theme_code, one.theme_code), str(one.audits), str(one.findings), str(one.closed),
                        ", ".join(item.reference for item in one.items) or "None yet",
                    )
                    for one in found
                ),
            ),
        ),
    )  # fmt: skip


def comes_next(authority: Authority, today: date) -> Quality:
    ends = months_after(rules.quarter_of(today), 3)
    due = db.session.scalars(
        select(Audit)
        .where(Audit.authority_id == authority.id, Audit.reaudit_due_on < ends, shown_to_all())
        .where(~Audit.reaudits.any(Audit.state != AuditState.DRAFT))
        .order_by(Audit.reaudit_due_on, Audit.number)
        .limit(MOST_DUE)
    ).all()
    return Quality(
        title="What comes next",
        lede="Cases whose grade asks that they are looked at again by the end of this quarter.",
        comparisons=(
            Comparison(
                caption="Re-audits due",
                columns=("Audit", "Tool", "Due"),
                rows=tuple(
                    (one.reference, _tool(one), _due(one.reaudit_due_on, today)) for one in due if one.reaudit_due_on
                ),
            ),
        )
        if due
        else (),
        nothing="No re-audit is due.",
    )


def _due(day: date, today: date) -> str:
    late = (today - day).days
    return f"{day:%-d %B %Y}" + (f", {late} days late" if late > 1 else ", a day late" if late == 1 else "")


def _tool(audit: Audit) -> str:
    return tools.tool(audit.authority_id, audit.tool_id, audit.tool_version).name
