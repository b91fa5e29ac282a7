"""The quarterly report on audits: what was done in the last full quarter beside what it changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, select

from reports.contents import Chapter, Comparison, KeyFigure, Kind, Method, PackContents, Quality, Row
from tracker.audits import tools
from tracker.audits.analysis import pictures, queries, rules
from tracker.audits.analysis.names import Names, names_of
from tracker.audits.analysis.pictures import Line
from tracker.audits.analysis.queries import Counting
from tracker.audits.analysis.rules import Figures, Period, Portion
from tracker.audits.blind.rules import Reader
from tracker.audits.chains import pictures as chains
from tracker.audits.models import Audit, Finding
from tracker.audits.recurring import queries as recurring
from tracker.audits.rules import AuditState, FindingState, months_after
from tracker.audits.summaries.rules import By
from tracker.evidence.rules import Marking
from tracker.people.models import Authority
from tracker.people.rules import Role
from tracker.platform.db import db


@dataclass(frozen=True)
class Recurrence:
    """When a theme recurs: found in so many audits within so many months."""

    audits: int
    months: int


TITLE = "Quarterly report on audits"
INVENTED = "Every audit, finding and figure in it is invented, and describes no child, family or member of staff."
MOST_LINES = 12
"""Domains or themes printed, the most audited. Our choice: more would not be read."""
MOST_CHAINS = 6
"""Findings whose way to change is drawn, the newest closed. Our choice: they fit a page."""
MOST_SAID = 8
"""Closed findings of which is said what changed for children, the newest. Our choice."""
QUARTERS = 8
HOW_TO_READ = {
    "Done and changed": "What was audited never stands without what it changed: findings closed, days that took, "
    "and grades when a case was looked at again.",
    "Intervals": "Cases are chosen, and few. Each share stands with how many it is of, and with its interval at 95%: "
    "exact below 20, Wilson’s from there.",
    "Charts": "The band of a chart is what chance alone would do. A square signals more: a point outside the band, "
    "seven in a row on one side of the average, seven rising or falling, or two of three near its edge.",
    "References": "Audit Q-88, finding F-19 and action A-104 keep their references.",
}


def gather_quality(
    authority: Authority,
    *,
    reference: str,
    today: date,
    demonstration: bool,
    smallest: int,
    recurs: Recurrence,
    replaces: str = "",
) -> PackContents:
    """Freeze the last full quarter as it is known on ``today``."""
    period = rules.last_quarter(today)
    how = {**({"What is real": INVENTED} if demonstration else {}), **HOW_TO_READ}
    return PackContents(
        kind=Kind.QA_QUARTERLY,
        reference=reference,
        title=TITLE,
        short_title=f"{authority.name} children’s services: audits, {period.dates}",
        authority=authority.name,
        version=period.dates,
        made_on=today,
        as_at=today,
        marking=str(Marking.OFFICIAL).upper(),
        marking_note="no child can be identified from it",
        subtitle="What audits found about practice with children and families, and what they changed",
        prepared_for="Leaders of children’s services and the improvement board",
        replaces=replaces,
        demonstration=INVENTED if demonstration else "",
        how_to_read=tuple(Row(head=head, points=(words,)) for head, words in how.items()),
        chapters=(
            *_chapters(authority, period, today, smallest),
            _learned(authority, today, recurs),
            _next(authority, today),
            _method(authority, period, today, smallest),
        ),
    )


def _chapters(authority: Authority, period: Period, today: date, smallest: int) -> tuple[Chapter, ...]:
    counts = queries.over_time(authority, period)
    now = rules.figures(pair for pair in counts if period.holds(pair[0].month))
    then = rules.figures(pair for pair in counts if period.before.holds(pair[0].month))
    broken, names = queries.by_member(authority, period), names_of(authority)
    return (
        _summary(authority, period, now, then),
        _grades(counts, period, smallest),
        _where(broken, names, period, smallest),
        _domains(broken, names, period, smallest),
        _moderation(now),
        _findings(counts, period, now, queries.late(authority, today)),
        _again(authority, period, now),
        _heard(now, then, period),
        _children(authority, period),
    )


# What was done, and what it changed ---------------------------------------------------------------------------------


def _summary(authority: Authority, period: Period, now: Figures, then: Figures) -> Quality:
    return Quality(
        title="What was done, and what it changed",
        lede=f"{period.dates}, beside {period.before.dates}.",
        figures=(
            KeyFigure(label="Audits finished", value=str(now.audits), note=f"{then.audits} in {period.before.name}"),
            KeyFigure(label="Good or better", value=_of(now.good), note=_interval(now.good)),
            KeyFigure(label="Findings raised, now closed", value=_of(now.raised), note=_days(now)),
            KeyFigure(label="Higher when looked at again", value=_of(now.again), note="of cases audited again"),
        ),
        rows=(Row(head=f"Since {period.before.name}", points=tuple(rules.what_changed(now, then, period=period))),),
        comparisons=_rounds(authority, period),
    )


def _of(portion: Portion) -> str:
    return f"{portion.part} of {portion.whole}" if portion.whole else "None"


def _interval(portion: Portion) -> str:
    return f"interval {portion.interval.said}" if portion.interval else "nothing graded"


def _days(figures: Figures) -> str:
    return f"{figures.average_days} days on average" if figures.average_days is not None else "none closed"


def _rounds(authority: Authority, period: Period) -> tuple[Comparison, ...]:
    """How many audits of each round were finished, and how many are still to finish."""
    done = func.count().filter(Audit.state != AuditState.DRAFT)
    found = db.session.execute(
        select(Audit.programme, done, func.count())
        .where(*_in(authority, period), Audit.programme != "")
        .group_by(Audit.programme)
        .order_by(Audit.programme)
    ).all()
    if not found:
        return ()
    return (
        Comparison(
            caption="Rounds of audits",
            columns=("Round", "Finished", "Begun and not finished"),
            rows=tuple((name, str(finished), str(every - finished)) for name, finished, every in found),
        ),
    )


def _in(authority: Authority, period: Period) -> tuple[ColumnElement[bool], ...]:
    ends = months_after(period.last, 1)
    return Audit.authority_id == authority.id, Audit.audited_on >= period.first, Audit.audited_on < ends


# Grades ---------------------------------------------------------------------------------------------------------


def _grades(counts: Sequence[Counting], period: Period, smallest: int) -> Quality:
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


def _where(
    broken: Mapping[By, Mapping[str, Sequence[Counting]]], names: Names, period: Period, smallest: int
) -> Quality:
    """Teams lie within areas: where a team must be hidden, no team is shown, or it could be taken from its area."""
    areas = pictures.protected(_lines(broken[By.AREA], names.of(By.AREA)), smallest)
    teams = pictures.protected(_lines(broken[By.TEAM], names.of(By.TEAM)), smallest)
    open_teams = all(line.shown for line in teams)
    shares = [pictures.shares(f"Areas, {period.dates}", areas)] if areas else []
    shares += [pictures.shares(f"Teams, {period.dates}", teams)] if teams and open_teams else []
    return Quality(
        title="Areas and teams",
        shares=tuple(shares),
        comparisons=(_changed_by_team(teams),) if teams else (),
        note="" if open_teams else "Grades by team are not shown: some have few, and somebody could be recognised.",
        nothing="Nothing was audited.",
    )


def _changed_by_team(teams: Sequence[Line]) -> Comparison:
    return Comparison(
        caption="What audits changed, by team",
        columns=("Team", "Graded", "Findings raised", "Closed by now", "Looked at again"),
        rows=tuple(
            (
                line.label, str(line.figures.good.whole), str(line.figures.raised.whole), str(line.figures.raised.part),
                str(line.figures.again.whole),
            )
            for line in teams
        ),
    )  # fmt: skip


def _domains(
    broken: Mapping[By, Mapping[str, Sequence[Counting]]], names: Names, period: Period, smallest: int
) -> Quality:
    """A theme is the sum of domains: one is shown only where each of its domains could be."""
    domains = pictures.protected(_graded(_lines(broken[By.DOMAIN], names.of(By.DOMAIN))), smallest)
    hidden = {line.member for line in domains if not line.shown}
    bare = {theme for member in hidden for theme in names.themes_of.get(member, ())}
    themes = _graded(_lines(broken[By.THEME], names.of(By.THEME)))
    shown = [line for line in pictures.protected(themes, smallest) if line.shown and line.member not in bare]
    charts = [
        pictures.shares(f"{title}, weakest first, {period.dates}", _weakest(lines))
        for title, lines in (("Domains", [line for line in domains if line.shown]), ("Themes", shown))
        if lines
    ]
    few = len(hidden) + len(themes) - len(shown)
    return Quality(
        title="Domains and themes",
        lede="A theme counts the domains that bear on it, so one audit may count more than once.",
        shares=tuple(charts),
        note=f"{few} more have too few to show, or would give others away." if few else "",
        nothing="Too few domains have been graded to show.",
    )


def _lines(counts: Mapping[str, Sequence[Counting]], names: Mapping[str, str]) -> list[Line]:
    return [Line(names[member], member, rules.figures(counts[member])) for member in names if member in counts]


def _graded(lines: Sequence[Line]) -> list[Line]:
    return [line for line in lines if line.figures.good.whole]


def _weakest(lines: Sequence[Line]) -> list[Line]:
    most = sorted(lines, key=lambda line: -line.figures.good.whole)[:MOST_LINES]
    return sorted(most, key=lambda line: line.figures.good.part / line.figures.good.whole)


# How far to trust them, and what became of them ---------------------------------------------------------------------


def _moderation(now: Figures) -> Quality:
    same = Portion(now.moderated.get("the same", 0), now.moderation.part)
    higher, lower = now.moderated.get("higher", 0), now.moderated.get("lower", 0)
    said = "The moderator grades without sight of the auditor’s grades. The moderated grade counts."
    if not now.moderation.part:
        return Quality(title="Moderation and agreement", lede=said, nothing="No audit of the quarter is moderated yet.")
    return Quality(
        title="Moderation and agreement",
        lede=said,
        figures=(
            KeyFigure(label="Moderated", value=_of(now.moderation), note="of audits finished"),
            KeyFigure(label="The same grade", value=_of(same), note=_interval(same)),
            KeyFigure(label="Moderator higher", value=str(higher), note="the auditor was more severe"),
            KeyFigure(label="Moderator lower", value=str(lower), note="the auditor was less severe"),
        ),
    )


def _findings(counts: Sequence[Counting], period: Period, now: Figures, late: int) -> Quality:
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


def _again(authority: Authority, period: Period, now: Figures) -> Quality:
    findings = _closed(authority, period, MOST_CHAINS)
    same, lower = now.reaudits.get("the same", 0), now.reaudits.get("lower", 0)
    return Quality(
        title="Looked at again",
        lede=(
            f"Of {now.again.whole} cases audited again, {now.again.part} had a higher grade, {same} the same and "
            f"{lower} a lower one."
            if now.again.whole
            else "No case was audited again in the quarter."
        ),
        chain=chains.chain(findings, viewer=_anybody(authority)) if findings else None,
    )


def _anybody(authority: Authority) -> Reader:
    """Somebody who may yet moderate any audit: what is hidden from one reader of the report is not in it."""
    return Reader(authority.id, Role.QA_OFFICER)


def _heard(now: Figures, then: Figures, period: Period) -> Quality:
    return Quality(
        title="Practitioners and families",
        figures=(
            KeyFigure(
                label="With the practitioner",
                value=_of(now.practitioner),
                note=f"{_of(then.practitioner)} in {period.before.name}",
            ),
            KeyFigure(
                label="Families heard", value=_of(now.family), note=f"{_of(then.family)} in {period.before.name}"
            ),
        )
        if now.audits
        else (),
        nothing="No audit was finished.",
    )


def _children(authority: Authority, period: Period) -> Quality:
    said = [f"{finding.closed_because} [{finding.reference}]" for finding in _closed(authority, period, MOST_SAID)]
    return Quality(
        title="What changed for children",
        rows=(Row(head="Findings closed", points=tuple(said)),) if said else (),
        nothing="No finding was closed in the quarter, so nothing can be said yet.",
    )


def _closed(authority: Authority, period: Period, most: int) -> Sequence[Finding]:
    ends = months_after(period.last, 1)
    return db.session.scalars(
        select(Finding)
        .where(
            Finding.authority_id == authority.id,
            Finding.state == FindingState.CLOSED,
            Finding.closed_on >= period.first,
            Finding.closed_on < ends,
        )
        .order_by(Finding.closed_on.desc(), Finding.number.desc())
        .limit(most)
    ).all()


# What we learned, and what comes next ---------------------------------------------------------------------------


def _learned(authority: Authority, today: date, recurs: Recurrence) -> Quality:
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


def _next(authority: Authority, today: date) -> Quality:
    first = rules.quarter_of(today)
    ends = months_after(first, 3)
    due = db.session.scalars(
        select(Audit)
        .where(Audit.authority_id == authority.id, Audit.reaudit_due_on >= first, Audit.reaudit_due_on < ends)
        .where(~Audit.reaudits.any(Audit.state != AuditState.DRAFT))
        .order_by(Audit.reaudit_due_on, Audit.number)
        .limit(MOST_LINES)
    ).all()
    return Quality(
        title="What comes next",
        lede="Cases whose grade asks that they are looked at again this quarter.",
        comparisons=(
            Comparison(
                caption="Re-audits due",
                columns=("Audit", "Tool", "Due"),
                rows=tuple(
                    (one.reference, _tool(one), f"{one.reaudit_due_on:%-d %B %Y}") for one in due if one.reaudit_due_on
                ),
            ),
        )
        if due
        else (),
        nothing="No re-audit is due.",
    )


def _tool(audit: Audit) -> str:
    return tools.tool(audit.authority_id, audit.tool_id, audit.tool_version).name


def _method(authority: Authority, period: Period, today: date, smallest: int) -> Method:
    rows = {
        "How it was made": (
            f"From what the inspection readiness tracker held for {authority.name} on {today:%-d %B %Y}. Audits count "
            f"in the month in which they were finished; the quarter is {period.dates}."
        ),
        "Small numbers": (
            f"In breakdowns, where fewer than {smallest} have a grade on one side, grades are not shown, nor others "
            "from which they could be worked out. For the whole authority they are shown."
            if smallest > 1
            else "Small numbers are given as they are."
        ),
        "Charts": (
            "Shares: a p chart. Days: an XmR chart. Limits are three standard deviations from the average; the four "
            "rules are those of NHS England’s Making Data Count."
        ),
    }
    return Method(rows=tuple(Row(head=head, points=(words,)) for head, words in rows.items()), attribution="")
