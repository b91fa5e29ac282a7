"""Every way an improvement item, an appraisal or an area's owner changes. Closing an item is the actions room's."""

from collections.abc import Mapping as ReadOnly
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import cast

from tracker.frameworks import queries as frameworks
from tracker.frameworks.schema import CHILDRENS_SERVICES
from tracker.improvements import queries
from tracker.improvements.mapping import commands as mapping
from tracker.improvements.models import Appraisal, AreaOwner, ImprovementItem, Mapping
from tracker.improvements.rules import GAVE_WAY, SOURCE_OF_ACTIVITY, MappedTo, Source, title_from
from tracker.improvements.sources import rules as sources
from tracker.improvements.sources.rules import Origin
from tracker.inspections import commands as inspections
from tracker.inspections.checking import queries as checking
from tracker.inspections.checking.rules import ITEMS, Entry, Value, faults
from tracker.inspections.models import Inspection, Review
from tracker.people import queries as people
from tracker.people.models import Authority, Person
from tracker.platform import clock, history, jobs
from tracker.platform.db import db
from tracker.platform.errors import Refused

LET_IT_BE_SEARCHED = "corpus.add_inspection"
"""The task that adds a recorded inspection to what can be searched: later, and in a room that stands on this one."""
BY_HAND = "needs_to_improve"
"""The finding type of an item that no report lists. Every children's services framework since 2018 has it."""

SAME_IN_A_PART = (
    "source", "inspection", "position", "finding_type", "source_page", "source_box", "source_document", "source_dated",
    "source_place", "source_said_by", "source_url", "raised_on", "owner", "accountable",
)  # fmt: skip
"""What each part of a split item has from it."""


def import_file(
    authority: Authority,
    path: Path,
    *,
    by: Person | None,
    today: date,
    reason: str,
    decisions: ReadOnly[str, str] | None = None,
    corrections: ReadOnly[str, Value] | None = None,
) -> Inspection:
    """Read a report from a file and record it at once, with every doubt decided beforehand and why.

    ``decisions`` are as ``inspections.commands.decide`` takes them, ``corrections`` values by path. A file that was
    recorded before gives its inspection. Raises Refused when the file cannot be read or a doubt is left.
    """
    with path.open("rb") as stream:
        kept = inspections.keep_report(authority, stream, file_name=path.name, by=by)
    if kept.inspection is not None or kept.review is None:
        return cast("Inspection", kept.inspection)
    with history.because(reason):
        for place, value in (corrections or {}).items():
            inspections.correct(kept.review, path=place, value=value)
        inspections.decide(kept.review, decisions=decisions or {})
        return record(kept.review, by=by, today=today)


def record(review: Review, *, by: Person | None, today: date) -> Inspection:
    """Accept what was read: the inspection, its judgements and paragraphs, its items, and what each may be mapped to.

    Raises Refused with the first fault of what stands on the review; nothing is then recorded.
    """
    sheet, reading = checking.sheet_of(review), checking.reading_of(review)
    for fault in faults(sheet):
        raise Refused(fault)
    framework = checking.framework_of(sheet, reading)
    inspections.check_framework(sheet, framework)
    inspection = inspections.record_inspection(review, sheet, framework)
    for place, entry in enumerate(sheet.of(ITEMS)):
        item = _recorded_item(inspection, place, entry)
        mapping.suggest(item, today=today)
        mapping.suggest_echoes(item)
        for rank, reference in enumerate(sheet.national_of(entry), start=1):
            _map_national(item, reference, rank, by)
    for item in queries.items_after(inspection):
        mapping.suggest_echoes(item)
    history.record(inspection, f"recorded from {review.file_name}")
    jobs.enqueue(LET_IT_BE_SEARCHED, {"inspection": str(inspection.id)}, authority_id=inspection.authority_id)
    return inspection


def _recorded_item(inspection: Inspection, place: int, entry: Entry) -> ImprovementItem:
    """An item in the inspectors' words. It counts from the day of publication, or the last day of fieldwork."""
    item = ImprovementItem(
        authority=inspection.authority,
        wording=entry["text"],
        title=title_from(entry["text"]),
        source=SOURCE_OF_ACTIVITY.get(inspection.activity, Source.INSPECTION),
        inspection=inspection,
        position=place,
        finding_type=entry["type"],
        responsible=entry["responsible"] or "",
        source_page=entry.page,
        source_box=list(entry.box) if entry.box else None,
        raised_on=inspection.published_on or inspection.fieldwork_to,
    )
    db.session.add(item)
    db.session.flush()
    return item


def _map_national(item: ImprovementItem, reference: Entry, rank: int, by: Person | None) -> None:
    """What a person decided when the report was checked is confirmed; what only the reader found stays suggested."""
    key = reference["key"]
    if reference.checked:
        mapping.add_by_hand(item, to=MappedTo.NATIONAL, code=key, by=by, reason="Decided when the report was checked")
    else:
        mapping.suggest_national(item, key=key, rank=rank)


def add_item(
    authority: Authority,
    *,
    wording: str,
    title: str,
    source: Source,
    raised_on: date,
    today: date,
    origin: Origin | None = None,
    owner: Person | None = None,
    accountable: Person | None = None,
) -> ImprovementItem:
    """Something to improve that no imported report lists: from a peer review, complaints, audits or ourselves.

    ``origin`` is where it was said. None: an older plan did not tell, and somebody says it later.
    """
    _check_words(wording, title)
    if origin is not None:
        _check_origin(source, origin, today)
    if raised_on > today:
        raise Refused("The day it was raised cannot be in the future. Enter today or an earlier day.")
    for person in (owner, accountable):
        _check_colleague(authority, person)
    item = ImprovementItem(
        authority=authority,
        wording=wording.strip(),
        title=title.strip(),
        source=source,
        finding_type=BY_HAND,
        raised_on=raised_on,
        owner=owner,
        accountable=accountable,
    )
    item.origin = origin or Origin()
    db.session.add(item)
    db.session.flush()
    mapping.suggest(item, today=today)
    mapping.suggest_echoes(item)
    return item


def say_origin(item: ImprovementItem, *, source: Source, origin: Origin, today: date) -> None:
    """Say, or put right, where an item was said. What an imported report lists is said there and nowhere else."""
    if item.inspection_id is not None:
        raise Refused(f"{item.reference} stands in an imported report, so its source stays as it is.")
    _check_origin(source, origin, today)
    item.source, item.origin = source, origin
    db.session.flush()


def add_part(item: ImprovementItem, *, title: str, wording: str, today: date) -> ImprovementItem:
    """One of the items that ``item`` is split into: from the same source, with the same owners, mapped to nothing yet.

    What the item was confirmed to speak of is suggested for it. Splitting is the actions room's.
    """
    _check_words(wording, title)
    part = ImprovementItem(
        authority=item.authority,
        wording=wording.strip(),
        title=title.strip(),
        part_of=item,
        **{field: getattr(item, field) for field in SAME_IN_A_PART},
    )
    db.session.add(part)
    db.session.flush()
    offer_mappings(part, of=item)
    return part


def offer_mappings(item: ImprovementItem, *, of: ImprovementItem) -> None:
    """Suggest for an item what another, whose place it takes, was confirmed to speak of. Decided ones stay decided.

    Paragraphs are offered within one report only.
    """
    known = {(tie.to, tie.code, tie.paragraph_id) for tie in item.mappings}
    for tie in queries.confirmed(of):
        elsewhere = tie.paragraph_id is not None and of.inspection_id != item.inspection_id
        if (tie.to, tie.code, tie.paragraph_id) not in known and not elsewhere:
            rank = 1 + max((one.rank for one in item.mappings if one.to is tie.to), default=0)
            reason = offered_by(of)
            item.mappings.append(
                Mapping(to=tie.to, code=tie.code, paragraph=tie.paragraph, rank=rank, score=tie.score, reason=reason)
            )
    db.session.flush()


def withdraw_offer(item: ImprovementItem, *, of: ImprovementItem) -> None:
    """Take the suggestions of ``offer_mappings`` away again, as far as nobody has decided on them."""
    for tie in queries.undecided(item):
        if tie.reason == offered_by(of):
            item.mappings.remove(tie)
            db.session.delete(tie)
    db.session.flush()


def offered_by(item: ImprovementItem) -> str:
    """The reason of a suggestion that comes from another item."""
    return f"{item.reference}, whose place it takes, speaks of it"


def rename(item: ImprovementItem, *, title: str) -> None:
    """Give it another short title; the inspectors' wording stays as it is."""
    _check_words(item.wording, title)
    item.title = title.strip()
    db.session.flush()


def give_owner(item: ImprovementItem, *, to: Person | None) -> None:
    """Who does the work of improving it; None when it waits for somebody."""
    _check_colleague(item.authority, to)
    item.owner = to
    db.session.flush()


def give_accountable(item: ImprovementItem, *, to: Person | None) -> None:
    """Who answers for it to the director."""
    _check_colleague(item.authority, to)
    item.accountable = to
    db.session.flush()


def appraise(
    item: ImprovementItem,
    *,
    on: date,
    by: Person | None,
    worried_about: Sequence[str],
    working_well: Sequence[str],
    needs_to_happen: Sequence[str],
    scale: int,
    aim: int,
    next_step: str = "",
    together_with: str = "",
) -> Appraisal:
    """Say where we think we are. Earlier appraisals stay as they are, so that movement can be seen."""
    if item.state in GAVE_WAY:
        raise Refused(f"{item.reference} was {item.became}, so it is not appraised any more.")
    if not (0 <= scale <= 10 and 0 <= aim <= 10):
        raise Refused("Give the scale and the aim as whole numbers from 0 to 10.")
    if not any((worried_about, working_well, needs_to_happen)):
        raise Refused("Write something under at least one of the three questions.")
    if item.appraisals and on < item.appraisals[0].on:
        raise Refused(f"The latest appraisal is of {item.appraisals[0].on:%-d %B %Y}. Enter that day or a later one.")
    appraisal = Appraisal(
        item=item,
        on=on,
        written_at=clock.now(),
        by=by,
        together_with=together_with.strip(),
        worried_about="\n".join(worried_about),
        working_well="\n".join(working_well),
        needs_to_happen="\n".join(needs_to_happen),
        scale=scale,
        aim=aim,
        next_step=next_step.strip(),
    )
    db.session.add(appraisal)
    history.record(item, f"appraised at {scale} out of 10")
    db.session.expire(item, ["appraisals"])
    return appraisal


def set_area_owner(authority: Authority, *, area_code: str, person: Person | None) -> None:
    """Who answers for a judgement area; None takes the name away."""
    _check_area(area_code)
    _check_colleague(authority, person)
    row = queries.area_owner(authority, area_code)
    if person is None:
        if row is not None:
            db.session.delete(row)
    elif row is None:
        db.session.add(AreaOwner(authority=authority, area_code=area_code, person=person))
    else:
        row.person = person
    db.session.flush()


def _check_words(wording: str, title: str) -> None:
    if not wording.strip():
        raise Refused("Say what needs to improve.")
    if not title.strip():
        raise Refused("Give it a short title.")


def _check_origin(source: Source, origin: Origin, today: date) -> None:
    for why_not in (sources.missing(source, origin), sources.why_not_link(origin.url)):
        if why_not:
            raise Refused(why_not)
    if origin.dated is not None and origin.dated > today:
        raise Refused(f"{origin.dated:%-d %B %Y} is still to come. Enter the date that is on the document.")


def _check_colleague(authority: Authority, person: Person | None) -> None:
    if person is not None and people.membership(person, authority) is None:
        raise Refused(f"{person.name} does not work in {authority.name}. Choose a colleague.")


def _check_area(area_code: str) -> None:
    known = {area.code for framework in frameworks.library().of_regime(CHILDRENS_SERVICES) for area in framework.areas}
    if area_code not in known:
        raise Refused(f"There is no judgement area with the code {area_code!r}.")
