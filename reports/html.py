"""Contents as HTML: one body for every file that is made of it, and the page that stands alone."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from reports import (
    chain_chart,
    charts,
    charts_difference,
    charts_measures,
    charts_plan,
    charts_quality,
    charts_timeline,
)
from reports.contents import ONE_PAGE, SHORT, AuditGrades, Comparison, Grade, GradeProfile, Measure, PackContents
from reports.difference_parts import DifferenceChart
from reports.look import overriding
from reports.measure_parts import MeasureChart
from reports.outline import cited, is_long, outline, plan_tables, printed
from reports.places import STYLES
from reports.plan_parts import BurnUp, States, Timeline
from reports.prose import Prose, readable
from reports.quality_parts import Chain, ControlChart, Shares
from reports.quality_tables import chain_table, control_table, shares_table
from reports.scorecard_parts import ScoredMeasure
from reports.scorecard_tables import standings_tables

HERE = Path(__file__).parent
CUT = "<!--cut-->"
"""Stands where a document may be taken apart, before a row or a table. Texts cannot hold it: they are escaped."""


def page(contents: PackContents) -> str:
    """One file that a browser opens without fetching anything: its styles and charts are inside it."""
    style = (STYLES / "page.css").read_text(encoding="utf-8") + overriding(STYLES / "page.css", contents.look)
    return _document(contents.reworded(readable), digest=contents.digest(), style=style, alone=True).replace(CUT, "")


def source(contents: PackContents, *, digest: str) -> str:
    """The same document for a renderer that brings its own style: with none but the colours that a profile chose.

    ``digest`` is that of the contents as they were frozen, whatever has been done to them since to print them.
    """
    return _document(contents, digest=digest, style=overriding(STYLES / "pack.css", contents.look), alone=False)


def _document(contents: PackContents, *, digest: str, style: str, alone: bool) -> str:
    """``alone``: for a browser, which shows no foot of a page."""
    chapters = outline(contents)
    prose = Prose(printed(contents))
    return _ENVIRONMENT.get_template(_outer(contents)).render(
        pack=contents,
        digest=digest,
        chapters=chapters,
        cited=cited(chapters),
        passage=prose.passage,
        line=prose.line,
        linked=prose.linked,
        printing=Printing(),
        style=Markup(style),  # noqa: S704 our own file
        alone=alone,
    )


def _outer(contents: PackContents) -> str:
    if contents.kind in ONE_PAGE:
        return "one-page.html"
    return "short.html" if contents.kind in SHORT else "pack.html"


@dataclass
class Printing:
    """What one printing has used up: numbers of tables and figures, and anchors, which must be unique."""

    _numbers: Counter[str] = field(default_factory=Counter)
    _anchors: set[str] = field(default_factory=set)

    def number(self, kind: str) -> str:
        """The next of its kind: "Table 3"."""
        self._numbers[kind] += 1
        return f"{kind} {self._numbers[kind]}"

    def anchor(self, reference: str) -> Markup:
        """The id of a thing where it is first printed; nothing where it is printed again."""
        ident = reference.lower()
        if not ident or ident in self._anchors:
            return Markup()
        self._anchors.add(ident)
        return Markup(' id="{}"').format(ident)


def day(value: date) -> str:
    """
    >>> day(date(2026, 3, 4))
    '4 March 2026'
    """
    return f"{value.day} {value:%B %Y}"


MOST_WORDS = 6
"""Of a title in the head of a page, or of words that a table repeats. Our choice: a glance takes in no more."""


def in_brief(words: str, most: int = MOST_WORDS) -> str:
    """
    >>> in_brief("What we know, how we know it, and what we will do"), in_brief("Where we stand")
    ('What we know, how we know…', 'Where we stand')
    >>> in_brief("The consistency and quality of life-story work", 4)
    'The consistency and quality…'
    """
    first = words.split()
    if len(first) <= most + 1:
        return words
    return " ".join(first[:most]).rstrip(",;:.") + "…"


def grouped(digest: str, size: int) -> str:
    """
    >>> grouped("4e3dafa9b374", 4)
    '4e3d afa9 b374'
    """
    return " ".join(digest[start : start + size] for start in range(0, len(digest), size))


def profile_chart(ident: str, profile: GradeProfile) -> Markup:
    panels = [
        charts.Panel(
            label=row.short,
            marks=[_mark(grade) for grade in row.grades],
            own=_mark(row.own) if row.own else None,
        )
        for row in profile.rows
    ]
    return _in_our_type(
        charts.grade_profile(
            ident,
            scale=profile.scale,
            inspections=[inspected.short for inspected in profile.inspections],
            panels=panels,
            own_note=profile.own_note,
        )
    )


def _in_our_type(chart: Markup) -> Markup:
    """A chart inherits the type of a web page, but WeasyPrint hands down none to the SVG in a document."""
    return Markup(str(chart).replace("<svg ", '<svg font-family="Pack, Pack other scripts" ', 1))  # noqa: S704 a chart


def _mark(grade: Grade) -> charts.Mark:
    words = f"{grade.words} ({grade.note})" if grade.note else grade.words
    return charts.Mark(words=words, step=grade.step)


def audit_chart(ident: str, grades: AuditGrades, *, over_time: bool = True) -> Markup:
    return _in_our_type(
        charts.stacked_bars(
            ident,
            caption=grades.caption,
            scale=grades.scale,
            bars=[charts.Bar(label=period.label, counts=period.counts) for period in grades.periods],
            good=grades.good,
            good_words=grades.good_words,
            percent_from=grades.percent_from,
            over_time=over_time,
        )
    )


def trend(ident: str, measure: Measure) -> Markup:
    return charts.sparkline(
        ident, name=measure.name, values=measure.series, unit=measure.unit, when=measure.series_words or "oldest first"
    )


def scored_trend(ident: str, measure: ScoredMeasure) -> Markup:
    return charts.sparkline(
        ident, name=measure.name, values=measure.series, unit=measure.unit, when="oldest first", target=measure.aim
    )


def measure_picture(ident: str, chart: MeasureChart) -> Markup:
    return _in_our_type(charts_measures.measure_chart(ident, chart))


def burn_up_chart(ident: str, chart: BurnUp) -> Markup:
    return _in_our_type(charts_plan.burn_up(ident, chart))


def states_chart(ident: str, chart: States) -> Markup:
    return _in_our_type(charts_plan.states_over_time(ident, chart))


def timeline_chart(ident: str, chart: Timeline) -> Markup:
    return _in_our_type(charts_timeline.timeline(ident, chart))


def quality_control(ident: str, chart: ControlChart) -> Markup:
    return _in_our_type(charts_quality.control_chart(ident, chart))


def quality_shares(ident: str, chart: Shares) -> Markup:
    return _in_our_type(charts_quality.shares_chart(ident, chart))


def quality_chain(ident: str, chart: Chain) -> Markup:
    return _in_our_type(chain_chart.chain_chart(ident, chart))


def difference_picture(ident: str, chart: DifferenceChart) -> Markup:
    return _in_our_type(charts_difference.difference_chart(ident, chart))


def finding(picture: Markup) -> tuple[Markup, Markup]:
    """What a picture is of, and what it shows, from its title.

    >>> finding(Markup('<svg><title id="a-t">Audits: 3 of 4 good</title></svg>'))
    (Markup('Audits:'), Markup('3 of 4 good'))
    """
    title = str(picture).partition("<title")[2].partition(">")[2].partition("</title>")[0]
    name, colon, shows = title.partition(": ")
    return Markup(name + colon.strip()), Markup(shows)  # noqa: S704 from a drawing, where it is escaped


def change(then: int | None, now: int) -> str:
    """
    >>> change(4, 6), change(6, 4), change(4, 4), change(None, 4)
    ('+2', '−2', '0', '')
    """
    if then is None:
        return ""
    return f"{now - then:+d}".replace("-", "−") if now != then else "0"


def widths(columns: Sequence[float]) -> Markup:
    """The columns of a table, in millimetres of the type area: tables are laid out by these, never by their content."""
    share = 100 / sum(columns)
    return Markup("<colgroup>{}</colgroup>").format(
        Markup().join(Markup('<col style="width: {}%">').format(f"{width * share:.2f}") for width in columns)
    )


MANY_COLUMNS = 6
"""From so many on, the columns of a plain table are as wide as their texts ask. Our choice: fewer stand evenly."""
NARROWEST, WIDEST = 14, 90
"""Characters: how little and how much of a column's longest text counts. Our choice."""


def fitting(table: Comparison) -> list[float] | None:
    """Widths by the longest text of each column, in any unit; None for a table of few columns."""
    if len(table.columns) < MANY_COLUMNS:
        return None
    columns = zip(table.columns, *table.rows, strict=True)
    return [min(max(NARROWEST, *map(len, texts)), WIDEST) ** 0.6 for texts in columns]


_ENVIRONMENT = Environment(
    loader=FileSystemLoader(HERE / "documents"),
    undefined=StrictUndefined,
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
)
_ENVIRONMENT.filters.update(day=day, grouped=grouped, in_brief=in_brief)
_ENVIRONMENT.globals.update(
    profile_chart=profile_chart,
    audit_chart=audit_chart,
    trend=trend,
    scored_trend=scored_trend,
    table_of_standings=lambda chapter: next(standings_tables(chapter)),
    measure_picture=measure_picture,
    table_of_measure=charts_measures.measure_table,
    difference_picture=difference_picture,
    table_of_difference=charts_difference.difference_table,
    burn_up_chart=burn_up_chart,
    states_chart=states_chart,
    timeline_chart=timeline_chart,
    quality_control=quality_control,
    quality_shares=quality_shares,
    quality_chain=quality_chain,
    table_of_control=control_table,
    table_of_shares=shares_table,
    table_of_chain=chain_table,
    finding=finding,
    change=change,
    fitting=fitting,
    widths=widths,
    plan_tables=plan_tables,
    is_long=is_long,
)
