"""The year's audits, cases drawn that wait on auditors' desks, a tool of the council's own, and a panel."""

from collections.abc import Iterator
from datetime import date
from functools import partial

from tracker.audits import tools
from tracker.audits.authoring import commands as authoring
from tracker.audits.models import Audit
from tracker.audits.panel import commands as panels
from tracker.audits.panel.queries import seats as seats_of
from tracker.audits.programme import commands, queries
from tracker.audits.programme.commands import Draw
from tracker.audits.programme.models import Programme
from tracker.audits.programme.rules import months
from tracker.audits.rules import Given, months_after
from tracker.audits.sampling.lists import STRATA, Listed
from tracker.audits.sampling.rules import Method
from tracker.audits.schema import Question
from tracker.demonstration.schema import Past, Told
from tracker.demonstration.stage import Scene, Stage
from tracker.platform.db import db


class Staffed(Told):
    who: str
    per_month: int
    team: str = ""


class PlannedEachMonth(Told):
    team: str
    tool: str
    number: int
    theme: str | None = None


class DrawnCases(Told):
    day: Past
    tool: str
    size: int
    seed: str
    first_case: int
    cases: int
    teams: tuple[str, ...]
    """Cases are of these in turn."""


class OwnTool(Told):
    copied: str
    name: str
    domain: str
    question: str
    drafted: str
    """A question that is still a draft."""


class Panel(Told):
    """Of one audit: its members grade alone, and all but its leader have."""

    day: Past
    audit: str
    by: str
    members: tuple[str, ...]
    grade: str
    because: str


class ProgrammeFile(Told):
    name: str
    by: str
    begun: Past
    from_month: int
    to_month: int
    exclude_months: int
    auditors: tuple[Staffed, ...]
    planned: tuple[PlannedEachMonth, ...]
    drawn: DrawnCases
    tool: OwnTool
    panel: Panel

    def span(self, today: date) -> tuple[date, date]:
        """First days of its first and its last month."""
        this = today.replace(day=1)
        return months_after(this, self.from_month), months_after(this, self.to_month)

    def counts(self, offset: int, team: str, today: date) -> bool:
        """Whether an audit of that day and team is one of the programme's."""
        began = max(self.begun, (self.span(today)[0] - today).days)
        return offset >= began and team in {line.team for line in self.planned}


def scenes(stage: Stage, told: ProgrammeFile) -> Iterator[Scene]:
    yield Scene(told.begun, told.by, partial(_write_tool, stage, told))
    yield Scene(told.begun, told.by, partial(_plan, stage, told))
    yield Scene(told.drawn.day, told.by, partial(_draw, stage, told))
    yield Scene(told.panel.day, told.panel.by, partial(_convene, stage, told.panel))
    for member in told.panel.members:
        yield Scene(told.panel.day, member, partial(_give, stage, told.panel, member))


def _plan(stage: Stage, told: ProgrammeFile) -> None:
    by, (begins, ends) = stage.person(told.by), told.span(stage.today)
    programme = commands.begin(
        stage.council, name=told.name, begins=begins, ends=ends, exclude_months=told.exclude_months, by=by
    )
    for line in told.planned:
        commands.plan(
            programme, team=stage.team(line.team), tool_id=line.tool, theme_code=line.theme,
            months=months(begins, ends), number=line.number, by=by,
        )  # fmt: skip
    for one in told.auditors:
        team = stage.team(one.team) if one.team else None
        commands.staff(programme, person=stage.person(one.who), per_month=one.per_month, team=team, by=by)
    stage.keep("programme", programme)


def _draw(stage: Stage, told: ProgrammeFile) -> None:
    """The list is made here: the demonstration has no children."""
    drawn, by = told.drawn, stage.person(told.by)
    teams = [stage.team(key).name for key in drawn.teams]
    cases = [
        Listed(f"BR-{drawn.first_case + place}", {"team": teams[place % len(teams)]}) for place in range(drawn.cases)
    ]
    month = stage.today.replace(day=1)
    asked = Draw(drawn.tool, month, drawn.size, drawn.seed, Method.PROPORTIONAL, STRATA[:1])
    programme = queries.programme(stage.council, stage.get(Programme, "programme").id)
    if programme is not None:
        sample = commands.draw(programme, cases=cases, asked=asked, by=by, on=stage.day(drawn.day))
        commands.allocate(sample, by=by)


def _write_tool(stage: Stage, told: ProgrammeFile) -> None:
    by, on = stage.person(told.by), stage.day(told.begun)
    copied = tools.toolbox().newest(told.tool.copied)
    own = authoring.copy(stage.council, tool=copied, name=told.tool.name, by=by)
    authoring.publish(own, version=own.version, by=by, on=on)
    authoring.take_up(own, version=own.version, by=by)
    question = Question(code="asked", text=told.tool.question)
    authoring.add_question(own, told.tool.domain, version=own.version, question=question, by=by)
    authoring.publish(own, version=own.version, by=by, on=on)
    authoring.take_up(own, version=own.version, by=by)
    question = Question(code="kept", text=told.tool.drafted)
    authoring.add_question(own, told.tool.domain, version=own.version, question=question, by=by)
    db.session.flush()


def _convene(stage: Stage, told: Panel) -> None:
    audit, members = stage.get(Audit, told.audit), [stage.person(key) for key in told.members]
    panels.convene(audit, version=audit.version, members=members, by=stage.person(told.by))


def _give(stage: Stage, told: Panel, member: str) -> None:
    audit, by = stage.get(Audit, told.audit), stage.person(member)
    seat = next(seat for seat in seats_of(audit) if seat.person_id == by.id)
    domains = {domain.domain_code: Given(told.grade) for domain in audit.domains}
    panels.give(
        seat, version=seat.version, domains=domains, grade=told.grade, reason=told.because, by=by,
        on=stage.day(told.day),
    )  # fmt: skip
