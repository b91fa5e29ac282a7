"""Do the sources agree? Inspectors, audits, measures and families side by side on each open item of an area."""

from collections.abc import Sequence

from reports.contents import Agreement, Says, Tone, Word
from tracker.evidence.models import Evidence
from tracker.evidence.rules import Kind
from tracker.frameworks.schema import Area
from tracker.improvements.models import ImprovementItem
from tracker.improvements.rules import ItemState, MappedTo
from tracker.indicators import rules as indicator_rules
from tracker.indicators.models import Measure
from tracker.packs.gathering.known import Known
from tracker.self_evaluation import rules
from tracker.self_evaluation.models import Statement
from tracker.self_evaluation.rules import Verdict

DO_NOT_AGREE = "Do not agree"
"""What is said of audits and measures that say different things."""
AUDITS_FIND = {
    Verdict.AGREES: "Good",
    Verdict.IN_PART: "Mixed",
    Verdict.DISAGREES: "Not good yet",
    Verdict.TOO_FEW: "Too few",
    Verdict.NOT_KNOWN: "No evidence",
}


def of_area(known: Known, area: Area) -> tuple[Agreement, ...]:
    return tuple(_row(known, item) for item in items_of(known, area) if item.state is ItemState.OPEN)


def items_of(known: Known, area: Area) -> list[ImprovementItem]:
    """Items that a person placed in this area."""
    return [
        item
        for item in known.items
        if any(mapping.to is MappedTo.AREA and mapping.code == area.code for mapping in item.mappings)
    ]


def contradictions(known: Known, area: Area) -> list[str]:
    """A sentence for each statement on an area that calls practice good where moderated audits do not."""
    about = [reading.statement for reading in known.readings.values() if reading.statement.area_code == area.code]
    return [sentence for statement in about if (sentence := _contradiction(known, statement))]


def _contradiction(known: Known, statement: Statement) -> str | None:
    counts = known.audits_of_item.get(statement.item_id) if statement.item_id else None
    if counts is None or not rules.contradicted(statement.text, good=counts.now.good, count=counts.now.total):
        return None
    return (
        f"{statement.reference} says “{rules.praise(statement.text)}”; moderated audits since the inspection found "
        f"practice good or better in {counts.now.good} of {counts.now.total} cases."
    )


def _row(known: Known, item: ImprovementItem) -> Agreement:
    verdicts = [_audits_verdict(known, item), _measures_verdict(known, item)]
    return Agreement(
        theme=f"{item.reference} {item.title}",
        inspectors=_inspectors(known, item),
        audits=_audits(known, item),
        measures=_measures(known, item),
        people=_people(known, item),
        verdict=_together(verdicts),
    )


def _inspectors(known: Known, item: ImprovementItem) -> Says:
    if item.inspection is None:
        return Says(word="Not inspected", note=item.source_line)
    paragraphs = [mapping.paragraph for mapping in item.mappings if mapping.paragraph is not None]
    cited = [f"[{item.inspection.reference}:{each.printed_number}]" for each in paragraphs if each.printed_number]
    return Says(word="Needs to improve", note=" ".join(cited[:2]) or f"[{item.inspection.reference}]")


def _audits_verdict(known: Known, item: ImprovementItem) -> Verdict:
    counts = known.audits_of_item.get(item.id)
    return rules.audits_say(counts.now.good, counts.now.total) if counts else Verdict.NOT_KNOWN


def _audits(known: Known, item: ImprovementItem) -> Says:
    counts = known.audits_of_item.get(item.id)
    if counts is None or counts.now.total == 0:
        return Says(word="No evidence", note="None moderated since")
    before = f", was {counts.before.good} of {counts.before.total}" if counts.before.total else ""
    note = f"{counts.now.good} of {counts.now.total} good or better{before}"
    return Says(word=AUDITS_FIND[_audits_verdict(known, item)], note=note)


def _measures_of(known: Known, item: ImprovementItem) -> list[Measure]:
    return [measure for measure in known.measures if measure.series and item in measure.items]


def _met(known: Known, measure: Measure) -> bool | None:
    """None where nothing is aimed at, and where the figure is not to be shown."""
    if known.is_hidden(measure):
        return None
    value = measure.series[-1].value
    distance = indicator_rules.distance(value, measure.target, measure.unit, measure.direction)
    return distance.at_target if distance else None


def _measures_verdict(known: Known, item: ImprovementItem) -> Verdict:
    met = [one for measure in _measures_of(known, item) if (one := _met(known, measure)) is not None]
    if not met:
        return Verdict.NOT_KNOWN
    return Verdict.AGREES if all(met) else Verdict.IN_PART if any(met) else Verdict.DISAGREES


def _measures(known: Known, item: ImprovementItem) -> Says:
    measures = _measures_of(known, item)
    if not measures:
        return Says(word="No evidence", note="No measure speaks for it")
    words = {Verdict.AGREES: "Met", Verdict.IN_PART: "Partly met", Verdict.DISAGREES: "Not met"}
    figures = [_figure(known, measure) for measure in measures[:2]]
    otherwise = "Not shown" if any(known.is_hidden(measure) for measure in measures) else "No target"
    return Says(word=words.get(_measures_verdict(known, item), otherwise), note="; ".join(figures))


def _figure(known: Known, measure: Measure) -> str:
    if known.is_hidden(measure):
        return f"{measure.reference} counts too few to show"
    target = f", target {indicator_rules.written(measure.target, measure.unit)}" if measure.target is not None else ""
    return f"{measure.reference} {indicator_rules.written(measure.series[-1].value, measure.unit)}{target}"


def _people(known: Known, item: ImprovementItem) -> Says:
    heard = _voices(known.evidence, item)
    if not heard:
        return Says(word="No evidence", note="Nobody has been heard on it")
    cited = " ".join(f"[{evidence.reference}]" for evidence in heard[:2])
    return Says(word=f"{len(heard)} heard", note=f"Newest {heard[0].dated:%B %Y} {cited}")


def _voices(evidence: Sequence[Evidence], item: ImprovementItem) -> list[Evidence]:
    """What people said about an item or one of its actions, newest first."""
    heard = [
        one
        for one in evidence
        if one.kind is Kind.VOICE
        and any(link.item_id == item.id or (link.action and link.action.item_id == item.id) for link in one.links)
    ]
    return sorted(heard, key=lambda one: one.dated, reverse=True)


def _together(verdicts: Sequence[Verdict]) -> Word:
    """What audits and measures say taken together."""
    known = [verdict for verdict in verdicts if verdict not in {Verdict.NOT_KNOWN, Verdict.TOO_FEW}]
    if not known:
        return Word(text="Too little to say")
    if len(known) == 1:
        return Word(text="One source only", tone=Tone.CAUTION)
    if set(known) == {Verdict.AGREES}:
        return Word(text="Agree: good", tone=Tone.GOOD)
    if Verdict.AGREES not in known:
        return Word(text="Agree: not yet good", tone=Tone.BAD)
    return Word(text=DO_NOT_AGREE, tone=Tone.CAUTION)
