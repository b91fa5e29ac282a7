"""Every way a pathway and its counts change. Each command checks, changes and flushes; the edge commits."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from tracker.frameworks.queries import library as frameworks
from tracker.indicators import rules as indicators
from tracker.indicators.difference import rules
from tracker.indicators.difference.models import Counting, GroupCount, Pathway
from tracker.indicators.difference.rules import NOT_KNOWN, OTHERS, Group, Kind, Least, Shape, Stage
from tracker.indicators.difference.schema import Characteristic, PathwayOf
from tracker.people.models import Authority
from tracker.platform import history
from tracker.platform.columns import folded
from tracker.platform.db import db
from tracker.platform.errors import Conflict, Refused
from tracker.platform.lists import listed

MOST_STAGES = 12
MOST_GROUPS = 25
"""Our choice: the census tells nineteen ethnic groups."""
MOST_TOLD = 12
"""Changed counts that the history names one by one. Our choice."""

Numbers = Mapping[tuple[str, str], int | None]
"""By code of stage and group; None: not counted."""


@dataclass(frozen=True, kw_only=True)
class Means:
    """What an authority's own pathway is."""

    name: str
    characteristic: str
    one: str
    many: str
    kind: Kind
    area_code: str
    stages: Sequence[str]
    """Names in order, the population first."""
    groups: Sequence[str]
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class Period:
    """The counts of one period as they are given."""

    start: date
    end: date
    numbers: Numbers
    source: str = ""
    bases: Mapping[str, str] = field(default_factory=dict)
    provisional: bool = False


def add_from_library(authority: Authority, *, pathway: PathwayOf, characteristic: Characteristic) -> Pathway:
    """Count the groups of a characteristic along a pathway, as the files name both; the copy can be changed."""
    many = pathway.whom.many
    return _add(
        authority,
        Pathway(
            name=pathway.name,
            characteristic=characteristic.name,
            from_pathway=pathway.id,
            from_characteristic=characteristic.id,
            source=characteristic.source,
            kind=pathway.kind,
            one=pathway.whom.one,
            many=many,
            stages=[one.model_dump() for one in pathway.stages],
            groups=[
                {"code": one.code, "name": one.name, "said": one.said.format(whom=many)}
                for one in characteristic.groups
            ],
            words={folded(name): one.code for one in characteristic.groups for name in one.known_as},
            area_code=pathway.area,
        ),
    )


def add_own(authority: Authority, *, means: Means) -> Pathway:
    """Count along a pathway of the authority's own."""
    for text, sentence in (
        (means.name, "Enter a name."),
        (means.characteristic, "Say what people are told apart by."),
        (means.one, "Say what one of those counted is called."),
        (means.many, "Say what those counted are called."),
    ):
        if not text.strip():
            raise Refused(sentence)
    if means.area_code not in {area.code for one in frameworks().frameworks.values() for area in one.areas}:
        raise Refused("Choose a judgement area from the list.")
    stages = _stages([Stage("", name) for name in means.stages])
    groups = _groups([Group("", name, "") for name in means.groups], means.many)
    return _add(
        authority,
        Pathway(
            name=means.name.strip(),
            characteristic=means.characteristic.strip(),
            from_pathway=None,
            from_characteristic=None,
            source=means.source.strip(),
            kind=means.kind,
            one=means.one.strip(),
            many=means.many.strip(),
            stages=[asdict(one) for one in stages],
            groups=[asdict(one) for one in groups],
            words={},
            area_code=means.area_code,
        ),
    )


def change(
    pathway: Pathway, *, version: int, name: str, source: str, compared_with: str, least: Least, area_code: str
) -> None:
    """Say how it is called and read: whom groups are compared with, and from which counts on."""
    _require_version(pathway, version)
    if not name.strip():
        raise Refused("Enter a name.")
    if compared_with not in {"", OTHERS, *(group.code for group in pathway.shape.groups)}:
        raise Refused("Choose whom the groups are compared with from the list.")
    if not 0 <= least.counted <= 1000 or not 1 <= least.base <= 100_000:
        raise Refused("The least counts are whole numbers: 0 to 1,000 counted, out of 1 to 100,000.")
    if area_code not in {area.code for one in frameworks().frameworks.values() for area in one.areas}:
        raise Refused("Choose a judgement area from the list.")
    _require_no_twin(pathway.authority, name.strip(), pathway.characteristic, pathway)
    pathway.name, pathway.source, pathway.compared_with = name.strip(), source.strip(), compared_with
    pathway.fewest, pathway.fewest_base, pathway.area_code = least.counted, least.base, area_code
    db.session.flush()


def change_shape(pathway: Pathway, *, version: int, stages: Sequence[Stage], groups: Sequence[Group]) -> None:
    """Change stages and groups; one without a code is new. One that has counts may not go, but change its name."""
    _require_version(pathway, version)
    before = pathway.shape
    new_stages, new_groups = _stages(stages), _groups(groups, pathway.many)
    stage_codes, group_codes = {one.code for one in new_stages}, {one.code for one in new_groups}
    gone: list[tuple[str, Stage | Group]] = [
        *(("stage", stage) for stage in before.stages if stage.code not in stage_codes),
        *(("group", group) for group in before.groups if group.code not in group_codes),
    ]
    for what, one in gone:
        if _has_counts(pathway, one.code, is_stage=what == "stage"):
            raise Refused(
                f"“{one.name}” has counts, so this {what} cannot be taken out. Call it something else instead."
            )
    if pathway.compared_with not in {"", OTHERS, *group_codes}:
        pathway.compared_with = ""
    pathway.stages = [asdict(one) for one in new_stages]
    pathway.groups = [asdict(one) for one in new_groups]
    pathway.words = {
        word: code for word, code in pathway.words.items() if code in {"", NOT_KNOWN, *stage_codes, *group_codes}
    }
    db.session.flush()
    if said := _shape_changes(before, pathway.shape):
        history.record(pathway, said)


def record(pathway: Pathway, period: Period, *, version: int | None = None, reason: str = "", on: date) -> Counting:
    """Record the counts of a period: all of them, in place of what was there.

    ``version`` is that of the counts when they were opened, None where there were none. Final counts change for a
    ``reason`` only.
    """
    there = counting_at(pathway, period.end)
    if there is not None and version is None:
        name = indicators.period_name(there.period_start, there.period_end)
        raise Refused(f"There are counts of {name} already. Open that period first, then change them.")
    if there is not None and there.version != version:
        raise Conflict(
            f"The counts to {period.end:%-d %B %Y} were changed after you opened them. Look at what is there now, then "
            "make your change again."
        )
    _require_recordable(pathway, period, on)
    before = there.counts if there else {}
    after = {place: count for place, count in period.numbers.items() if count is not None}
    changes = _changes(pathway.shape, before, after)
    if there is not None and changes and not there.provisional and not reason.strip():
        raise Refused("The counts of this period are final. Say why they change.")
    if there is not None and period.provisional and not there.provisional:
        raise Refused("The counts of this period are final, so they cannot become provisional again.")
    counting = _put(pathway, there, period, after)
    db.session.flush()
    name = indicators.period_name(period.start, period.end)
    told = f"{len(after)} counts of {name} recorded" if there is None else f"counts of {name} changed"
    state = " (provisional)" if period.provisional else ""
    history.record(pathway, f"{told}{state}{f': {_told(changes)}' if there and changes else ''}", why=reason.strip())
    return counting


def remove(pathway: Pathway, *, counting: Counting, reason: str) -> None:
    """Take the counts of a period out, such as one that was entered under the wrong days."""
    if counting.pathway_id != pathway.id:
        raise Refused("These counts belong to another pathway.")
    if not reason.strip():
        raise Refused("Say why these counts are taken out.")
    name = indicators.period_name(counting.period_start, counting.period_end)
    pathway.countings.remove(counting)
    db.session.delete(counting)
    db.session.flush()
    history.record(pathway, f"counts of {name} taken out", why=reason.strip())


def remember(pathway: Pathway, words: Mapping[str, str]) -> None:
    """Keep what words of a spreadsheet meant, for the next one."""
    pathway.words = pathway.words | {folded(word): code for word, code in words.items()}
    db.session.flush()


def counting_at(pathway: Pathway, end: date) -> Counting | None:
    return db.session.scalars(
        select(Counting).where(Counting.pathway_id == pathway.id, Counting.period_end == end)
    ).one_or_none()


def _add(authority: Authority, pathway: Pathway) -> Pathway:
    _require_no_twin(authority, pathway.name, pathway.characteristic, None)
    pathway.authority = authority
    db.session.add(pathway)
    db.session.flush()
    return pathway


def _require_no_twin(authority: Authority, name: str, characteristic: str, besides: Pathway | None) -> None:
    with db.session.no_autoflush:
        twin = db.session.scalars(
            select(Pathway).where(
                Pathway.authority_id == authority.id,
                Pathway.name == name,
                Pathway.characteristic == characteristic,
            )
        ).first()
    if twin is not None and twin is not besides:
        raise Refused(f"{twin.reference} has the same name and characteristic. Record its counts there.")


def _require_recordable(pathway: Pathway, period: Period, on: date) -> None:
    if period.start > period.end:
        raise Refused("The period ends before it starts. Change one of its days.")
    if period.start > on:
        raise Refused("The period has not begun. Choose one that has.")
    if why_not := rules.why_no_counts(pathway.shape, period.numbers):
        raise Refused(why_not)


def _put(pathway: Pathway, there: Counting | None, period: Period, after: Mapping[tuple[str, str], int]) -> Counting:
    counting = there or Counting(pathway=pathway, period_end=period.end)
    counting.period_start, counting.source, counting.provisional = (
        period.start,
        period.source.strip(),
        period.provisional,
    )
    counting.bases = {code: words.strip() for code, words in period.bases.items() if words.strip()}
    flag_modified(counting, "bases")  # its version moves on even where only its numbers change
    known = {(one.stage_code, one.group_code): one for one in counting.numbers}
    for place, one in known.items():
        if place not in after:
            counting.numbers.remove(one)
    for (stage, group), count in after.items():
        if (stage, group) in known:
            known[stage, group].count = count
        else:
            counting.numbers.append(GroupCount(stage_code=stage, group_code=group, count=count))
    db.session.add(counting)
    return counting


def _changes(
    shape: Shape, before: Mapping[tuple[str, str], int], after: Mapping[tuple[str, str], int]
) -> Sequence[str]:
    """As in "Referral, Black from 118 to 120"."""
    names = {one.code: one.name for one in shape.stages} | {one.code: one.name for one in shape.groups}
    names[NOT_KNOWN] = "not recorded"
    return [
        f"{names.get(stage, stage)}, {names.get(group, group)} from {_said(before, place)} to {_said(after, place)}"
        for place in sorted({*before, *after})
        if before.get(place) != after.get(place)
        for stage, group in [place]
    ]


def _said(counts: Mapping[tuple[str, str], int], place: tuple[str, str]) -> str:
    return f"{counts[place]:,}" if place in counts else "not counted"


def _told(changes: Sequence[str]) -> str:
    rest = f"; {len(changes) - MOST_TOLD} more" if len(changes) > MOST_TOLD else ""
    return f"{'; '.join(changes[:MOST_TOLD])}{rest}"


def _stages(given: Sequence[Stage]) -> list[Stage]:
    stages = [Stage(one.code, one.name.strip(), one.of, one.care.strip()) for one in given if one.name.strip()]
    if len(stages) < 2:
        raise Refused("Name the population and at least one stage after it, one on each line.")
    if len(stages) > MOST_STAGES:
        raise Refused(f"A pathway has at most {MOST_STAGES} stages.")
    _require_different([one.name for one in stages])
    codes = _codes([(one.code, one.name) for one in stages])
    coded = [Stage(code, one.name, one.of, one.care) for code, one in zip(codes, stages, strict=True)]
    for place, stage in enumerate(coded):
        if stage.of and stage.of not in codes[:place]:
            raise Refused(f"“{stage.name}” can be counted only out of a stage that stands before it.")
    return coded


def _groups(given: Sequence[Group], many: str) -> list[Group]:
    groups = [Group(one.code, one.name.strip(), one.said.strip()) for one in given if one.name.strip()]
    if len(groups) < 2:
        raise Refused("Name at least two groups, one on each line.")
    if len(groups) > MOST_GROUPS:
        raise Refused(f"A characteristic has at most {MOST_GROUPS} groups.")
    _require_different([one.name for one in groups])
    codes = _codes([(one.code, one.name) for one in groups])
    return [
        Group(code, one.name, one.said or f"{many} in the group {one.name}")
        for code, one in zip(codes, groups, strict=True)
    ]


def _require_different(names: Sequence[str]) -> None:
    seen = [folded(name) for name in names]
    if twice := [name for name, said in zip(names, seen, strict=True) if seen.count(said) > 1]:
        raise Refused(f"“{twice[0]}” stands there twice. Each name stands once.")


def _codes(named: Sequence[tuple[str, str]]) -> list[str]:
    """A code for each that has none: of its name, and never one that is taken."""
    taken = {code for code, _ in named if code} | {NOT_KNOWN, OTHERS}
    codes = []
    for code, name in named:
        new = code
        if not new:
            stem = "-".join(re.findall(r"[a-z0-9]+", name.lower()))[:40] or "x"
            new = next(one for n in range(1, 100) if (one := stem if n == 1 else f"{stem}-{n}") not in taken)
            taken.add(new)
        codes.append(new)
    return codes


def _has_counts(pathway: Pathway, code: str, *, is_stage: bool) -> bool:
    column = GroupCount.stage_code if is_stage else GroupCount.group_code
    found = select(GroupCount.id).join(Counting).where(Counting.pathway_id == pathway.id, column == code).limit(1)
    return db.session.scalar(found) is not None


def _shape_changes(before: Shape, after: Shape) -> str:
    parts = []
    if list(before.stages) != list(after.stages):
        parts.append(f"stages now {listed([one.name for one in after.stages])}")
    if list(before.groups) != list(after.groups):
        parts.append(f"groups now {listed([one.name for one in after.groups])}")
    return "; ".join(parts)


def _require_version(pathway: Pathway, version: int) -> None:
    if pathway.version != version:
        raise Conflict(
            f"{pathway.reference} was changed by somebody else, or in another window, after you opened it. "
            "Look at what is there now, then make your change again."
        )
