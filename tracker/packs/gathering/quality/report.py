"""The quarterly report on audits: what was done in the last full quarter beside what it changed."""

from datetime import date

from sqlalchemy import ColumnElement, func, select

from reports.contents import Chapter, Comparison, KeyFigure, Kind, Method, PackContents, Quality, Row
from tracker.audits.analysis import queries, rules
from tracker.audits.analysis.names import names_of
from tracker.audits.analysis.rules import Figures, Period
from tracker.audits.models import Audit
from tracker.audits.rules import AuditState, months_after
from tracker.evidence.rules import Marking
from tracker.packs.gathering.quality import ahead, changes, grades, planned, trust
from tracker.packs.gathering.quality.ahead import Recurrence
from tracker.packs.gathering.quality.words import days, interval, of
from tracker.people.models import Authority
from tracker.platform.db import db

TITLE = "Quarterly report on audits"
INVENTED = "Every audit, finding and figure in it is invented, and describes no child, family or member of staff."
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
            ahead.learned(authority, today, recurs),
            ahead.comes_next(authority, today),
            _method(authority, period, today, smallest),
        ),
    )


def _chapters(authority: Authority, period: Period, today: date, smallest: int) -> tuple[Chapter, ...]:
    counts = queries.over_time(authority, period)
    now, then = rules.figures(counts.now), rules.figures(counts.then)
    year, names = rules.year_to(period), names_of(authority)
    graded = queries.by_member(authority, year)
    return (
        _summary(authority, period, now, then),
        planned.programmes(authority, names, period, today),
        grades.over_time(counts.months, period, smallest),
        grades.where(graded, names, year, smallest, changed=queries.by_member(authority, period)),
        grades.domains(graded, names, year, smallest),
        trust.moderation(authority, period, now),
        changes.findings(counts.months, period, now, queries.late(authority, today)),
        changes.looked_at_again(authority, period, now),
        changes.heard(now, then, period),
        changes.changed_for_children(authority, period),
    )


def _summary(authority: Authority, period: Period, now: Figures, then: Figures) -> Quality:
    return Quality(
        title="What was done, and what it changed",
        lede=f"{period.dates}, beside {period.before.dates}.",
        figures=(
            KeyFigure(label="Audits finished", value=str(now.audits), note=f"{then.audits} in {period.before.name}"),
            KeyFigure(label="Good or better", value=of(now.good), note=interval(now.good)),
            KeyFigure(label="Findings raised, now closed", value=of(now.raised), note=days(now)),
            KeyFigure(label="Higher when looked at again", value=of(now.again), note="of cases audited again"),
        ),
        rows=(Row(head=f"Since {period.before.name}", points=tuple(rules.what_changed(now, then, period=period))),),
        comparisons=_rounds(authority, period),
    )


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


def _method(authority: Authority, period: Period, today: date, smallest: int) -> Method:
    rows = {
        "How it was made": (
            f"From what the inspection readiness tracker held for {authority.name} on {today:%-d %B %Y}. Audits count "
            f"in the month in which they were finished; the quarter is {period.dates}. Grades by area, team, domain "
            f"and theme are of {rules.year_to(period).dates}: in one quarter most are too few to be shown."
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
        "Agreement": (
            "Only of grades given without sight of the first. Cohen’s weighted kappa with linear weights, and the "
            "large-sample interval of Fleiss, Cohen and Everitt (1969)."
        ),
    }
    return Method(rows=tuple(Row(head=head, points=(words,)) for head, words in rows.items()), attribution="")
