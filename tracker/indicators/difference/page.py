"""What the page of a pathway shows: the words, the picture of one group, and stages by groups in three tables."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import request

from tracker.indicators import rules as indicators
from tracker.indicators.difference import pictures, queries, rules
from tracker.indicators.difference.models import Counting, Pathway
from tracker.indicators.difference.rules import NOT_KNOWN, OTHERS, Against, Compared, Reading, Verdict
from tracker.indicators.difference.saying import Said, Statement, bases_said, compared_said
from tracker.platform.days import read_day
from tracker.web import links
from tracker.web.charts import DifferenceChart
from tracker.web.links import Filter

ACROSS = 7
"""Groups that stand over columns; more stand in rows, with the stages over columns. Our choice."""
LARGEST = "largest"
"""How an address asks for the largest group, where the pathway names another."""


@dataclass(frozen=True)
class Cell:
    """One cell of a table: what stands out, and quieter lines under it."""

    strong: str
    small: Sequence[str] = ()
    word: str = ""
    """"Higher" or "Lower": what a tag says."""


@dataclass(frozen=True)
class Table:
    """A heading over each column, the first of them over the names of rows; each row its name and cells."""

    id: str
    title: str
    caption: str
    lead: str
    headings: Sequence[str]
    rows: Sequence[tuple[str, Sequence[Cell]]]


@dataclass(frozen=True)
class Earlier:
    """The index of the group in the picture at the last stage, in one period."""

    period: str
    stage: str
    index: str
    interval: str
    word: str


@dataclass(frozen=True)
class DifferencePage:
    pathway: Pathway
    counting: Counting | None
    period: str
    statement: Statement | None
    compared: str
    bases: str
    cannot: Sequence[str]
    said: Said | None
    """The group in the picture."""
    chart: DifferenceChart | None
    tables: Sequence[Table]
    earlier: Sequence[Earlier]
    periods: Sequence[Filter]
    against: Sequence[Filter]
    groups: Sequence[Filter]

    @property
    def lead(self) -> str:
        """The finding as a sentence."""
        finding = self.statement.finding if self.statement else ""
        return f"{finding[:1].upper()}{finding[1:]}."


def asked(pathway: Pathway) -> DifferencePage:
    """The period, the comparison and the group that the address asks for; an unknown one is the usual."""
    counting = queries.counting(pathway, read_day(request.args.get("period", "")))
    if counting is None:
        return DifferencePage(pathway, None, "", None, "", "", [], None, None, [], [], [], [], [])
    statement = Statement(queries.reading(pathway, counting, choice=choice_asked(pathway)))
    reading, period = statement.reading, period_of(counting)
    said = _said(statement)
    return DifferencePage(
        pathway=pathway,
        counting=counting,
        period=period,
        statement=statement,
        compared=compared_said(reading),
        bases=bases_said(pathway.shape.stages, counting.bases, period),
        cannot=statement.cannot,
        said=said,
        chart=pictures.of_group(reading, said, reference=pathway.reference) if said else None,
        tables=tables(reading, reference=pathway.reference),
        earlier=_earlier(pathway, counting, said, reading) if said else [],
        periods=_periods(pathway, counting),
        against=_against(pathway),
        groups=_groups(statement, said),
    )


def choice_asked(pathway: Pathway) -> str | None:
    """Whom the address says to compare with; None: whom the pathway says."""
    wanted = request.args.get("against", "")
    if wanted == LARGEST:
        return ""
    return wanted if wanted in {OTHERS, *(group.code for group in pathway.shape.groups)} else None


def period_of(counting: Counting) -> str:
    return indicators.period_name(counting.period_start, counting.period_end)


def _said(statement: Statement) -> Said | None:
    """The group that the address asks for, or the one with the strongest difference."""
    wanted = request.args.get("group", "")
    return next((one for one in statement.groups if one.group.code == wanted), next(iter(statement.groups), None))


def _earlier(pathway: Pathway, counting: Counting, said: Said, reading: Reading) -> list[Earlier]:
    """The same group and stage in this period and in those before, newest first, where there are any."""
    if said.furthest is None:
        return []
    stage = said.furthest.stage
    those = [one for one in pathway.countings if one.period_end <= counting.period_end][-queries.EARLIER - 1 :]
    read = [
        (one, rules.read(pathway.shape, one.counts, choice=reading.comparison.choice, least=pathway.least))
        for one in reversed(those)
    ]
    found = [(one, then.at(stage, said.group, Against.POPULATION)) for one, then in read]
    if len(found) < 2:
        return []
    return [
        Earlier(period_of(one), stage.name, then.index or "–", then.interval or "–", str(then.verdict))
        for one, then in found
    ]


def _periods(pathway: Pathway, counting: Counting) -> list[Filter]:
    return [
        Filter(period_of(one), links.keeping(period=one.period_end.isoformat()), one is counting)
        for one in reversed(pathway.countings)
    ]


def _against(pathway: Pathway) -> list[Filter]:
    """Whom to compare with; the first is what the pathway says."""
    names = {"": "The largest group", OTHERS: "Everyone else"} | {one.code: one.name for one in pathway.shape.groups}
    usual = pathway.compared_with if pathway.compared_with in names else ""
    choices: list[tuple[str | None, str]] = [(None, names[usual])]
    choices += [(code or LARGEST, name) for code, name in names.items() if code != usual]
    return links.filters("against", choices)


def _groups(statement: Statement, said: Said | None) -> list[Filter]:
    return [
        Filter(one.name, links.keeping(group=one.code), said is not None and one == said.group)
        for one in statement.reading.groups
    ]


def tables(reading: Reading, *, reference: str) -> list[Table]:
    """Counts with rates, then the index out of the population, then out of the stage before."""
    with_ = "everyone else" if reading.comparison.choice == OTHERS else (
        reading.compared_with.name if reading.compared_with else ""
    )  # fmt: skip
    return [
        _counts(reading, reference),
        _index(
            reading, Against.POPULATION, "population", f"Relative rate index against the population ({reference})",
            f"How many times as often as {with_} each group is counted, out of the population, with the 95% interval.",
        ),
        _index(
            reading, Against.BEFORE, "before", f"Relative rate index against the stage before ({reference})",
            f"What each step adds or takes: how many times as often as {with_}, of those at the stage that it is "
            "counted out of. Along the way these multiply to the index against the population.",
        ),
    ]  # fmt: skip


def _counts(reading: Reading, reference: str) -> Table:
    shape = reading.shape
    columns = [*shape.groups, None]
    grid = [
        (
            stage.name,
            [_count(reading, place, group.code if group else NOT_KNOWN) for group in columns],
        )
        for place, stage in enumerate(shape.stages)
    ]
    return _laid_out(
        "counts",
        "Counts and rates",
        f"Counts and rates of {reference}",
        "Under each count its rate: per 10,000 of the population, then out of the stage before.",
        [*(group.name for group in shape.groups), "Not recorded"],
        grid,
    )


def _count(reading: Reading, place: int, group: str) -> Cell:
    stage = reading.shape.stages[place]
    count = reading.counts.get((stage.code, group))
    if count is None:
        return Cell("–")
    known = next((one for one in reading.shape.groups if one.code == group), None)
    if known is None or not place:
        return Cell(f"{count:,}")
    rates = [rules.rate_said(reading.rate(stage, known, against), against) for against in Against]
    base = reading.shape.base_of(stage)
    wanted = rates[:1] if base == reading.shape.population else rates
    return Cell(f"{count:,}", [rate for rate in wanted if rate])


def _index(reading: Reading, against: Against, ident: str, caption: str, lead: str) -> Table:
    grid = [
        (
            _of(reading, stage, against),
            [_indexed(reading.at(stage, group, against)) for group in reading.groups],
        )
        for stage in reading.stages
    ]
    title = f"Against {against}"
    return _laid_out(ident, title, caption, lead, [group.name for group in reading.groups], grid)


def _of(reading: Reading, stage: rules.Stage, against: Against) -> str:
    """A stage, and what it is counted out of where that is not the stage before."""
    base = reading.shape.base_of(stage, against)
    return f"{stage.name}, of {base.name}" if against is Against.BEFORE and stage.of and base else stage.name


def _indexed(one: Compared) -> Cell:
    if not one.is_read:
        return Cell("–", [str(one.verdict)])
    if one.verdict is Verdict.NOT_TOLD:
        return Cell(one.index, [one.interval, str(one.verdict)])
    return Cell(one.index, [one.interval], str(one.verdict))


def _laid_out(
    ident: str,
    title: str,
    caption: str,
    lead: str,
    groups: Sequence[str],
    grid: Sequence[tuple[str, Sequence[Cell]]],
) -> Table:
    """Groups over columns, or in rows where there are many."""
    if len(groups) <= ACROSS:
        return Table(ident, title, caption, lead, ["Stage", *groups], grid)
    turned = [(group, [cells[place] for _, cells in grid]) for place, group in enumerate(groups)]
    return Table(ident, title, caption, lead, ["Group", *(stage for stage, _ in grid)], turned)
