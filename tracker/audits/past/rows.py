"""Rows of past audits, each understood or refused; and a past audit written down as its row says."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from tracker.audits.blind.rules import Moderation
from tracker.audits.models import Audit, DomainGrade, Finding
from tracker.audits.past import rules
from tracker.audits.past.models import PastSheet
from tracker.audits.past.queries import Key, Known
from tracker.audits.past.rules import Field, Past
from tracker.audits.past.texts import changes, new_findings
from tracker.audits.past.words import Words
from tracker.audits.rules import AuditState, FindingState, why_not_case_reference
from tracker.audits.schema import Tool
from tracker.people.models import Person
from tracker.platform import child_data
from tracker.platform.errors import Refused
from tracker.platform.lines import Line, NotThisRow, about
from tracker.platform.previews import Outcome, Verdict

CLOSED_BECAUSE = "It came with a past audit; what was done about it is in the old records."


@dataclass(frozen=True)
class Judged:
    """A row's verdict and, unless it is refused or left out, what it says and the audit that is there already."""

    verdict: Verdict
    past: Past | None = None
    audit: Audit | None = None


@dataclass
class Rows:
    """Understands one row after another. Nothing is written, so what is shown is what is done afterwards."""

    known: Known
    words: Words
    there: Mapping[Key, Audit]
    """Audits of the same cases with the same tools."""
    area_code: str | None
    on: date
    rows: dict[Key, int] = field(default_factory=dict)
    """The row in which each audit was met."""

    def judged(self, line: Line) -> Judged:
        try:
            for column in line.texts:
                self._no_child(line, column)
            case, tool, day = self._case(line), self.words.tool(line), self._day(line)
            title = f"{case}, {tool.short_name}, {day:%-d %B %Y}"
            audit = self._there(line, (tool.id, case, day))
            past = self._past(line, case, audit.tool if audit else tool, day)
        except NotThisRow as refusal:
            return Judged(self._refused(line, refusal))
        told = changes(past, audit, self.known)
        outcome = Outcome.NEW if audit is None else Outcome.CHANGED if told else Outcome.SAME
        reference = audit.reference if audit else ""
        return Judged(Verdict(line.row, outcome, title, reference, told), past, audit)

    def _refused(self, line: Line, first: NotThisRow) -> Verdict:
        """Every fault of a row, so that it is put right once; what leads to a child is told alone and never quoted."""
        leading = [one for column in line.texts if (one := _fault(partial(self._no_child, line, column)))]
        faults = leading or [first, *(one for reader in self._readers(line) if (one := _fault(reader)))]
        told = {(one.column, str(one)): line.cells.get(one.column, "") for one in faults}
        (_, reason), *others = told
        also = [f"Cell {told[one]}: {one[1]}" if told[one] else one[1] for one in others]
        return Verdict(
            line.row,
            Outcome.REFUSED,
            self._title(line, {one.column for one in leading}),
            reason=" ".join([reason, *also]),
            cell=next(iter(told.values())),
        )

    def _readers(self, line: Line) -> Iterator[Callable[[], object]]:
        """Reads every part of a row, each for itself."""
        words, tool = self.words, self.words.known_tool(line)
        readers = (words.tool, self._day, words.team, words.auditor, words.with_practitioner, words.family_feedback)
        yield from (partial(reader, line) for reader in (self._case, *readers))
        if tool is not None:
            yield from (partial(reader, line, tool) for reader in (words.theme, words.grade, words.moderated))
            yield partial(self._area, line, tool)
            yield from (partial(words.domain, line, tool, domain) for domain in tool.domains)

    def _title(self, line: Line, but: Collection[str]) -> str:
        """What a refused row is about, of what could be read; nothing of the columns ``but``."""
        tool = self.words.known_tool(line)
        case = "" if Field.CASE in but or _fault(partial(self._case, line)) else self._case(line)
        day = "" if Field.DAY in but or _fault(partial(self._day, line)) else f"{self._day(line):%-d %B %Y}"
        return ", ".join(filter(None, [case, tool.short_name if tool else "", day]))

    def _no_child(self, line: Line, column: str) -> None:
        with about(column):
            rules.require_no_child(line.text(column))

    def _area(self, line: Line, tool: Tool) -> str:
        with about(Field.AREA):
            return rules.area_of(tool, self.words.area(line, tool) or self._area_of_all(tool))

    def _case(self, line: Line) -> str:
        case = " ".join(line.text(Field.CASE).split()).upper()
        with about(Field.CASE):
            if not case:
                raise Refused("Give the case a made-up reference such as BR-4471.")
            if why_not := why_not_case_reference(case):
                raise Refused(why_not)
        return case

    def _day(self, line: Line) -> date:
        with about(Field.DAY):
            return rules.day_audited(line.text(Field.DAY), today=self.on)

    def _there(self, line: Line, key: Key) -> Audit | None:
        """The audit that an earlier file brought in; one that was made here is nobody's to overwrite."""
        audit = self.there.get(key)
        with about(Field.CASE):
            if audit is not None and not audit.is_past:
                raise Refused(
                    f"{audit.reference} is an audit of this case with this tool on that day that was made here. "
                    "Leave the row out."
                )
            if key in self.rows:
                raise Refused(
                    f"Row {self.rows[key]} is of the same case, tool and day. Put all of it in one row, or leave one "
                    "out."
                )
        self.rows[key] = line.row
        return audit

    def _past(self, line: Line, case: str, tool: Tool, day: date) -> Past:
        words, area = self.words, self._area(line, tool)
        team, (auditor, said) = words.team(line), words.auditor(line)
        return Past(
            case=case,
            tool=tool,
            on=day,
            area_code=area,
            theme_code=words.theme(line, tool),
            team_id=team.id if team else None,
            auditor_id=auditor.id if auditor else None,
            auditor_said=said,
            grade=words.grade(line, tool),
            moderated=words.moderated(line, tool),
            domains=words.domains(line, tool),
            with_practitioner=words.with_practitioner(line),
            practitioner_said=line.text(Field.PRACTITIONER_SAID),
            family_feedback=words.family_feedback(line),
            family_said=line.text(Field.FAMILY_SAID),
            strengths=line.text(Field.STRENGTHS),
            findings=rules.findings_in(line.text(Field.FINDINGS)),
        )

    def _area_of_all(self, tool: Tool) -> str | None:
        """The area chosen for the whole file, where the tool is used in it; a tool of one area needs no choice."""
        return None if len(tool.areas) == 1 else self.area_code


def _fault(reader: Callable[[], object]) -> NotThisRow | None:
    try:
        reader()
    except NotThisRow as refusal:
        return refusal
    return None


def added(past: Past, *, sheet: PastSheet, row: int, known: Known, by: Person) -> Audit:
    """A new audit, finished on its day. It is in the past: not chosen for moderation, passed up to nobody."""
    audit = Audit(
        authority=sheet.authority,
        authority_id=sheet.authority_id,
        tool_id=past.tool.id,
        tool_version=past.tool.version,
        case_reference=past.case,
        audited_on=past.on,
        period_from=past.on,
        period_to=past.on,
        state=AuditState.DONE,
        moderation=Moderation.NOT_CHOSEN,
        auditor=by,
        auditor_said=rules.NOT_NAMED,
        brought_in=f"{sheet.file_name}, row {row}",
        past_sheet_id=sheet.id,
        domains=[],
        findings=[],
    )
    written(audit, past, known=known, by=by)
    return audit


def written(audit: Audit, past: Past, *, known: Known, by: Person) -> None:
    """Write into an audit what its row says; what the row is silent about stays."""
    audit.area_code, audit.grade_code = past.area_code, past.grade
    audit.theme_code = past.theme_code or audit.theme_code
    audit.moderated_grade_code = past.moderated or audit.moderated_grade_code
    audit.strengths = past.strengths or audit.strengths or ""
    if past.with_practitioner is not None:
        audit.with_practitioner = past.with_practitioner
    audit.practitioner_said = past.practitioner_said or audit.practitioner_said or ""
    audit.family_feedback = past.family_feedback or audit.family_feedback
    audit.family_said = past.family_said or audit.family_said or ""
    if past.team_id:
        audit.team = known.teams_by_id[str(past.team_id)]
    if past.auditor_id:
        audit.auditor, audit.auditor_said = known.people_by_id[str(past.auditor_id)], ""
    elif past.auditor_said != rules.NOT_NAMED:
        audit.auditor, audit.auditor_said = by, past.auditor_said
    _grade_domains(audit, past)
    for what in new_findings(past, audit):
        audit.findings.append(_finding(audit, what))


def _grade_domains(audit: Audit, past: Past) -> None:
    there = {one.domain_code: one for one in audit.domains}
    for position, domain in enumerate(past.tool.domains):
        given = past.domains.get(domain.code)
        if given is None:
            continue
        row = there.get(domain.code)
        if row is None:
            row = DomainGrade(domain_code=domain.code, position=position)
            audit.domains.append(row)
        row.applies, row.grade_code = given.applies, given.grade_code


def _finding(audit: Audit, what: str) -> Finding:
    return Finding(
        authority=audit.authority,
        authority_id=audit.authority_id,
        what=what,
        theme_code=audit.theme_code,
        raised_on=audit.audited_on,
        state=FindingState.PAST,
        closed_because=CLOSED_BECAUSE,
    )


def left_out(line: Line) -> Judged:
    case = line.text(Field.CASE)
    shown = case if case and why_not_case_reference(case) is None else ""
    return Judged(Verdict(line.row, Outcome.LEFT_OUT, child_data.blotted(shown)))


def cases_in(lines: Sequence[Line]) -> set[str]:
    return {" ".join(line.text(Field.CASE).split()).upper() for line in lines}
