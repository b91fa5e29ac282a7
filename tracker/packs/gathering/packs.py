"""Which chapters each kind of pack has, in which order, and what stands on its cover."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from reports.contents import (
    Approval,
    Chapter,
    KeyFigure,
    Kind,
    Method,
    PackContents,
    Row,
    Summary,
)
from tracker.evidence.rules import Marking
from tracker.packs.gathering import areas, audits, measures, plan, profile, register, statement
from tracker.packs.gathering.known import Known, read
from tracker.packs.rules import PackKind
from tracker.people.models import Authority
from tracker.self_evaluation.models import SelfEvaluation
from tracker.self_evaluation.rules import Question, VersionState

ATTRIBUTION = "Contains public sector information from Ofsted inspection reports (https://reports.ofsted.gov.uk/)."
INVENTED = (
    "Ofsted’s judgements, areas for improvement and quoted paragraphs are real. Everything else, people, figures, "
    "audits and actions, is invented and describes no child, family or member of staff."
)
SUBTITLES = {
    PackKind.SELF_EVALUATION: "What we know about practice with children and families, how we know it, and what we "
    "will do next",
    PackKind.IMPROVEMENT_PLAN: "What needs to improve, who does what by when, and what difference it made",
    PackKind.STATEMENT_OF_ACTION: "What we propose to do in answer to the inspection report, and by when",
}
PREPARED_FOR = {
    PackKind.SELF_EVALUATION: "Ofsted (annual engagement meeting and inspection)",
    PackKind.IMPROVEMENT_PLAN: "The improvement board",
    PackKind.STATEMENT_OF_ACTION: "The Secretary of State and His Majesty’s Chief Inspector",
}
MOST_POINTS = 3
"""How many points the summary takes from each question. Source: our choice; a page is a page."""


def gather(
    kind: PackKind,
    *,
    authority: Authority,
    version: SelfEvaluation | None,
    reference: str,
    today: date,
    demonstration: bool,
    smallest: int,
    replaces: str = "",
) -> PackContents:
    """Freeze what is known on ``today``. The same data on the same day gives equal contents.

    Figures of measures that count fewer than ``smallest`` are hidden, with what they could be worked out from.
    """
    known = read(authority, today, version, smallest=smallest)
    title, chapters = _KINDS[kind]
    signed = signature(version) if kind is PackKind.SELF_EVALUATION else None
    return PackContents(
        kind=Kind(kind.value),
        reference=reference,
        title=title,
        short_title=f"{authority.name} children’s services: {title.rpartition(' of ')[0].lower()}",
        authority=authority.name,
        version=version_words(version) if kind is PackKind.SELF_EVALUATION else f"as at {today:%-d %B %Y}",
        made_on=today,
        as_at=today,
        marking=str(Marking.OFFICIAL).upper(),
        marking_note="no child can be identified from it",
        subtitle=SUBTITLES[kind],
        prepared_for=PREPARED_FOR[kind],
        replaces=replaces,
        demonstration=INVENTED if demonstration else "",
        signed_off=signed,
        approvals=(signed,) if signed else (),
        how_to_read=_how_to_read(known, kind, demonstration=demonstration),
        status_meanings=() if kind is PackKind.STATEMENT_OF_ACTION else plan.MEANINGS,
        chapters=chapters(known),
    )


def _self_evaluation(known: Known) -> tuple[Chapter, ...]:
    return (
        profile.chapter(known),
        summary(known),
        *areas.chapters(known),
        plan.chapter(known),
        audits.chapter(known),
        register.voices(known),
        register.not_yet_sure(known),
        register.chapter(known),
        method(known),
    )


def _statement_of_action(known: Known) -> tuple[Chapter, ...]:
    whole = method(known)
    return (*statement.chapters(known), replace(whole, rows=whole.rows[:1]))


def _improvement_plan(known: Known) -> tuple[Chapter, ...]:
    return (plan.chapter(known), method(known))


_KINDS: Mapping[PackKind, tuple[str, Callable[[Known], tuple[Chapter, ...]]]] = {
    PackKind.SELF_EVALUATION: ("Self-evaluation of children’s services", _self_evaluation),
    PackKind.IMPROVEMENT_PLAN: ("Improvement plan of children’s services", _improvement_plan),
    PackKind.STATEMENT_OF_ACTION: ("Written statement of action of children’s services", _statement_of_action),
}


def summary(known: Known) -> Summary:
    """The first sentence of each leading statement, area by area."""
    heads = {Question.KNOW: "What we know", Question.HOW: "How we know it", Question.PLANS: "What we will do"}
    doubts = [doubt for area in known.framework.graded_areas for doubt in register.doubts(known, area)]
    return Summary(
        figures=(audits.figure(known), plan.figure(known), measures.figure(known), _in_use(known)),
        rows=tuple(Row(head=head, points=points) for asked, head in heads.items() if (points := _points(known, asked))),
        not_sure_of=tuple(doubts[:MOST_POINTS]),
    )


def _in_use(known: Known) -> KeyFigure:
    cited = [thing for reference, thing in known.cited.items() if reference.startswith("E-")]
    stale = sum(bool(thing.bears.stale) for thing in cited)
    note = f"cited; {stale or 'none'} of it stale" if cited else "nothing is cited yet"
    return KeyFigure(label="Evidence in use", value=str(len(cited) or "None"), note=note)


def _points(known: Known, asked: Question) -> tuple[str, ...]:
    """One for each area, which it begins with: the first sentence of the first statement that answers the question, as
    cited."""
    points = []
    for area in known.framework.graded_areas:
        firsts = (
            (reading.first, reading.glossary)
            for reading in known.readings.values()
            if reading.statement.area_code == area.code and reading.statement.question is asked
        )
        first, glossary = next(((one, own) for one, own in firsts if one), (None, None))
        if first and glossary:
            said = glossary.shown(first.text) + "".join(f" [{cited}]" for cited in first.cites)
            points.append(said if said.startswith(area.short_name) else f"{area.short_name}: {said}")
    return tuple(points)


def version_words(version: SelfEvaluation | None) -> str:
    if version is None:
        return "no version yet"
    signed = version.state is VersionState.SIGNED_OFF
    return f"{version.title}, version {version.edition}" + ("" if signed else f", {version.state.lower()}")


def signature(version: SelfEvaluation | None) -> Approval | None:
    if version is None or version.signed_on is None or version.signed_by is None:
        return None
    return Approval(by=f"{version.signed_by.name}, director", on=version.signed_on)


def signature_by_post(version: SelfEvaluation) -> Approval | None:
    """The signature for readers who are not to know names."""
    return Approval(by="the director", on=version.signed_on) if version.signed_on else None


def _how_to_read(known: Known, kind: PackKind, *, demonstration: bool) -> tuple[Row, ...]:
    rows = {
        "What is real": INVENTED if demonstration else "",
        "Three questions": THREE_QUESTIONS if kind is PackKind.SELF_EVALUATION else "",
        "References": f"{REFERENCES} {LEADS_TO[kind]}",
        "Marks": MARKS if kind is PackKind.SELF_EVALUATION else "",
        "Grades": GRADES if kind is PackKind.SELF_EVALUATION else "",
    }
    return tuple(Row(head=head, points=(words,)) for head, words in rows.items() if words)


REFERENCES = (
    "Everything has a short reference that does not change: item I-9, statement S-31, evidence E-231, action A-104, "
    "audit Q-88, finding F-19, measure M-7."
)
LEADS_TO = {
    PackKind.SELF_EVALUATION: "One in brackets leads to the evidence register, which says what it is, how old it is "
    "and where it is cited.",
    PackKind.IMPROVEMENT_PLAN: "One in brackets leads to the evidence register, which says what it is and how old.",
    PackKind.STATEMENT_OF_ACTION: "One in brackets is a report, or evidence that the register describes.",
}
THREE_QUESTIONS = (
    "Each judgement chapter answers Ofsted’s three questions: what we know about the quality and impact of practice, "
    "how we know it, and what we plan for the next 12 months."
)
MARKS = (
    "Beside a statement stands what a reader should ask of it: whether a sentence cites no evidence, rests on evidence "
    "that has gone stale, or shows what was done and not yet what changed for children."
)
GRADES = (
    "Grades by inspectors are as published. Our own, and our confidence in them, are ours: Ofsted has not judged them. "
    "No overall grade is worked out."
)


def method(known: Known) -> Method:
    rows = {
        "How it was made": (
            f"From what the inspection readiness tracker held for {known.authority.name} on "
            f"{known.today:%-d %B %Y}. Nothing later is in it."
        ),
        "Audit grades": "Audits count with the moderated grade where there is one. Drafts do not count.",
        "Stale evidence": (
            "Data is stale after 90 days; audits, observations and voices after 182; documents after a year. These "
            "limits are our own choice."
        ),
        "Small numbers": _small_numbers(known),
    }
    return Method(rows=tuple(Row(head=head, points=(words,)) for head, words in rows.items()), attribution=ATTRIBUTION)


def _small_numbers(known: Known) -> str:
    say_little = "Small numbers move by chance, and one or two more say little."
    if known.smallest <= 1:
        return f"Small numbers are given as they are. {say_little}"
    return (
        f"A measure that counts fewer than {known.smallest} on one side is hidden, with what it could be worked out "
        f"from; ranges are worked out from the rest. Numbers of audits and actions are given as they are. {say_little}"
    )
