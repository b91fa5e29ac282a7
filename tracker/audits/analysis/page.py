"""What the page "What audits tell us" shows: what was done in a period beside what it changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from flask import current_app, request

from tracker.audits.analysis import pictures, queries, rules
from tracker.audits.analysis.hiding import Hiding, protected
from tracker.audits.analysis.names import Names, names_of
from tracker.audits.analysis.pictures import Line
from tracker.audits.analysis.queries import Cells, Counting
from tracker.audits.analysis.rules import Figures, Period, Point, Portion
from tracker.audits.rules import months_after
from tracker.audits.summaries.rules import By
from tracker.people.models import Authority
from tracker.web import links
from tracker.web.charts import ControlChart, Shares
from tracker.web.links import Filter

PERIODS = {
    "month": rules.this_month,
    None: rules.this_quarter,
    "last-quarter": rules.last_quarter,
    "year": rules.last_year,
}
PERIOD_LABELS: Sequence[tuple[str | None, str]] = (
    ("month", "This month"), (None, "This quarter"), ("last-quarter", "Last quarter"),
    ("year", "Last 12 calendar months"),
)  # fmt: skip
CHOOSABLE = {"team": By.TEAM, "area": By.AREA, "domain": By.DOMAIN, "theme": By.THEME}
"""Query arguments, each of which asks for one member."""
MOST_LINES = 12
"""Domains or themes shown, the weakest. Our choice: more would not be read at once."""
FEWEST = 3
"""Grades of a domain or theme that the weakest are chosen among. Our choice: one weak case is no pattern."""


@dataclass(frozen=True)
class About:
    """Whose figures are shown: everybody's, or one member's."""

    by: By = By.WHOLE
    member: str = ""
    name: str = ""


@dataclass(frozen=True)
class Breakdown:
    title: str
    heading: str
    """Over the names: "Team"."""
    lines: Sequence[Line]
    shares: Shares
    argument: str
    """The query argument by which one line is asked for."""
    left_out: int = 0
    """Less weak than those shown, or graded less often than ``FEWEST`` times."""

    @property
    def any_hidden(self) -> bool:
        return not all(line.shown for line in self.lines)


@dataclass(frozen=True)
class AnalysisPage:
    period: Period
    about: About
    periods: Sequence[Filter]
    teams: Sequence[Filter]
    areas: Sequence[Filter]
    now: Figures
    then: Figures
    late: int
    shown: bool
    """Whether the grades of the period may be shown: of one team or area, they are not where few could be told."""
    sentences: Sequence[str]
    share_chart: ControlChart
    days_chart: ControlChart
    quarters: Shares
    quarter_points: Sequence[Point]
    grades: Sequence[str]
    """Every grade that somebody gave in those quarters, best first."""
    breakdowns: Sequence[Breakdown]
    smallest: int
    wrong_range: str
    """Why months that were asked for cannot be shown; empty where they are, or none were."""
    reported: Period
    """The last full quarter, which a report made today is about."""


def asked(authority: Authority, today: date) -> AnalysisPage:
    """The page that the address asks for; what no link of ours offers is left out of account."""
    period, names = _period(today), names_of(authority)
    about = _about(names)
    counts = queries.over_time(authority, period, by=about.by, member=about.member)
    now, then = rules.figures(counts.now), rules.figures(counts.then)
    smallest: int = current_app.config["SMALL_NUMBER"]
    hides = _Hides(authority, period, about, names, smallest)
    shown = hides.shows(now, period)
    quarters = rules.series(counts.months, period, quarters=True)
    points = rules.charted(counts.months, period, quarters)
    by_quarter = [point for point in quarters if point.figures.audits and hides.shows_quarter(point)]
    return AnalysisPage(
        period=period,
        about=about,
        periods=links.filters("period", PERIOD_LABELS) if not _range() else _periods_beside_a_range(),
        teams=links.filters("team", [(None, "All"), *names.of(By.TEAM).items()]),
        areas=links.filters("area", [(None, "All"), *names.of(By.AREA).items()]),
        now=now,
        then=then,
        late=queries.late(authority, today, by=about.by, member=about.member),
        shown=shown,
        sentences=rules.what_changed(now, then, period=period, grades=shown and hides.shows(then, period.before)),
        share_chart=pictures.shares_over_time(by_quarter if hides.some else points),
        days_chart=pictures.days_over_time(points),
        quarters=pictures.quarters(by_quarter[-8:]),
        quarter_points=by_quarter[-8:],
        grades=[] if hides.some else rules.grades_of(counts.months, by_quarter[-8:]),
        breakdowns=_breakdowns(authority, period, about, names),
        smallest=smallest,
        wrong_range=_wrong_range(),
        reported=rules.last_quarter(today),
    )


@dataclass(frozen=True)
class _Hides:
    """What the page of one team or area must not show in which months; others show everything."""

    authority: Authority
    period: Period
    about: About
    names: Names
    smallest: int

    @property
    def some(self) -> bool:
        return self.about.by in {By.TEAM, By.AREA} and self.smallest > 1

    @cached_property
    def _months(self) -> Mapping[date, Cells]:
        return queries.in_areas(self.authority, self.period)

    def shows(self, figures: Figures, period: Period) -> bool:
        if not self.some:
            return True
        cells = rules.cells_of(self._months, period.first, period.last)
        hiding = Hiding(cells, self.names.of(By.TEAM), self.smallest)
        return self.about.member not in hiding.of(self.about.by, {self.about.member: figures.good})

    def shows_quarter(self, point: Point) -> bool:
        last = min(months_after(point.begins, 2), self.period.last)
        return self.shows(point.figures, Period(point.begins, last, point.label))


def _period(today: date) -> Period:
    own = _range()
    if own:
        return rules.own_range(*own)
    return PERIODS.get(request.args.get("period"), rules.this_quarter)(today)


def _range() -> tuple[date, date] | None:
    """Months from and to, as ``2026-04`` and ``2026-09``, if both are there and in order."""
    try:
        first, last = (date.fromisoformat(f"{request.args.get(name, '')}-01") for name in ("from", "to"))
    except ValueError:
        return None
    return (first, last) if date(2000, 1, 1) <= first <= last <= date(2100, 1, 1) else None


def _wrong_range() -> str:
    said = [request.args.get(name, "").strip() for name in ("from", "to")]
    if not any(said) or _range():
        return ""
    return (
        "These months cannot be shown. Give the first and the last as in 2026-04 and 2026-09, the first not after the "
        "last. This quarter is shown instead."
    )


def _periods_beside_a_range() -> Sequence[Filter]:
    """The links lead away from a range of one's own, and none of them is where we are."""
    return [Filter(label, links.keeping(period=value, **{"from": None, "to": None})) for value, label in PERIOD_LABELS]


def _about(names: Names) -> About:
    for argument, by in CHOOSABLE.items():
        member = request.args.get(argument, "")
        if member and member in names.of(by):
            return About(by, member, names.of(by)[member])
    return About()


def _breakdowns(authority: Authority, period: Period, about: About, names: Names) -> list[Breakdown]:
    """For everybody by team, area, domain and theme; for one team by domain, so that it sees where to begin."""
    smallest = current_app.config["SMALL_NUMBER"]
    if about.by is By.TEAM and about.member:
        return [_breakdown("By domain", "Domain", "domain", _domains(authority, period, about, names))]
    if about.by is not By.WHOLE:
        return []
    found = queries.by_member(authority, period)
    hiding = Hiding(queries.cells(found), names.of(By.TEAM), smallest)
    told = (
        ("By team", "Team", "team", By.TEAM),
        ("By area", "Area", "area", By.AREA),
        ("By domain, weakest first", "Domain", "domain", By.DOMAIN),
        ("By theme, weakest first", "Theme", "theme", By.THEME),
    )
    lines = {by: _lines(found[by], names.of(by)) for *_, by in told if found[by]}
    lines |= {by: protected(hiding, by, lines[by]) for by in (By.TEAM, By.AREA) if by in lines}
    return [_breakdown(title, heading, argument, lines[by]) for title, heading, argument, by in told if by in lines]


def _domains(authority: Authority, period: Period, about: About, names: Names) -> list[Line]:
    """Of one team. A domain is not shown where the team's grades in it are few, or another team's would follow."""
    smallest: int = current_app.config["SMALL_NUMBER"]
    found, lines = queries.domains_of_teams(authority, period), []
    for domain, name in names.of(By.DOMAIN).items():
        teams = found.get(domain, {})
        if about.member in teams:
            good = Portion(*teams[about.member])
            hiding = Hiding({(team, domain): counts for team, counts in teams.items()}, names.of(By.TEAM), smallest)
            hidden = about.member in hiding.of(By.TEAM, {about.member: good})
            lines.append(Line(name, domain, Figures(audits=good.whole, good=good), shown=not hidden))
    return lines


def _weakest(lines: Sequence[Line]) -> Sequence[Line]:
    """Of those graded a few times, and of all where none is."""
    often = [line for line in lines if line.figures.good.whole >= FEWEST]
    return (often or lines)[:MOST_LINES]


def _lines(counts: Mapping[str, Sequence[Counting]], names: Mapping[str, str]) -> list[Line]:
    return [Line(names[member], member, rules.figures(counts[member])) for member in names if member in counts]


def _breakdown(title: str, heading: str, argument: str, lines: list[Line]) -> Breakdown:
    if argument in ("domain", "theme"):
        graded = rules.weakest_first(lines, key=lambda line: line.figures.good)
        chosen = graded if argument == request.args.get("every") else _weakest(graded)
    else:
        chosen = lines
    chart = pictures.shares(f"{heading}s", chosen, each=heading)
    return Breakdown(title, heading, chosen, chart, argument, left_out=len(lines) - len(chosen))
