"""Items that no inspection report lists: where each was said, and what it was merged into."""

from collections.abc import Iterator
from functools import partial

from tracker.actions.succession import commands as succession
from tracker.demonstration.schema import ItemsFile, Merger, OtherItem
from tracker.demonstration.stage import Scene, Stage
from tracker.improvements import commands as improvements
from tracker.improvements.models import ImprovementItem
from tracker.improvements.rules import Source
from tracker.improvements.sources.rules import Origin


def additions(stage: Stage, told: ItemsFile) -> Iterator[Scene]:
    for one in told.others:
        yield Scene(one.day, one.by, partial(_add, stage, one))


def mergers(stage: Stage, told: ItemsFile) -> Iterator[Scene]:
    for one in told.others:
        if one.merged is not None:
            yield Scene(one.merged.day, one.merged.by, partial(_merge, stage, one.key, one.merged))


def _add(stage: Stage, one: OtherItem) -> None:
    item = improvements.add_item(
        stage.council,
        wording=one.wording,
        title=one.title,
        source=Source[one.source.upper()],
        origin=Origin(one.said.document, stage.day(one.said.dated), one.said.place, one.said.by),
        raised_on=stage.day(one.day),
        today=stage.day(one.day),
    )
    stage.keep(one.key, item)


def _merge(stage: Stage, key: str, merged: Merger) -> None:
    item = stage.get(ImprovementItem, key)
    succession.merge(
        item,
        into=stage.get(ImprovementItem, merged.into),
        version=item.version,
        reason=merged.because,
        by=stage.person(merged.by),
        on=stage.day(merged.day),
    )
