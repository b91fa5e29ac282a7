"""How far the year's programmes of audits have come: planned, given out, done and moderated, by month and by team."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from reports.contents import Comparison, Quality, Row
from tracker.audits.analysis.names import Names
from tracker.audits.analysis.rules import Period
from tracker.audits.programme import queries
from tracker.audits.programme.models import Programme
from tracker.audits.programme.rules import Plan, Progress, last_day
from tracker.audits.summaries.rules import By
from tracker.people.models import Authority

COLUMNS = ("Planned", "Given out", "Done", "Moderated", "In words")
NOTE = "An audit counts in the month for which its case was drawn, and done even where nobody planned it."


def programmes(authority: Authority, names: Names, period: Period, today: date) -> Quality:
    """Those that run in the quarter, to the month of the report."""
    found = [
        (one, _until(queries.progress(one), today))
        for one in queries.programmes(authority)
        if one.begins <= last_day(period.last) and one.ends >= period.first
    ]
    told = [(one, plan) for one, plan in found if plan]
    return Quality(
        title="The programme of audits",
        rows=tuple(Row(head=one.name, points=_said(plan, today)) for one, plan in told),
        comparisons=tuple(table for one, plan in told for table in _tables(one, plan, names, today)),
        note=NOTE if told else "",
        nothing="No yearly plan of audits, by team and month, was in force in the quarter.",
    )


def _until(plan: Plan, today: date) -> Plan:
    return {place: one for place, one in plan.items() if place[1] <= today}


def _said(plan: Plan, today: date) -> tuple[str, ...]:
    whole = sum(plan.values(), Progress())
    first = (
        f"Up to {today:%B %Y}, {_are(whole.planned, 'was', 'were')} planned, {_are(whole.allocated)} given out, "
        f"{_are(whole.done)} done and {whole.moderated} moderated."
    )
    late = sum(_missing(one) for (_, month), one in plan.items() if last_day(month) < today)
    return first, f"Of the months that are over, {_are(late)} not done." if late else "No month that is over is behind."


def _are(number: int, one: str = "is", more: str = "are") -> str:
    return f"{number} {one if number == 1 else more}"


def _missing(one: Progress) -> int:
    return max(0, one.planned - one.done)


def _tables(programme: Programme, plan: Plan, names: Names, today: date) -> tuple[Comparison, Comparison]:
    months: dict[str, Progress] = {}
    for month in sorted({month for _, month in plan}):
        months[f"{month:%B %Y}"] = sum((one for (_, on), one in plan.items() if on == month), Progress())
    teams = {
        name: sum((one for (team_id, _), one in plan.items() if _is(team_id, member)), Progress())
        for member, name in names.of(By.TEAM).items()
        if any(_is(team_id, member) for team_id, _ in plan)
    }
    return (
        _table(f"{programme.name}, by month", "Month", months),
        _table(f"{programme.name}, by team, to {today:%B %Y}", "Team", teams),
    )


def _is(team_id: UUID | None, member: str) -> bool:
    return team_id is not None and str(team_id) == member


def _table(caption: str, head: str, lines: Mapping[str, Progress]) -> Comparison:
    return Comparison(
        caption=caption,
        columns=(head, *COLUMNS),
        rows=tuple(
            (name, str(one.planned), str(one.allocated), str(one.done), str(one.moderated), one.said)
            for name, one in lines.items()
        ),
    )
