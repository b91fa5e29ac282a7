"""Every way a mapping or an echo comes about and is decided. A suggestion is never confirmed by us."""

from collections.abc import Mapping as ReadOnly
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from tracker.frameworks import queries as frameworks
from tracker.improvements import queries as items
from tracker.improvements.mapping import queries, rules
from tracker.improvements.mapping.rules import NumberedText, Suggestion
from tracker.improvements.models import Echo, ImprovementItem, Mapping
from tracker.improvements.rules import Decision, MappedTo
from tracker.inspections.models import Paragraph
from tracker.inspections.reading.references import printed_reference
from tracker.people.models import Person
from tracker.platform import clock, history
from tracker.platform.db import db
from tracker.platform.errors import Refused

BY_HAND = "Chosen by hand"


def suggest(item: ImprovementItem, *, today: date) -> list[Mapping]:
    """Suggest what an item speaks of, from its words. What is suggested or decided already stays as it is.

    Areas and themes are those of the framework in force ``today``, because that is what is prepared for.
    """
    framework = frameworks.library().current(items.framework_of(item).regime, today)
    paragraphs = queries.paragraphs(item)
    texts = [NumberedText(one.printed_number, one.area_code, one.text) for one in paragraphs]
    likely = rules.suggest_paragraphs(item.wording, texts)
    themes = rules.suggest_themes(item.wording, framework)
    areas = rules.suggest_areas(framework, themes=themes, paragraphs=likely, texts=texts)
    made = [_mapping(item, one, paragraphs) for one in [*areas, *themes, *likely]]
    added = [mapping for mapping in made if mapping is not None]
    db.session.flush()
    db.session.expire(item, ["mappings"])
    return added


def suggest_national(item: ImprovementItem, *, key: str, rank: int) -> None:
    """Suggest what the reference printed at the end of an item stands for, as it was read without doubt."""
    reason = f"The report prints “{printed_reference(item.wording)}”"
    one = Suggestion(rank, 1.0, reason, MappedTo.NATIONAL, code=key)
    _mapping(item, one, ())
    db.session.flush()


def suggest_echoes(item: ImprovementItem) -> list[Echo]:
    """Suggest which earlier items, of other inspections of the same authority, say the same."""
    earlier = [
        one for one in items.earlier_items(item) if one.inspection_id is None or one.inspection_id != item.inspection_id
    ]
    known = {echo.earlier_id for echo in items.echoes(item)}
    found = rules.suggest_echoes(item.wording, [one.wording for one in earlier], queries.prepared_for(item))
    echoes = [
        Echo(item=item, earlier=earlier[one.place or 0], score=one.score, reason=one.reason)
        for one in found
        if earlier[one.place or 0].id not in known
    ]
    db.session.add_all(echoes)
    db.session.flush()
    return echoes


def confirm(tie: Mapping | Echo, *, by: Person | None) -> None:
    """A person says that it is so."""
    _decide(tie, Decision.CONFIRMED, by)


def reject(tie: Mapping | Echo, *, by: Person | None) -> None:
    """A person says that it is not so; it is not suggested again."""
    _decide(tie, Decision.REJECTED, by)


def decide(item: ImprovementItem, *, decisions: ReadOnly[UUID, Decision], by: Person | None) -> int:
    """Take a page of decisions at once, by the id of each mapping or echo; says how many it changed."""
    ties: list[Mapping | Echo] = [*item.mappings, *items.echoes(item)]
    changed = [(tie, decisions[tie.id]) for tie in ties if decisions.get(tie.id, tie.decision) is not tie.decision]
    for tie, decision in changed:
        if decision is Decision.SUGGESTED:
            undo(tie)
        else:
            _decide(tie, decision, by)
    return len(changed)


def undo(tie: Mapping | Echo) -> None:
    """Make a decided suggestion a suggestion again."""
    if tie.decision is Decision.SUGGESTED:
        return
    tie.decision, tie.decided_by, tie.decided_at = Decision.SUGGESTED, None, None
    history.record(tie.item, f"mapping to {queries.called(tie)} left open again")


def add_by_hand(
    item: ImprovementItem,
    *,
    to: MappedTo,
    by: Person | None,
    code: str | None = None,
    paragraph: Paragraph | None = None,
    reason: str = BY_HAND,
) -> Mapping:
    """Map an item to what was not suggested. What is there already is confirmed instead."""
    _check_target(item, to, code, paragraph)
    mapping = _existing(item, to, code, paragraph)
    if mapping is None:
        mapping = Mapping(to=to, code=code, paragraph=paragraph, rank=_next_rank(item, to), score=0.0, reason=reason)
        item.mappings.append(mapping)
    _decide(mapping, Decision.CONFIRMED, by)
    return mapping


def add_echo_by_hand(item: ImprovementItem, *, earlier: ImprovementItem, by: Person | None) -> Echo:
    """Say that an item came back although the words did not show it."""
    if earlier.authority_id != item.authority_id or earlier.raised_on >= item.raised_on:
        raise Refused("Choose an item that was raised before this one.")
    echo = next((one for one in items.echoes(item) if one.earlier_id == earlier.id), None)
    if echo is None:
        echo = Echo(item=item, earlier=earlier, score=0.0, reason=BY_HAND)
        db.session.add(echo)
    _decide(echo, Decision.CONFIRMED, by)
    return echo


def _decide(tie: Mapping | Echo, decision: Decision, by: Person | None) -> None:
    if tie.decision is decision:
        return
    tie.decision, tie.decided_by, tie.decided_at = decision, by, clock.now()
    history.record(tie.item, f"mapping to {queries.called(tie)} {decision.value.lower()}")


def _mapping(item: ImprovementItem, one: Suggestion, paragraphs: Sequence[Paragraph]) -> Mapping | None:
    """The suggestion as a row, or None where the item has it already."""
    if one.to is None:
        return None
    paragraph = paragraphs[one.place] if one.place is not None else None
    if _existing(item, one.to, one.code, paragraph) is not None:
        return None
    mapping = Mapping(to=one.to, code=one.code, paragraph=paragraph, rank=one.rank, score=one.score, reason=one.reason)
    item.mappings.append(mapping)
    return mapping


def _existing(item: ImprovementItem, to: MappedTo, code: str | None, paragraph: Paragraph | None) -> Mapping | None:
    for mapping in item.mappings:
        same = mapping.paragraph is paragraph if paragraph is not None else mapping.code == code
        if mapping.to is to and same:
            return mapping
    return None


def _next_rank(item: ImprovementItem, to: MappedTo) -> int:
    return 1 + max((mapping.rank for mapping in item.mappings if mapping.to is to), default=0)


def _check_target(item: ImprovementItem, to: MappedTo, code: str | None, paragraph: Paragraph | None) -> None:
    """Raises Refused for what does not exist, or belongs to another report."""
    library = frameworks.library()
    if to is MappedTo.PARAGRAPH:
        if paragraph is None or paragraph.inspection_id != item.inspection_id:
            raise Refused("That paragraph is not in the report that this item comes from.")
    elif to is MappedTo.AREA:
        if items.area_coded(item, code or "") is None:
            raise Refused(f"There is no judgement area with the code {code!r}.")
    elif to is MappedTo.THEME:
        library.theme(code or "")
    else:
        library.national_reference(code or "")
