"""Groups along each pathway as a chapter: who is counted more or less often, by the newest counts that may be shown."""

from dataclasses import replace

from reports.contents import DifferenceChart, Differences, Followed
from tracker.indicators.difference import outside, pictures, queries, rules
from tracker.indicators.difference.models import Counting, Pathway
from tracker.indicators.difference.outside import Shown
from tracker.indicators.difference.rules import OTHERS, Counts, Reading
from tracker.indicators.difference.saying import NEVER_WHY, Statement
from tracker.indicators.rules import period_name
from tracker.people.models import Authority

FEW = "too few to show"
LEDE = (
    "How often a group is counted at each stage, beside the group that it is compared with. The picture is of the "
    "group that differs most."
)


def chapter(authority: Authority, *, smallest: int) -> Differences:
    """Pathways in order; one without counts says nothing and is left out. Counts below ``smallest`` are hidden."""
    pathways = tuple(
        _followed(pathway, last, smallest) for pathway, last in queries.pathways(authority) if last is not None
    )
    return Differences(lede=LEDE if pathways else "", pathways=pathways, note=NEVER_WHY if pathways else "")


def _followed(pathway: Pathway, counting: Counting, smallest: int) -> Followed:
    comparison = rules.comparison(pathway.shape, counting.counts, pathway.compared_with)
    shown = outside.shown(pathway.shape, counting.counts, smallest)
    statement = Statement(
        Reading(pathway.shape, _told(shown, others=comparison.choice == OTHERS), comparison, pathway.least)
    )
    said = next(iter(statement.groups), None)
    readable = said is not None and said.furthest is not None
    return Followed(
        reference=pathway.reference,
        name=pathway.title,
        period=period_name(counting.period_start, counting.period_end),
        finding=f"{statement.finding[:1].upper()}{statement.finding[1:]}.",
        chart=_chart(pathway, statement, shown) if readable else None,
    )


def _told(shown: Shown, *, others: bool) -> Counts:
    """The counts that may be read. All others together are told by what is hidden of any, so its stage goes whole."""
    if not others:
        return shown.counts
    stages = {stage for stage, _ in shown.hidden}
    return {key: count for key, count in shown.counts.items() if key[0] not in stages}


def _chart(pathway: Pathway, statement: Statement, shown: Shown) -> DifferenceChart:
    chart = pictures.of_group(statement.reading, statement.groups[0], reference=pathway.reference)
    hidden = {stage for stage, _ in shown.hidden}
    lines = zip(chart.lines, statement.reading.stages, strict=True)
    return replace(
        chart,
        lines=tuple(replace(line, without=FEW) if stage.code in hidden else line for line, stage in lines),
    )
