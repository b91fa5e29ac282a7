"""Does it hold together? What inspectors, auditors, measures and families say beside what we say of ourselves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tracker.audits import figures
from tracker.audits.figures import MODERATED, ItemAudits
from tracker.audits.models import Audit, Finding
from tracker.audits.rules import Share
from tracker.evidence.models import Evidence
from tracker.frameworks import queries as frameworks
from tracker.frameworks import rules as framework_rules
from tracker.frameworks.schema import Framework, Grade
from tracker.improvements import queries as improvements
from tracker.improvements.models import ImprovementItem
from tracker.indicators import rules as indicator_rules
from tracker.indicators.comparing.rules import Compared
from tracker.indicators.models import Measure
from tracker.indicators.rules import Direction, Travel
from tracker.people.models import Authority
from tracker.platform.lists import listed
from tracker.self_evaluation import rules, sources
from tracker.self_evaluation.models import AreaView, Statement
from tracker.self_evaluation.rules import Verdict
from tracker.self_evaluation.sources import AUDIT_WINDOW, Judged, Sources

GOOD_RANK = 3
"""Rank of the second step of a four-step scale: good, or practice that meets the standard."""
MOST_REFERENCES = 6
LONGEST_QUOTATION = 180
"""Characters of inspectors' words beside a statement. Source: our choice; the rest is a click away."""
NO_NEIGHBOURS = "No neighbours’ figures are held."
POINTS = 6
"""Figures that a line beside a statement shows. Source: our choice; half a year of months."""


@dataclass(frozen=True)
class Opens:
    """A reference, and where on its page to look."""

    reference: str
    anchor: str = ""
    words: str = ""
    """What the link says; empty: the reference itself."""


@dataclass(frozen=True)
class Voice:
    """What one kind of source says: who, a word for it, the sentence, and what it rests on."""

    who: str
    word: str
    text: str
    opens: tuple[Opens, ...] = ()
    figures: tuple[float, ...] = ()
    """Oldest first, for a line; empty where there is none to draw."""
    target: float | None = None


@dataclass(frozen=True)
class Audited:
    """What moderated audits say, and over which time."""

    now: Share
    before: Share
    newest: str
    since: str
    """As the end of a sentence: "since the inspection"."""

    @property
    def said(self) -> str:
        return f"good or better in {self.now.good} of {self.now.total} cases"

    @property
    def verdict(self) -> Verdict:
        return rules.audits_say(self.now.good, self.now.total)


@dataclass(frozen=True)
class Holding:
    """What stands beside a statement: one contradiction at most, then each source."""

    contradiction: str | None
    voices: tuple[Voice, ...]
    judged: Judged | None = None
    """The grade that inspectors last gave the area by itself, and in which inspection."""


def of_statement(statement: Statement, today: date) -> Holding:
    authority, item, code = statement.authority, statement.item, statement.area_code
    framework = frameworks.library().framework(statement.self_evaluation.framework_id)
    view = next((view for view in statement.self_evaluation.views if view.area_code == code), None)
    known = sources.of_areas(authority, framework, [code], today)
    about = figures.of_item(item) if item else None
    audited = _of_item(item, about) if item and about else _of_area(known.audits.get(code, ()), today)
    findings = about.open_findings if about else known.findings.get(code, ())
    judged = known.judged.get(code)
    measures = sources.measures_of_item(authority, item) if item else known.measures.get(code, ())
    heard = sources.voices_of_item(authority, item) if item else known.voices.get(code, ())
    voices = (
        _inspectors_of(item) or _inspectors(judged),
        _auditors(audited),
        _measures(measures, known.beside),
        _families(heard),
        _findings(findings, today),
        _ourselves(framework, view, judged),
    )
    return Holding(_contradiction(statement, audited), voices)


def of_areas(
    authority: Authority, framework: Framework, views: Sequence[AreaView], today: date
) -> Mapping[str, Holding]:
    """The same for every self-grade, by area: is it kinder than what inspectors, moderated audits and measures say?"""
    known = sources.of_areas(authority, framework, [view.area_code for view in views], today)
    return {view.area_code: _of_view(framework, view, known, today) for view in views}


def of_area(authority: Authority, framework: Framework, view: AreaView, today: date) -> Holding:
    return of_areas(authority, framework, [view], today)[view.area_code]


def _of_view(framework: Framework, view: AreaView, known: Sources, today: date) -> Holding:
    code = view.area_code
    audited, judged = _of_area(known.audits.get(code, ()), today), known.judged.get(code)
    measures = known.measures.get(code, ())
    voices = (
        _inspectors(judged),
        _auditors(audited),
        _measures(measures, known.beside),
        _families(known.voices.get(code, ())),
        _findings(known.findings.get(code, ()), today),
    )
    kinder = _kinder(_grade(framework, view.grade_code), judged, audited, _judged_by(measures))
    return Holding(kinder, voices, judged)


def _contradiction(statement: Statement, audited: Audited) -> str | None:
    if not rules.contradicted(statement.text, good=audited.now.good, count=audited.now.total):
        return None
    return (
        f"{statement.reference} says “{rules.praise(statement.text)}”, but moderated audits {audited.since} found "
        f"practice {audited.said}."
    )


def _kinder(own: Grade | None, judged: Judged | None, audited: Audited, met: Sequence[bool]) -> str | None:
    """One sentence that names every source which is less kind than we are."""
    if own is None:
        return None
    less = []
    if judged and framework_rules.kinder_than(own, judged[0]):
        less.append(f"inspectors called it {judged[0].short_label.lower()} in {judged[1].fieldwork_from:%B %Y}")
    if own.rank >= GOOD_RANK and audited.verdict is Verdict.DISAGREES:
        less.append(f"moderated audits {audited.since} found practice {audited.said}")
    if own.rank >= GOOD_RANK and rules.measures_say(met) is Verdict.DISAGREES:
        less.append(
            f"{sum(met) or 'none'} of {len(met)} measures that have a target {'is' if sum(met) < 2 else 'are'} at it"
        )
    return f"We call this area {own.short_label.lower()}, but {listed(less)}." if less else None


def _of_item(item: ImprovementItem, found: ItemAudits) -> Audited:
    moderated = [audit for audit in found.audits if audit.state in MODERATED]
    since = "since the inspection" if item.inspection_id else f"since {item.raised_on:%B %Y}"
    return Audited(found.counts.now, found.counts.before, moderated[0].reference if moderated else "", since)


def _of_area(audits: Sequence[Audit], today: date) -> Audited:
    now = [audit for audit in audits if audit.audited_on > today - AUDIT_WINDOW]
    before = [audit for audit in audits if audit not in now]
    return Audited(
        figures.share_of(now), figures.share_of(before), now[0].reference if now else "", "of the last six months"
    )


def _inspectors_of(item: ImprovementItem | None) -> Voice | None:
    """The paragraph that a person tied to the item, or the item in the inspectors' own words."""
    if item is None or item.inspection is None:
        return None
    report = item.inspection
    when = f"{report.published_on or report.fieldwork_to:%B %Y}"
    paragraphs = improvements.paragraphs_of(item)
    if not paragraphs:
        opens = Opens(item.reference)
        return Voice("Inspectors said", "Needs to improve", f"“{_cut(item.wording)}” {when},", (opens,))
    first = paragraphs[0]
    words = f"Paragraph {first.printed_number}, {when}" if first.printed_number else f"Report of {when}"
    opens = Opens(report.reference, f"p{first.position + 1}", words)
    return Voice("Inspectors said", "Needs to improve", f"“{_cut(first.text)}”", (opens,))


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_QUOTATION else text[:LONGEST_QUOTATION].rpartition(" ")[0] + "…"


def _inspectors(judged: Judged | None) -> Voice:
    if judged is None:
        return Voice("Inspectors said", Verdict.NOT_KNOWN, "No inspection has judged this area by itself.")
    grade, report = judged
    opens = Opens(report.reference, words=f"Report of {report.published_on or report.fieldwork_to:%B %Y}")
    return Voice("Inspectors said", grade.short_label, f"{grade.label}.", (opens,))


def _auditors(audited: Audited) -> Voice:
    if audited.now.total == 0:
        return Voice("Audits say", Verdict.NOT_KNOWN, f"No moderated audit {audited.since}.")
    before = f" Was {audited.before.good} of {audited.before.total}." if audited.before.total else ""
    text = f"Good or better in {audited.now.good} of {audited.now.total}, moderated, {audited.since}.{before} Newest:"
    return Voice("Audits say", audited.verdict, text, (Opens(audited.newest),))


def _measures(measures: Sequence[Measure], beside: Mapping[UUID, Compared]) -> Voice:
    if not measures:
        return Voice("Measures say", Verdict.NOT_KNOWN, "No measure has a figure.")
    if len(measures) == 1:
        return _one_measure(measures[0], _meets(measures[0]), beside.get(measures[0].id))
    judged = _judged_by(measures)
    references = tuple(Opens(measure.reference) for measure in _worst_first(measures)[:MOST_REFERENCES])
    said = f"{sum(judged)} of {len(judged)} that have a target are at it. {_neighbours(measures, beside)}"
    return Voice("Measures say", _verdict(judged), f"{said} {'Off it first' if judged else 'Look at'}:", references)


def _neighbours(measures: Sequence[Measure], beside: Mapping[UUID, Compared]) -> str:
    """How many are at least as good as neighbours together, of those for which theirs are held."""
    held = [one for measure in measures if (one := _as_good(beside.get(measure.id))) is not None]
    if not held:
        return NO_NEIGHBOURS
    return f"{sum(held)} of {len(held)} with neighbours’ figures are as good as theirs or better."


def _as_good(compared: Compared | None) -> bool | None:
    """None where neighbours' figures are not held, or no way is better than the other."""
    if compared is None or compared.ours is None or compared.together is None:
        return None
    if compared.direction is Direction.CONTEXT:
        return None
    higher = compared.direction is Direction.HIGHER
    return compared.ours >= compared.together if higher else compared.ours <= compared.together


def _judged_by(measures: Sequence[Measure]) -> list[bool]:
    """Of each measure that has a target, whether its latest figure is at it."""
    return [one for measure in measures if (one := _meets(measure)) is not None]


def _worst_first(measures: Sequence[Measure]) -> Sequence[Measure]:
    """Those that are off their target before those at it, and those without one last."""
    return sorted(measures, key=lambda measure: {False: 0, True: 1, None: 2}[_meets(measure)])


def _verdict(met: Sequence[bool]) -> Verdict:
    if not met:
        return Verdict.NOT_KNOWN
    return Verdict.AGREES if all(met) else Verdict.IN_PART if any(met) else Verdict.DISAGREES


def _one_measure(measure: Measure, met: bool | None, beside: Compared | None) -> Voice:
    """Off target and getting better is neither yes nor no."""
    values = [value.value for value in measure.series]
    improving = indicator_rules.travel(values, measure.direction) is Travel.IMPROVING
    verdict = Verdict.IN_PART if met is False and improving else _verdict([met] if met is not None else [])
    aim = f", target {indicator_rules.written(measure.target, measure.unit)}" if measure.target is not None else ""
    travel = indicator_rules.travel_words(values, measure.period)
    near = _near(measure, beside)
    text = f"{indicator_rules.written(values[-1], measure.unit)}{aim}{near}{', ' + travel if travel else ''}:"
    return Voice(
        "Measures say",
        verdict,
        f"{text[0].upper()}{text[1:]}",
        (Opens(measure.reference),),
        figures=tuple(float(value) for value in values[-POINTS:]),
        target=None if measure.target is None else float(measure.target),
    )


def _near(measure: Measure, beside: Compared | None) -> str:
    """What neighbours together have for the period of the latest figure."""
    if beside is None or beside.together is None or beside.end != measure.series[-1].period_end:
        return ""
    return f", neighbours {indicator_rules.written(beside.together, measure.unit)}"


def _meets(measure: Measure) -> bool | None:
    """None where nothing is aimed at, or no way is better than the other."""
    distance = indicator_rules.distance(measure.series[-1].value, measure.target, measure.unit, measure.direction)
    return distance.at_target if distance else None


def _families(heard: Sequence[Evidence]) -> Voice:
    if not heard:
        return Voice("Families say", Verdict.NOT_KNOWN, "No voice evidence.")
    references = tuple(Opens(each.reference) for each in heard[:MOST_REFERENCES])
    return Voice("Families say", f"{len(heard)} heard", f"“{_cut(heard[0].words or heard[0].shows)}”", references)


def _findings(findings: Sequence[Finding], today: date) -> Voice:
    found = sorted(findings, key=lambda finding: finding.number)
    if not found:
        return Voice("Open findings", "None open", "No audit finding stands against it.")
    days = (today - min(finding.raised_on for finding in found)).days
    references = tuple(Opens(finding.reference) for finding in found[:MOST_REFERENCES])
    return Voice("Open findings", f"{len(found)} open", f"Oldest {days} {'day' if days == 1 else 'days'}:", references)


def _ourselves(framework: Framework, view: AreaView | None, judged: Judged | None) -> Voice:
    grade = _grade(framework, view.grade_code) if view else None
    if view is None or grade is None:
        return Voice("Our self-grade", "Not given", "Nobody has graded this area in this version yet.")
    area = framework.area(view.area_code).short_name.lower()
    confidence = (view.confidence or "not stated").lower()
    last = f" Inspectors: {judged[0].short_label}, {judged[1].fieldwork_from:%Y}." if judged else ""
    word = "Agreed" if view.agreed else "Not agreed"
    return Voice("Our self-grade", word, f"{grade.short_label} for {area}, confidence {confidence}.{last}")


def _grade(framework: Framework, code: str | None) -> Grade | None:
    return next((grade for grade in framework.scale if grade.code == code), None)
