"""Does it hold together? What inspectors, auditors, measures and families say beside what we say of ourselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from tracker.audits import figures
from tracker.audits.figures import MODERATED, ItemAudits
from tracker.audits.models import Audit, Finding
from tracker.audits.rules import AuditState, FindingState, Share
from tracker.evidence import rules as evidence_rules
from tracker.evidence.models import Evidence, EvidenceLink
from tracker.frameworks import queries as frameworks
from tracker.frameworks import rules as framework_rules
from tracker.frameworks.schema import Framework, Grade
from tracker.improvements import queries as improvements
from tracker.improvements.models import ImprovementItem
from tracker.indicators import rules as indicator_rules
from tracker.indicators.models import Measure
from tracker.indicators.rules import Travel
from tracker.inspections.models import Inspection, Judgement
from tracker.people.models import Authority
from tracker.platform.db import db
from tracker.self_evaluation import rules
from tracker.self_evaluation.models import AreaView, Statement
from tracker.self_evaluation.rules import Verdict

AUDIT_WINDOW = timedelta(days=182)
"""For an area: audits older than this say nothing about now. Source: our choice; half a year.
For an item it is the audits since the inspection that raised it."""
GOOD_RANK = 3
"""Rank of the second step of a four-step scale: good, or practice that meets the standard."""
MOST_REFERENCES = 6
LONGEST_QUOTATION = 180
"""Characters of inspectors' words beside a statement. Source: our choice; the rest is a click away."""
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


def of_statement(statement: Statement, today: date) -> Holding:
    authority, item = statement.authority, statement.item
    framework = frameworks.library().framework(statement.self_evaluation.framework_id)
    view = next((view for view in statement.self_evaluation.views if view.area_code == statement.area_code), None)
    about = figures.of_item(item) if item else None
    audited = _of_item(item, about) if item and about else _of_area(authority, statement.area_code, today)
    findings = about.open_findings if about else _open_findings(authority, statement.area_code)
    judged = _last_judged(authority, framework, statement.area_code)
    voices = (
        _inspectors_of(item) or _inspectors(judged),
        _auditors(audited),
        _measures(authority, statement.area_code, item),
        _families(authority, statement.area_code, item),
        _findings(findings, today),
        _ourselves(framework, view, judged),
    )
    return Holding(_contradiction(statement, audited), voices)


def of_area(authority: Authority, framework: Framework, view: AreaView, today: date) -> Holding:
    """The same for a self-grade: is it kinder than inspectors or moderated audits?"""
    audited = _of_area(authority, view.area_code, today)
    judged = _last_judged(authority, framework, view.area_code)
    voices = (
        _inspectors(judged),
        _auditors(audited),
        _measures(authority, view.area_code, None),
        _families(authority, view.area_code, None),
        _findings(_open_findings(authority, view.area_code), today),
    )
    return Holding(_kinder(_grade(framework, view.grade_code), judged, audited), voices)


def _contradiction(statement: Statement, audited: Audited) -> str | None:
    if not rules.contradicted(statement.text, good=audited.now.good, count=audited.now.total):
        return None
    return (
        f"{statement.reference} says “{rules.praise(statement.text)}”, but moderated audits {audited.since} found "
        f"practice {audited.said}."
    )


def _kinder(own: Grade | None, judged: tuple[Grade, Inspection] | None, audited: Audited) -> str | None:
    if own is None:
        return None
    if own.rank >= GOOD_RANK and audited.verdict is Verdict.DISAGREES:
        return (
            f"We call this area {own.short_label.lower()}, but moderated audits {audited.since} found practice "
            f"{audited.said}. Say why, or change the grade."
        )
    if judged and framework_rules.kinder_than(own, judged[0]):
        return (
            f"We call this area {own.short_label.lower()}; inspectors called it {judged[0].short_label.lower()} in "
            f"{judged[1].fieldwork_from:%B %Y}. Say what changed since, or change the grade."
        )
    return None


def _of_item(item: ImprovementItem, found: ItemAudits) -> Audited:
    moderated = [audit for audit in found.audits if audit.state in MODERATED]
    since = "since the inspection" if item.inspection_id else f"since {item.raised_on:%B %Y}"
    return Audited(found.counts.now, found.counts.before, moderated[0].reference if moderated else "", since)


def _of_area(authority: Authority, area_code: str, today: date) -> Audited:
    audits = db.session.scalars(
        select(Audit)
        .where(
            Audit.authority_id == authority.id,
            Audit.area_code == area_code,
            Audit.state == AuditState.MODERATED,
            Audit.audited_on > today - 2 * AUDIT_WINDOW,
        )
        .order_by(Audit.audited_on.desc(), Audit.number.desc())
    ).all()
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


def _last_judged(authority: Authority, framework: Framework, area_code: str) -> tuple[Grade, Inspection] | None:
    """The grade that inspectors last gave this area by itself, on the scale of the framework in force."""
    rows = db.session.execute(
        select(Judgement.grade_code, Inspection)
        .join(Judgement.inspection)
        .where(Inspection.authority_id == authority.id, Judgement.area_code == area_code)
        .order_by(Inspection.fieldwork_from.desc())
    )
    return next(((grade, inspection) for code, inspection in rows if (grade := _grade(framework, code))), None)


def _inspectors(judged: tuple[Grade, Inspection] | None) -> Voice:
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


def _measures(authority: Authority, area_code: str, item: ImprovementItem | None) -> Voice:
    measures = [measure for measure in _measures_for(authority, area_code, item) if measure.values]
    met = [_meets(measure) for measure in measures]
    judged = [one for one in met if one is not None]
    if not measures:
        return Voice("Measures say", Verdict.NOT_KNOWN, "No measure has a figure.")
    verdict = _verdict(judged)
    if len(measures) > 1:
        references = tuple(Opens(measure.reference) for measure in measures[:MOST_REFERENCES])
        return Voice(
            "Measures say", verdict, f"{sum(judged)} of {len(judged)} that have a target are at it:", references
        )
    return _one_measure(measures[0], met[0])


def _verdict(met: Sequence[bool]) -> Verdict:
    if not met:
        return Verdict.NOT_KNOWN
    return Verdict.AGREES if all(met) else Verdict.IN_PART if any(met) else Verdict.DISAGREES


def _one_measure(measure: Measure, met: bool | None) -> Voice:
    """Off target and getting better is neither yes nor no."""
    values = [value.value for value in measure.values]
    improving = indicator_rules.travel(values, measure.direction) is Travel.IMPROVING
    verdict = Verdict.IN_PART if met is False and improving else _verdict([met] if met is not None else [])
    aim = f", target {indicator_rules.written(measure.target, measure.unit)}" if measure.target is not None else ""
    travel = indicator_rules.travel_words(values, measure.period)
    text = f"{indicator_rules.written(values[-1], measure.unit)}{aim}{', ' + travel if travel else ''}:"
    return Voice(
        "Measures say",
        verdict,
        f"{text[0].upper()}{text[1:]}",
        (Opens(measure.reference),),
        figures=tuple(float(value) for value in values[-POINTS:]),
        target=None if measure.target is None else float(measure.target),
    )


def _measures_for(authority: Authority, area_code: str, item: ImprovementItem | None) -> Sequence[Measure]:
    query = select(Measure).where(Measure.authority_id == authority.id).options(selectinload(Measure.values))
    about = Measure.items.any(ImprovementItem.id == item.id) if item else Measure.area_code == area_code
    return db.session.scalars(query.where(about).order_by(Measure.number)).all()


def _meets(measure: Measure) -> bool | None:
    """None where nothing is aimed at, or no way is better than the other."""
    distance = indicator_rules.distance(measure.values[-1].value, measure.target, measure.unit, measure.direction)
    return distance.at_target if distance else None


def _families(authority: Authority, area_code: str, item: ImprovementItem | None) -> Voice:
    about = EvidenceLink.item_id == item.id if item else EvidenceLink.area_code == area_code
    heard = db.session.scalars(
        select(Evidence)
        .where(
            Evidence.authority_id == authority.id,
            Evidence.kind == evidence_rules.Kind.VOICE,
            Evidence.withdrawn_on.is_(None),
            Evidence.links.any(about),
        )
        .order_by(Evidence.dated.desc(), Evidence.number.desc())
    ).all()
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


def _open_findings(authority: Authority, area_code: str) -> Sequence[Finding]:
    return db.session.scalars(
        select(Finding)
        .join(Finding.audit)
        .where(Finding.authority_id == authority.id, Finding.state == FindingState.OPEN, Audit.area_code == area_code)
    ).all()


def _ourselves(framework: Framework, view: AreaView | None, judged: tuple[Grade, Inspection] | None) -> Voice:
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
