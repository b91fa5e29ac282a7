"""Contents as HTML: one body for every file that is made of it, and the page that stands alone."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from reports import chain_chart, charts, charts_measures, charts_plan, charts_quality, charts_timeline
from reports.contents import ONE_PAGE, AuditGrades, Grade, GradeProfile, Measure, PackContents
from reports.measure_parts import MeasureChart
from reports.outline import cited, is_long, outline, plan_tables, printed, words_repeat
from reports.plan_parts import BurnUp, States, Timeline
from reports.prose import Prose, readable
from reports.quality_parts import Chain, ControlChart, Shares
from reports.quality_tables import chain_table, control_table, shares_table

HERE = Path(__file__).parent
STYLES = HERE / "styles"


def page(contents: PackContents) -> str:
    """One file that a browser opens without fetching anything: its styles and charts are inside it."""
    return _document(
        contents.reworded(readable), digest=contents.digest(), style=(STYLES / "page.css").read_text(encoding="utf-8")
    )


def source(contents: PackContents, *, digest: str) -> str:
    """The same document without styles, for a renderer that brings its own.

    ``digest`` is that of the contents as they were frozen, whatever has been done to them since to print them.
    """
    return _document(contents, digest=digest, style="")


def _document(contents: PackContents, *, digest: str, style: str) -> str:
    chapters = outline(contents)
    prose = Prose(printed(contents))
    outer = "one-page.html" if contents.kind in ONE_PAGE else "pack.html"
    return _ENVIRONMENT.get_template(outer).render(
        pack=contents,
        digest=digest,
        chapters=chapters,
        cited=cited(chapters),
        passage=prose.passage,
        line=prose.line,
        linked=prose.linked,
        printing=Printing(),
        style=Markup(style),  # noqa: S704 our own file
    )


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


_ENVIRONMENT = Environment(
    loader=FileSystemLoader(HERE / "documents"),
    undefined=StrictUndefined,
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
)
_ENVIRONMENT.filters.update(day=day, grouped=grouped)
_ENVIRONMENT.globals.update(
    profile_chart=profile_chart,
    audit_chart=audit_chart,
    trend=trend,
    measure_picture=measure_picture,
    table_of_measure=charts_measures.measure_table,
    burn_up_chart=burn_up_chart,
    states_chart=states_chart,
    timeline_chart=timeline_chart,
    quality_control=quality_control,
    quality_shares=quality_shares,
    quality_chain=quality_chain,
    table_of_control=control_table,
    table_of_shares=shares_table,
    table_of_chain=chain_table,
    change=change,
    widths=widths,
    plan_tables=plan_tables,
    is_long=is_long,
    words_repeat=words_repeat,
)
