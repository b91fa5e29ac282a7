"""The four published reports, read by the importer, and what became of their items and of those from elsewhere."""

from collections.abc import Iterator
from functools import partial

from tracker.actions import commands as actions
from tracker.demonstration.schema import Echoes, Item, ItemsFile, Reason, Report, Ties, Where
from tracker.demonstration.stage import Scene, Stage
from tracker.improvements import commands as improvements
from tracker.improvements import queries as items
from tracker.improvements.mapping import commands as mapping
from tracker.improvements.mapping import queries as mappings
from tracker.improvements.models import ImprovementItem
from tracker.improvements.rules import MappedTo
from tracker.settings import SEED

FOLDER = SEED / "inspections" / "brent"
WHY = "Published by Ofsted; checked against the report for the demonstration"


def imports(stage: Stage, told: ItemsFile) -> Iterator[Scene]:
    for report in told.reports:
        yield Scene(report.day, report.by, partial(_import, stage, report))


def decisions(stage: Stage, told: ItemsFile) -> Iterator[Scene]:
    """Who owns each item, what it is mapped to, and which earlier one it repeats."""
    for one in told.all_items:
        yield Scene(one.mapping.day, one.mapping.by, partial(_settle, stage, one))
        if one.echoes is not None:
            yield Scene(one.echoes.day, one.echoes.by, partial(_came_back, stage, one.key, one.echoes))


def appraisals(stage: Stage, told: ItemsFile) -> Iterator[Scene]:
    for one in told.all_items:
        for where in one.appraisals:
            yield Scene(where.day, where.by, partial(_appraise, stage, one.key, where))


def closings(stage: Stage, told: ItemsFile) -> Iterator[Scene]:
    for one in told.all_items:
        if one.closed is not None:
            yield Scene(one.closed.day, one.closed.by, partial(_close, stage, one.key, one.closed))


def _import(stage: Stage, report: Report) -> None:
    inspection = improvements.import_file(
        stage.council,
        FOLDER / report.file,
        by=stage.person(report.by),
        today=stage.today,
        reason=WHY,
        decisions=report.decisions,
        corrections={"published": {"value": report.published.isoformat()}},
    )
    stage.keep(report.key, inspection)
    for key, item in zip(report.items, items.items_of(inspection), strict=True):
        stage.keep(key, item)


def _settle(stage: Stage, one: Item) -> None:
    item = stage.get(ImprovementItem, one.key)
    improvements.rename(item, title=one.title)
    improvements.give_owner(item, to=stage.person(one.owner))
    improvements.give_accountable(item, to=stage.person(one.accountable))
    _map(stage, item, one.mapping)


def _map(stage: Stage, item: ImprovementItem, ties: Ties) -> None:
    """Confirm what is right, suggested or not, and reject the suggestions that are left."""
    by = stage.person(ties.by)
    for to, codes in (
        (MappedTo.AREA, ties.areas),
        (MappedTo.THEME, ties.themes),
        (MappedTo.NATIONAL, ties.national),
    ):
        for code in codes:
            mapping.add_by_hand(item, to=to, code=code, by=by)
    printed = {paragraph.printed_number: paragraph for paragraph in mappings.paragraphs(item)}
    for number in ties.paragraphs:
        mapping.add_by_hand(item, to=MappedTo.PARAGRAPH, paragraph=printed[number], by=by)
    for left in items.undecided(item):
        mapping.reject(left, by=by)


def _came_back(stage: Stage, key: str, echoes: Echoes) -> None:
    for earlier in echoes.earlier:
        mapping.add_echo_by_hand(
            stage.get(ImprovementItem, key),
            earlier=stage.get(ImprovementItem, earlier),
            by=stage.person(echoes.by),
        )


def _appraise(stage: Stage, key: str, where: Where) -> None:
    improvements.appraise(
        stage.get(ImprovementItem, key),
        on=stage.day(where.day),
        by=stage.person(where.by),
        together_with=where.colleagues,
        worried_about=where.worried,
        working_well=where.well,
        needs_to_happen=where.needs,
        scale=where.scale,
        aim=where.aim,
        next_step=where.next_step,
    )


def _close(stage: Stage, key: str, closed: Reason) -> None:
    item = stage.get(ImprovementItem, key)
    actions.close_item(
        item, version=item.version, reason=closed.because, by=stage.person(closed.by), on=stage.day(closed.day)
    )
