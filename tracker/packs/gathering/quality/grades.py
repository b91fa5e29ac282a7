"""How good practice was: grades over time, by area and team, and by domain and theme. Few are never shown."""

from collections.abc import Mapping, Sequence

from reports.contents import Comparison, Quality
from tracker.audits.analysis import pictures, queries, rules
from tracker.audits.analysis.hiding import Hiding, protected
from tracker.audits.analysis.names import Names
from tracker.audits.analysis.pictures import Line
from tracker.audits.analysis.queries import Counting
from tracker.audits.analysis.rules import Period
from tracker.audits.summaries.rules import By
from tracker.platform.lists import listed

MOST_LINES = 12
"""Domains or themes printed, the weakest that can be shown. Our choice: more would not be read."""
QUARTERS = 8
ByMember = Mapping[By, Mapping[str, Sequence[Counting]]]
"""Counts of some months, as ``queries.by_member`` gives them."""


def over_time(counts: Sequence[Counting], period: Period, smallest: int) -> Quality:
    points = [
        point for point in rules.series(counts, period, quarters=True) if point.figures.good.whole >= max(1, smallest)
    ]
    chart = pictures.shares_over_time(points)
    return Quality(
        title="Grades over time",
        lede="By the moderated grade where there is one. No overall grade is worked out.",
        control=chart,
        shares=(pictures.quarters(points[-QUARTERS:]),) if points else (),
        note="With fewer than 12 quarters the limits are provisional." if chart.provisional and points else "",
        nothing="Too few audits have been graded to show.",
    )


def where(graded: ByMember, names: Names, year: Period, smallest: int, *, changed: ByMember) -> Quality:
    """Grades of a year, and what audits ``changed`` in the quarter.

    Both charts are of the same audits: what few have is hidden in both, with what it could be worked out from.
    """
    hiding = Hiding(queries.cells(graded), names.of(By.TEAM), smallest)
    areas = protected(hiding, By.AREA, _lines(graded[By.AREA], names.of(By.AREA)))
    teams = protected(hiding, By.TEAM, _lines(graded[By.TEAM], names.of(By.TEAM)))
    open_areas, open_teams = any(line.shown for line in areas), any(line.shown for line in teams)
    shares = [pictures.shares(f"Areas, {year.dates}", areas, each="Area")] if open_areas else []
    shares += [pictures.shares(f"Teams, {year.dates}", teams, each="Team")] if teams and open_teams else []
    busy = _lines(changed[By.TEAM], names.of(By.TEAM))
    few = listed([word for word, lines in (("area", areas), ("team", teams)) if not all(one.shown for one in lines)])
    return Quality(
        title="Areas and teams",
        shares=tuple(shares),
        comparisons=(_changed_by_team(busy),) if busy else (),
        note=f"Not every grade by {few} is shown: few have one, or few could be worked out from them." if few else "",
        nothing="Nothing was audited.",
    )


def _changed_by_team(teams: Sequence[Line]) -> Comparison:
    return Comparison(
        caption="What audits of the quarter changed, by team",
        columns=("Team", "Graded", "Findings", "Closed", "Looked at again"),
        rows=tuple(
            (
                line.label, str(line.figures.good.whole), str(line.figures.raised.whole), str(line.figures.raised.part),
                str(line.figures.again.whole),
            )
            for line in teams
        ),
    )  # fmt: skip


def domains(graded: ByMember, names: Names, year: Period, smallest: int) -> Quality:
    """A theme is the sum of domains: one is shown only where each of its domains could be."""
    domains = pictures.protected(_graded(_lines(graded[By.DOMAIN], names.of(By.DOMAIN))), smallest)
    hidden = {line.member for line in domains if not line.shown}
    bare = {theme for member in hidden for theme in names.themes_of.get(member, ())}
    themes = _graded(_lines(graded[By.THEME], names.of(By.THEME)))
    shown = [line for line in pictures.protected(themes, smallest) if line.shown and line.member not in bare]
    charts = [
        pictures.shares(f"{each}s, weakest first, {year.dates}", _weakest(lines), each=each)
        for each, lines in (("Domain", [line for line in domains if line.shown]), ("Theme", shown))
        if lines
    ]
    few = len(hidden) + len(themes) - len(shown)
    told = f"{few} more have too few to show, or would give others away: some of them may be weaker than these."
    return Quality(
        title="Domains and themes",
        lede="A theme counts the domains that bear on it, so one audit may count more than once.",
        shares=tuple(charts),
        note=told if few and charts else "",
        nothing=f"None of {few} graded is shown: each has too few, or would give others away."
        if few
        else "No domain was graded.",
    )


def _lines(counts: Mapping[str, Sequence[Counting]], names: Mapping[str, str]) -> list[Line]:
    return [Line(names[member], member, rules.figures(counts[member])) for member in names if member in counts]


def _graded(lines: Sequence[Line]) -> list[Line]:
    return [line for line in lines if line.figures.good.whole]


def _weakest(lines: Sequence[Line]) -> Sequence[Line]:
    return rules.weakest_first(lines, key=lambda line: line.figures.good)[:MOST_LINES]
