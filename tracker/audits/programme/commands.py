"""Every way a programme changes: planned, staffed, drawn for, allocated, handed back, begun."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tracker.audits import commands as audits
from tracker.audits import tools
from tracker.audits.commands.checks import added, changed_since, flush, require_colleague, require_may, require_words
from tracker.audits.models import Audit
from tracker.audits.programme import queries, rules
from tracker.audits.programme.models import Allocation, Planned, Programme, ProgrammeAuditor, Sample
from tracker.audits.programme.rules import CaseState
from tracker.audits.rules import USUAL_PERIOD, About, months_after
from tracker.audits.sampling import rules as sampling
from tracker.audits.sampling.lists import STRATA, Listed
from tracker.audits.sampling.rules import ALGORITHM, Method
from tracker.audits.schema import Tool
from tracker.people import queries as people
from tracker.people.models import Authority, Person, Team
from tracker.people.rules import Permission
from tracker.platform import history
from tracker.platform.db import db
from tracker.platform.errors import NotAllowed, Refused


@dataclass(frozen=True)
class Draw:
    """What somebody asks of a draw."""

    tool_id: str
    month: date
    size: int
    seed: str
    method: Method
    strata: tuple[str, ...] = ()


def begin(authority: Authority, *, name: str, begins: date, ends: date, exclude_months: int, by: Person) -> Programme:
    """Begin a programme for whole months."""
    require_may(by, authority, Permission.PLAN_AUDITS)
    require_words(name, "Give the programme a name.")
    if ends < begins:
        raise Refused("The programme ends before it begins. Change one of the months.")
    if len(rules.months(begins, ends)) > rules.MOST_MONTHS:
        raise Refused(f"A programme has {rules.MOST_MONTHS} months at most. Begin another one after it.")
    if name.strip().lower() in {one.name.lower() for one in queries.programmes(authority)}:
        raise Refused(f"There is a programme called {name.strip()} already. Give this one a name of its own.")
    return added(
        Programme(
            authority=authority,
            name=name.strip(),
            begins=begins.replace(day=1),
            ends=rules.last_day(ends),
            exclude_months=exclude_months,
        )
    )


def plan(
    programme: Programme,
    *,
    team: Team,
    tool_id: str,
    months: Sequence[date],
    number: int,
    theme_code: str | None = None,
    by: Person,
) -> None:
    """Say how many audits of a team are wanted in each of some months with a tool; none takes the line out."""
    require_may(by, programme.authority, Permission.PLAN_AUDITS)
    box = tools.of(programme.authority_id)
    if number:
        box.offered(tool_id)
    inside = rules.months(programme.begins, programme.ends)
    if not months or any(month not in inside for month in months):
        raise Refused("Choose months of the programme.")
    if not 0 <= number <= 100:  # a month's audits of one team; more is a slip of the hand
        raise Refused("Plan between 0 and 100 audits of a team in a month.")
    lines = {(one.month, one.team_id, one.tool_id): one for one in programme.planned}
    for month in months:
        _plan_month(programme, lines.get((month, team.id, tool_id)), month, team, tool_id, theme_code, number)
    flush(programme.name)


def staff(programme: Programme, *, person: Person, per_month: int, team: Team | None, by: Person) -> None:
    """Say how many cases a month somebody audits, and which team is hers; none takes her off the programme."""
    require_may(by, programme.authority, Permission.PLAN_AUDITS)
    require_colleague(person, programme.authority)
    require_may(person, programme.authority, Permission.LOG_AUDITS)
    if not 0 <= per_month <= 60:  # three a working day; more is a slip of the hand
        raise Refused("Give between 0 and 60 audits a month.")
    before = next((one for one in programme.auditors if one.person_id == person.id), None)
    if before is None:
        before = ProgrammeAuditor(programme=programme, person=person, person_id=person.id)
        db.session.add(before)
    before.per_month, before.team = per_month, team
    flush(programme.name)


def draw(programme: Programme, *, cases: Sequence[Listed], asked: Draw, by: Person, on: date) -> Sample:
    """Draw cases from a list. Of the list its fingerprint is kept, its counts, and the cases drawn; nothing else."""
    require_may(by, programme.authority, Permission.PLAN_AUDITS)
    tools.of(programme.authority_id).offered(asked.tool_id)
    _require_drawable(programme, cases, asked)
    lately = queries.audited_since(programme.authority, months_after(on, -programme.exclude_months))
    waiting = queries.waiting_to_be_audited(programme.authority, on) - lately
    left_out = [sorted({one.reference for one in cases} & those) for those in (lately, waiting)]
    frame = [one.entry(asked.strata) for one in cases if one.reference not in lately | waiting]
    if not frame:
        raise Refused(_why_none_left(programme, *map(len, left_out)))
    drawn = sampling.draw(frame, size=asked.size, seed=asked.seed, method=asked.method)
    rows = {one.reference: one for one in cases}
    drawn_cases = _drawn(programme, [rows[reference] for reference in drawn.references], rules.last_day(asked.month))
    sample = Sample(
        authority=programme.authority,
        programme=programme,
        cases=drawn_cases,
        number=len(programme.samples) + 1,
        tool_id=asked.tool_id,
        month=asked.month,
        drawn_on=on,
        drawn_by=by,
        method=asked.method,
        strata="\t".join(asked.strata),
        seed=asked.seed,
        algorithm=ALGORITHM,
        size=asked.size,
        list_sha256=sampling.fingerprint(one.entry(STRATA) for one in cases),
        listed=len(cases),
        left_out="\n".join(map(" ".join, left_out)).rstrip("\n"),
        counts="\n".join("\t".join((*group, str(got), str(of))) for group, (got, of) in drawn.by_stratum.items()),
    )
    return added(sample)


def draw_again(sample: Sample, cases: Sequence[Listed]) -> str:
    """Draw once more from what is said to be the same list; why it does not prove the draw, or empty where it does."""
    if sampling.fingerprint(one.entry(STRATA) for one in cases) != sample.list_sha256:
        return "This is not the list that the cases were drawn from: its fingerprint differs."
    left_out, strata = frozenset(sample.left_out.split()), tuple(filter(None, sample.strata.split("\t")))
    frame = [one.entry(strata) for one in cases if one.reference not in left_out]
    drawn = sampling.draw(frame, size=sample.size, seed=sample.seed, method=sample.method)
    same = drawn.references == tuple(one.case_reference for one in sample.cases)
    return "" if same else "The same list and seed give other cases. Somebody changed what was drawn: ask who."


def allocate(sample: Sample, *, by: Person) -> Sequence[str]:
    """Give every case that nobody has to an auditor who may have it; what could not be given and why, in sentences."""
    require_may(by, sample.authority, Permission.PLAN_AUDITS)
    programme, elsewhere = sample.programme, queries.had_elsewhere(sample)
    if not programme.auditors:
        raise Refused("The programme has no auditors yet. Say who audits, and give its cases out then.")
    waiting = {one.case_reference: one for one in sample.cases if one.state is CaseState.TO_ALLOCATE}
    free = [one.case for reference, one in waiting.items() if reference not in elsewhere]
    left = [f"{reference}: {elsewhere[reference]}." for reference in waiting if reference in elsewhere]
    for case, auditor, why_not in rules.allocate(free, queries.auditors(programme), queries.load(programme)):
        if auditor is None:
            left.append(why_not)
        else:
            row = waiting[case.reference]
            row.auditor_id, row.state, row.handed_back_because = auditor.id, CaseState.ALLOCATED, ""
    flush(sample.reference)
    return left


def give(allocation: Allocation, *, version: int, auditor_id: UUID, by: Person) -> None:
    """Give one case to somebody, by the same rules."""
    require_may(by, allocation.authority, Permission.PLAN_AUDITS)
    _require_version(allocation, version)
    _require_not_begun(allocation)
    programme = allocation.sample.programme
    auditor = next((one for one in queries.auditors(programme) if one.id == auditor_id), None)
    if auditor is None:
        raise Refused("Choose an auditor of the programme. Add her to it first if she is not among them.")
    elsewhere = queries.had_elsewhere(allocation.sample)
    if allocation.case_reference in elsewhere:
        raise Refused(f"{elsewhere[allocation.case_reference]}. One audit of a case is enough.")
    why_not = rules.why_not_audit(auditor, allocation.case, queries.load(programme, but=allocation))
    if why_not:
        raise Refused(f"{why_not}. Choose somebody else.")
    allocation.auditor_id, allocation.state, allocation.handed_back_because = auditor.id, CaseState.ALLOCATED, ""
    flush(allocation.reference)


def hand_back(allocation: Allocation, *, version: int, because: str, by: Person) -> None:
    """Give a case back that one cannot audit; it waits to be allocated anew."""
    _require_hers(allocation, by)
    _require_version(allocation, version)
    _require_not_begun(allocation)
    require_words(because, "Say why you hand it back, so that somebody else can be found.")
    with history.because(because):
        allocation.auditor_id, allocation.state = None, CaseState.TO_ALLOCATE
        allocation.handed_back_because = because.strip()
        flush(allocation.reference)


def start(
    allocation: Allocation, *, version: int, about: About, lenses: Sequence[Tool] = (), by: Person, on: date
) -> Audit:
    """Begin the audit of an allocated case, through ``lenses`` too."""
    _require_hers(allocation, by)
    _require_version(allocation, version)
    _require_not_begun(allocation)
    if about.case_reference.strip().upper() != allocation.case_reference:
        raise Refused(f"You were given {allocation.case_reference}. Another case is begun from the page of audits.")
    tool = tools.of(allocation.authority_id).newest(allocation.sample.tool_id)
    audit = audits.start_audit(allocation.authority, tool=tool, lenses=lenses, about=about, auditor=by, on=on)
    allocation.audit, allocation.state = audit, CaseState.BEGUN
    flush(allocation.reference)
    return audit


def start_as_known(allocation: Allocation, *, by: Person, on: date) -> Audit:
    """Begin the audit of an allocated case with what its draw knows, over the usual period up to a day.

    Whether the practitioner took part, and what the draw did not say, is corrected in the draft.
    """
    about = About(
        case_reference=allocation.case_reference,
        area_code=tools.of(allocation.authority_id).newest(allocation.sample.tool_id).areas[0],
        period_from=on - USUAL_PERIOD,
        period_to=on,
        age_band=allocation.age_band,
        legal_status=allocation.legal_status,
        team_id=allocation.team_id,
        programme=allocation.sample.programme.name,
    )
    return start(allocation, version=allocation.version, about=about, by=by, on=on)


def _plan_month(
    programme: Programme,
    line: Planned | None,
    month: date,
    team: Team,
    tool_id: str,
    theme_code: str | None,
    number: int,
) -> None:
    if line is None and number:
        db.session.add(
            Planned(programme=programme, month=month, team=team, tool_id=tool_id, theme_code=theme_code, number=number)
        )
    elif line is not None and number:
        line.number, line.theme_code = number, theme_code
    elif line is not None:
        db.session.delete(line)


def _require_drawable(programme: Programme, cases: Sequence[Listed], asked: Draw) -> None:
    if asked.month not in rules.months(programme.begins, programme.ends):
        raise Refused("Choose a month of the programme.")
    if asked.size < 1:
        raise Refused("Draw at least one case.")
    require_words(asked.seed, "Give a seed: any words or numbers. With it the draw can be repeated.")
    if asked.method is not Method.RANDOM and not asked.strata:
        raise Refused("Choose the columns that make the groups, or draw at random from the whole list.")
    missing = [column for column in asked.strata if column not in cases[0].words]
    if missing:
        raise Refused(f"The list has no column headed {missing[0].capitalize()}. Add it, or choose other groups.")


def _why_none_left(programme: Programme, lately: int, waiting: int) -> str:
    if not waiting:
        return f"Every case of the list was audited in the last {programme.exclude_months} months."
    if not lately:
        return "Every case of the list is drawn or begun already. Give out those, or bring another list."
    return (
        f"Every case of the list was audited in the last {programme.exclude_months} months, or is drawn or begun "
        "already. Bring another list."
    )


def _drawn(programme: Programme, rows: Sequence[Listed], due_on: date) -> list[Allocation]:
    """What is kept of each drawn case, in the order of the draw."""
    authority = programme.authority
    teams = {team.name.lower(): team.id for team in people.teams(authority)}
    colleagues = [one.person for one in people.colleagues(authority)]
    return [
        Allocation(
            authority=authority,
            position=place,
            case_reference=row.reference,
            team_id=teams.get(row.words.get("team", "").lower()),
            age_band=row.words.get("age", ""),
            legal_status=row.words.get("legal status", ""),
            not_by=" ".join(str(person.id) for person in _people_on(colleagues, row.words)),
            due_on=due_on,
        )
        for place, row in enumerate(rows)
    ]


def _people_on(colleagues: Sequence[Person], words: Mapping[str, str]) -> Sequence[Person]:
    """Those whom the row names as the case's worker or manager, by name or address."""
    named = {words.get(column, "").lower() for column in ("worker", "manager")} - {""}
    return [person for person in colleagues if {person.name.lower(), person.email} & named]


def _require_hers(allocation: Allocation, by: Person) -> None:
    if allocation.auditor_id != by.id:
        raise NotAllowed(f"{allocation.case_reference} is not allocated to you.")


def _require_not_begun(allocation: Allocation) -> None:
    if allocation.state is CaseState.BEGUN and allocation.audit is not None:
        raise Refused(f"{allocation.audit.reference} is the audit of this case already.")


def _require_version(allocation: Allocation, version: int) -> None:
    if allocation.version != version:
        raise changed_since(allocation.case_reference)
