"""The written statement of action: what inspectors said needs to improve, and who will do what about it by when."""

from collections.abc import Mapping, Sequence

from reports.contents import (
    AnsweredItem,
    Chapter,
    InspectionFacts,
    ProposedAction,
    ProposedActions,
    Row,
    Signatory,
    Signatures,
    StatutoryDeadline,
    Tone,
    Watching,
    Word,
)
from tracker.actions.models import Action
from tracker.deadlines.queries import Line
from tracker.deadlines.rules import State
from tracker.frameworks import queries as frameworks
from tracker.frameworks.schema import Framework
from tracker.improvements.models import ImprovementItem
from tracker.inspections.models import Inspection
from tracker.packs.gathering.known import Known
from tracker.platform.errors import Refused

TONES: Mapping[State, Tone] = {
    State.RUNNING: Tone.STEADY,
    State.DUE_TODAY: Tone.CAUTION,
    State.LATE: Tone.BAD,
    State.DONE: Tone.GOOD,
    State.DONE_LATE: Tone.CAUTION,
}

DIRECTOR = "Director of children’s services"
"""Who signs. The post's name is an authority's own; this is what the Children Act 2004, section 18, calls it."""

DECLARATION = (
    "This is the statement of the action that the authority proposes to take in answer to the report, and of the time "
    "within which it proposes to take it (Education and Inspections Act 2006, section 137)."
)

SIGNING_OFF = (
    "An action counts as delivered once somebody other than its lead has signed it off, and as embedded once evidence "
    "shows what changed for children."
)


def chapters(known: Known) -> tuple[Chapter, ...]:
    """Raises Refused where no report has been recorded that a statement could answer."""
    if known.clock is None:
        raise Refused("No inspection is recorded that asks for a statement. Import its report first.")
    inspection = known.clock.inspection
    items = [item for item in known.items if item.inspection_id == inspection.id]
    return (
        _facts(known, inspection),
        ProposedActions(lede=_lede(known, items), items=tuple(_item(known, item) for item in items)),
        _watching(known, items),
        Signatures(declaration=DECLARATION, signatories=(Signatory(post=DIRECTOR),)),
    )


def _facts(known: Known, inspection: Inspection) -> InspectionFacts:
    framework = frameworks.library().framework(inspection.framework_id)
    facts = {
        "Inspection": [f"{inspection.title} [{inspection.reference}], {framework.name}"],
        "Fieldwork": [inspection.dates_as_printed or f"{inspection.fieldwork_from:%-d %B %Y}"],
        "Report published": [f"{inspection.published_on:%-d %B %Y}"] if inspection.published_on else [],
        "Report received": [f"{inspection.received_on:%-d %B %Y}" if inspection.received_on else "Not recorded"],
        "Judgements": _judgements(inspection, framework),
    }
    return InspectionFacts(
        rows=tuple(Row(head=head, points=tuple(points)) for head, points in facts.items() if points),
        deadlines=tuple(_deadline(line) for line in (known.clock.lines if known.clock else ())),
    )


def _judgements(inspection: Inspection, framework: Framework) -> list[str]:
    """As inspectors gave them: "Children in care: Good". No overall grade is worked out."""
    grades = {grade.code: grade.label for grade in framework.scale}
    given = [(one.label, grades.get(one.grade_code or "")) for one in inspection.judgements]
    return [f"{label}: {grade}" for label, grade in given if grade]


def _deadline(line: Line) -> StatutoryDeadline:
    duty = line.duty
    done = f"{duty.done_on:%-d %B %Y}: {duty.sent_to}" if duty and duty.done_on else ""
    return StatutoryDeadline(
        name=line.deadline.name,
        rule=line.deadline.rule,
        by=line.standing.due_on,
        standing=Word(text=line.standing.words, tone=TONES.get(line.standing.state, Tone.PLAIN)),
        done=done or (duty.not_required_because if duty else ""),
    )


def _item(known: Known, item: ImprovementItem) -> AnsweredItem:
    return AnsweredItem(
        reference=item.reference,
        words=item.wording,
        source=_source(item),
        owner=item.owner.name if item.owner else "",
        actions=tuple(_action(known, action) for action in known.actions_of(item)),
    )


def _source(item: ImprovementItem) -> str:
    """ "Ofsted report, page 2: what needs to improve"."""
    page = f", page {item.source_page}" if item.source_page else ""
    return f"Ofsted report{page}: {_finding_type(item)}"


def _finding_type(item: ImprovementItem) -> str:
    if item.inspection is None:
        return str(item.source).lower()
    framework = frameworks.library().framework(item.inspection.framework_id)
    known = {kind.code: kind.name for kind in framework.finding_types}
    name = known.get(item.finding_type, "what needs to improve")
    return name[0].lower() + name[1:]


def _action(known: Known, action: Action) -> ProposedAction:
    answers = action.accountable or action.item.accountable
    return ProposedAction(
        reference=action.reference,
        title=action.title,
        lead=action.lead.name,
        due=action.due_on,
        accountable=answers.name if answers else "",
        partner=action.partner.name if action.partner else "",
        success=action.success_measure,
        milestones=tuple(f"{one.title}, {one.due_on:%-d %B %Y}" for one in action.milestones),
        board=action.board.name if action.board else "",
    )


def _lede(known: Known, items: Sequence[ImprovementItem]) -> str:
    """ "5 things to improve and 12 actions. 1 has no action yet."."""
    if not items:
        return ""
    actions = sum(len(known.actions_of(item)) for item in items)
    bare = sum(not known.actions_of(item) for item in items)
    gap = f" {bare} of them {'has' if bare == 1 else 'have'} no action yet." if bare else ""
    return f"{_count(len(items), 'thing')} to improve and {_count(actions, 'action')}.{gap}"


def _count(number: int, noun: str) -> str:
    return f"{number or 'No'} {noun}{'' if number == 1 else 's'}"


def _watching(known: Known, items: Sequence[ImprovementItem]) -> Watching:
    """Who looks at it, by what, and which actions nobody can yet tell the success of."""
    actions = [action for item in items for action in known.actions_of(item)]
    boards = sorted({action.board.name for action in actions if action.board})
    measures = [f"{one.reference} {one.name}" for one in known.measures if any(item in one.items for item in items)]
    unmeasured = [action.reference for action in actions if not action.success_measure]
    rows = {
        "Boards": boards or ["No action has a board that watches over it yet."],
        "Measures": measures or ["No measure is tied to these items yet."],
        "Signing off": [SIGNING_OFF],
        "Not yet clear": [f"{', '.join(unmeasured)}: no success measure has been agreed."] if unmeasured else [],
    }
    return Watching(rows=tuple(Row(head=head, points=tuple(points)) for head, points in rows.items() if points))
