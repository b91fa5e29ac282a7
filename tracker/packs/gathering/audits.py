"""What audits found: grades by quarter and by domain, findings, and how far to trust our audits."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from reports.contents import AuditFinding, AuditGrades, AuditPeriod, Audits, KeyFigure, Row, Tone, Word
from tracker.audits.models import Audit, Finding
from tracker.audits.rules import SMALL_NUMBER, AuditState, FamilyFeedback, FindingState
from tracker.frameworks.schema import Area
from tracker.packs.gathering.known import Known

MOST_QUARTERS = 6
"""How many quarters the chart shows. Source: our choice; a year and a half, the span between two self-evaluations."""
MOST_DOMAINS = 12
"""How many domains the chart shows, the most audited. Source: our choice; more would not fit beside its words."""
GOOD = 2
"""How many grades, from the best, count as good."""
MOST_FINDINGS = 20
"""How many findings the pack prints; the newest, open ones first."""


def chapter(known: Known) -> Audits:
    finished = known.audits
    return Audits(
        lede=_lede(known),
        grades=_by_quarter(known, finished, "Audits of all areas, by quarter"),
        domains=_by_domain(known, finished),
        findings=tuple(_finding(finding) for finding in _to_print(known.findings)),
        trust=_trust(known),
    )


def grades_of_area(known: Known, area: Area) -> AuditGrades | None:
    name = area.short_name[0].lower() + area.short_name[1:]
    return _by_quarter(known, _of(known, area), f"Audits of {name}, by quarter")


def figure(known: Known) -> KeyFigure:
    """Of all areas together."""
    recent = graded(_last_six_months(known, known.audits))
    if not recent:
        return KeyFigure(label="Audits good or better", value="None", note="no audit in the last six months")
    good = sum(map(is_good, recent))
    before = graded(_six_months_before(known, known.audits))
    was = f"; {sum(map(is_good, before))} of {len(before)} before that" if before else ""
    return KeyFigure(label="Audits good or better", value=f"{good} of {len(recent)}", note=f"last six months{was}")


def sentence(known: Known, area: Area) -> str:
    audits = graded(_of(known, area))
    recent = _last_six_months(known, audits)
    before = _six_months_before(known, audits)
    if not recent:
        return "No audit of this area was finished in the last six months." if audits else ""
    good = sum(map(is_good, recent))
    words = f"In the last six months {good} of {len(recent)} audits were good or better"
    if before:
        words += f"; in the six months before, {sum(map(is_good, before))} of {len(before)}"
    return f"{words}. Small numbers move by chance."


def _of(known: Known, area: Area) -> list[Audit]:
    return [audit for audit in known.audits if audit.area_code == area.code]


def graded(audits: Iterable[Audit]) -> list[Audit]:
    """Those whose tool has a scale: a share good or better is of them."""
    return [audit for audit in audits if audit.counted_grade is not None]


def _last_six_months(known: Known, audits: Iterable[Audit]) -> list[Audit]:
    return [audit for audit in audits if _months_back(known.today, audit.audited_on) < 6]


def _six_months_before(known: Known, audits: Iterable[Audit]) -> list[Audit]:
    return [audit for audit in audits if 6 <= _months_back(known.today, audit.audited_on) < 12]


def last_year(known: Known, area: Area) -> list[Audit]:
    """Finished in the last twelve months, of one area."""
    return [audit for audit in _of(known, area) if _months_back(known.today, audit.audited_on) < 12]


def _months_back(today: date, day: date) -> int:
    return (today.year - day.year) * 12 + today.month - day.month - (today.day < day.day)


def is_good(audit: Audit) -> bool:
    """Good or better on the scale of its own tool, which may be met or not."""
    return audit.counted_grade is not None and audit.tool.is_good(audit.counted_grade)


def _by_quarter(known: Known, audits: Sequence[Audit], caption: str) -> AuditGrades | None:
    """In the words of the framework; how many are on another scale is said in the caption."""
    quarters: dict[tuple[int, int], Counter[str | None]] = {}
    for audit in graded(audits):
        quarter = (audit.audited_on.year, (audit.audited_on.month - 1) // 3)
        quarters.setdefault(quarter, Counter())[audit.counted_grade] += 1
    if not quarters:
        return None
    latest = sorted(quarters.items())[-MOST_QUARTERS:]
    others = sum(counter.total() - sum(_counts(known, counter)) for _, counter in latest)
    return AuditGrades(
        caption=f"{caption}, without {others} on another scale" if others else caption,
        scale=tuple(grade.short_label for grade in known.framework.scale),
        periods=tuple(
            AuditPeriod(label=_quarter_words(*quarter), counts=_counts(known, counter)) for quarter, counter in latest
        ),
        percent_from=SMALL_NUMBER,
    )


def _quarter_words(year: int, quarter: int) -> str:
    first, last = date(year, quarter * 3 + 1, 1), date(year, quarter * 3 + 3, 1)
    return f"{first:%b} to {last:%b %Y}"


def _counts(known: Known, counter: Counter[str | None]) -> tuple[int, ...]:
    return tuple(counter[grade.code] for grade in known.framework.scale)


def _by_domain(known: Known, audits: Sequence[Audit]) -> AuditGrades | None:
    counters: dict[str, Counter[str | None]] = {}
    for audit in _last_six_months(known, audits):
        for domain in audit.domains:
            if domain.applies and domain.grade_code:
                name = audit.tool.domain(domain.domain_code).name
                grade = domain.moderated_grade_code or domain.grade_code
                counters.setdefault(name, Counter())[grade] += 1
    periods = [AuditPeriod(label=name, counts=_counts(known, counter)) for name, counter in sorted(counters.items())]
    most_audited = sorted(periods, key=lambda period: sum(period.counts), reverse=True)[:MOST_DOMAINS]
    shown = [period for period in most_audited if sum(period.counts)]
    if not shown:
        return None
    return AuditGrades(
        caption="Audits of the last six months, by domain, weakest first",
        scale=tuple(grade.short_label for grade in known.framework.scale),
        periods=tuple(sorted(shown, key=lambda period: sum(period.counts[:GOOD]) / sum(period.counts))),
        good=GOOD,
        percent_from=SMALL_NUMBER,
    )


def _to_print(findings: Sequence[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda finding: finding.state is not FindingState.OPEN)[:MOST_FINDINGS]


def _finding(finding: Finding) -> AuditFinding:
    return AuditFinding(
        reference=finding.reference,
        found=finding.what,
        state=_state(finding),
        source=f"{finding.audit.reference}, {finding.raised_on:%B %Y}",
        changed=f"{finding.action.reference} {finding.action.title}" if finding.action else "",
        second_look=finding.closed_because,
    )


def _state(finding: Finding) -> Word:
    if finding.state is FindingState.CLOSED:
        again = finding.closed_by_reaudit_id is not None
        return Word(text="Closed by re-audit" if again else "Closed by evidence", tone=Tone.GOOD)
    if finding.state is FindingState.PAST:
        return Word(text="Past audit", tone=Tone.PLAIN)
    if finding.action_id is None:
        return Word(text="Open, no action", tone=Tone.BAD)
    return Word(text="Open, action agreed", tone=Tone.STEADY)


def _trust(known: Known) -> tuple[Row, ...]:
    recent = [audit for audit in _last_six_months(known, known.audits) if not audit.is_past]
    if not recent:
        return ()
    moderated = [audit for audit in recent if audit.state is AuditState.MODERATED]
    changed = [audit for audit in moderated if audit.moderated_grade_code != audit.grade_code]
    with_practitioner = sum(audit.with_practitioner is True for audit in recent)
    with_family = sum(audit.family_feedback is FamilyFeedback.OBTAINED for audit in recent)
    followed = [finding for finding in known.findings if finding.state is not FindingState.PAST]
    closed = [finding for finding in followed if finding.state is FindingState.CLOSED]
    count = len(recent)
    told = {
        "Practitioners": f"{_of_all(with_practitioner, count)} audits of the last six months were done with the "
        "practitioner.",
        "Families": f"A parent, carer or child gave feedback in {_of_all(with_family, count).lower()}.",
        "Moderation": f"{_of_all(len(moderated), count)} were moderated. {_grades_changed(len(changed))}",
        "Closing the loop": f"{_of_all(len(closed), len(followed))} findings are closed, by evidence or a re-audit."
        if followed
        else "No finding has been raised.",
    }
    return tuple(Row(head=head, points=(point,)) for head, point in told.items())


def _of_all(some: int, count: int) -> str:
    return f"{some or 'None'} of {count}"


def _grades_changed(count: int) -> str:
    return {0: "No grade changed.", 1: "One grade changed."}.get(count, f"{count} grades changed.")


def _lede(known: Known) -> str:
    recent = graded(_last_six_months(known, known.audits))
    if not recent:
        return "No audit was finished in the last six months."
    good = sum(map(is_good, recent))
    return f"In the last six months {good} of {len(recent)} audited cases were good or better."
