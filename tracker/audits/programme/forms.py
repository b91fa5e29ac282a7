"""What is asked of somebody who plans a year of audits, draws its cases and gives them out."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from wtforms.validators import DataRequired, InputRequired, Length

from tracker.audits.programme.commands import Draw
from tracker.audits.programme.models import Allocation, Programme
from tracker.audits.programme.rules import months
from tracker.audits.sampling.lists import STRATA, Listed, read_list, read_pasted
from tracker.audits.sampling.rules import Method
from tracker.audits.schema import Tool
from tracker.frameworks.schema import Area
from tracker.people.models import Membership, Team
from tracker.platform.errors import Refused
from tracker.web.fields import (
    CheckboxesField,
    ChoiceField,
    FileField,
    Form,
    HiddenVersionField,
    MonthField,
    NumberField,
    PersonField,
    RadiosField,
    SelectField,
    TextAreaField,
    TextField,
)

_line = Length(max=200, message="Use at most 200 characters")
_list = Length(max=200_000, message="This list is too long to paste. Choose it as a file.")
LIST_HINT = (
    "A row for each case: a column headed Case with made-up references, and any of Team, Age, Legal status, Ethnicity, "
    "Worker and Manager; an age is a number of years or a band. Other columns are not read. No names of children."
)


class BeginForm(Form):
    name = TextField("Name", [DataRequired("Give the programme a name"), _line], width=30)
    begins = MonthField("First month", [InputRequired("Enter its first month")], hint="Such as December 2026.")
    ends = MonthField("Last month", [InputRequired("Enter its last month")])
    exclude_months = NumberField(
        "Leave out cases audited in the last months", whole=True, hint="How many months. 0: leave none out."
    )

    @property
    def span(self) -> tuple[date, date]:
        """The days entered; both are filled by now."""
        if self.begins.data is None or self.ends.data is None:
            raise Refused("Enter the first and the last month.")
        return self.begins.data, self.ends.data

    @property
    def excluded(self) -> int:
        number = self.exclude_months.data
        if number is not None and not 0 <= number <= 60:
            raise Refused("Leave out cases of between 0 and 60 months.")
        return int(number) if number is not None else 0


class PlanForm(Form):
    team = SelectField("Team", [InputRequired("Choose a team")], blank="Choose a team")
    tool = SelectField("Tool", [InputRequired("Choose a tool")], blank="Choose a tool")
    theme = SelectField("Theme", blank="The tool’s own, or none")
    months = CheckboxesField("Months", [DataRequired("Choose at least one month")], inline=True)
    number = NumberField(
        "Audits in each of these months", [InputRequired("Say how many")], whole=True, hint="0 takes them out."
    )

    def offer(
        self,
        programme: Programme,
        teams: Sequence[Team],
        tools: Sequence[Tool],
        areas: Sequence[Area],
        *,
        gone: Sequence[Tool] = (),
    ) -> None:
        """``gone``: tools that are offered no more and still planned, so that they can be taken out."""
        self.team.offer([(str(team.id), team.name) for team in teams])
        offered = [(tool.id, tool.name) for tool in tools]
        self.tool.offer([*offered, *((tool.id, f"{tool.name} (offered no more)") for tool in gone)])
        self.theme.offer({a.short_name: [(t.code, f"{t.code} {t.name}") for t in a.themes] for a in areas if a.themes})
        self.months.offer(
            [(f"{month:%Y-%m-%d}", f"{month:%b %Y}") for month in months(programme.begins, programme.ends)]
        )

    @property
    def chosen(self) -> Sequence[date]:
        return [date.fromisoformat(month) for month in self.months.data or []]


class AuditorForm(Form):
    person = PersonField("Auditor", [InputRequired("Choose an auditor")])
    per_month = NumberField(
        "Audits a month",
        [InputRequired("Say how many a month")],
        whole=True,
        hint="0 takes the auditor off the programme.",
    )
    team = SelectField("Own team", blank="None", hint="No case of it is given to this auditor.")

    def offer(self, colleagues: Sequence[Membership], teams: Sequence[Team]) -> None:
        self.person.offer([(one.person_id, one.person.name) for one in colleagues])
        self.team.offer([(str(team.id), team.name) for team in teams])


class ListFields(Form):
    """A list of cases, as a file or pasted."""

    file = FileField("List of cases, as .xlsx or .csv", hint=LIST_HINT, accept=".xlsx,.csv,text/csv")
    pasted = TextAreaField(
        "Or paste it", [_list], rows=5, hint="With headings, or references alone, one to a line.", guard=False
    )

    @property
    def cases(self) -> Sequence[Listed]:
        """What was given. Raises Refused where nothing was, and where it cannot be used."""
        if self.file.data:
            return read_list(self.file.data.stream)
        if self.pasted.data:
            return read_pasted(self.pasted.data)
        raise Refused("Choose a file with the list of cases, or paste it.")


class DrawForm(ListFields):
    tool = SelectField("Tool", [InputRequired("Choose a tool")], blank="Choose a tool")
    month = SelectField("Month", [InputRequired("Choose a month")], hint="Audits are due by its last day.")
    size = NumberField("How many cases?", [InputRequired("Say how many cases")], whole=True)
    method = ChoiceField("How are they drawn?", Method, [InputRequired("Say how they are drawn")])
    strata = CheckboxesField("Groups by", hint="Not for a random draw.", inline=True)
    seed = TextField(
        "Seed",
        [DataRequired("Give a seed"), _line],
        hint="Any words or numbers. With it anybody can draw again.",
        width=20,
    )

    def offer(self, programme: Programme, tools: Sequence[Tool]) -> None:
        self.tool.offer([(tool.id, tool.name) for tool in tools])
        self.month.offer(
            [(f"{month:%Y-%m-%d}", f"{month:%B %Y}") for month in months(programme.begins, programme.ends)]
        )
        self.strata.offer([(column, column.capitalize()) for column in STRATA])

    @property
    def asked(self) -> Draw:
        return Draw(
            tool_id=self.tool.data,
            month=date.fromisoformat(self.month.data),
            size=int(self.size.data or 0),
            seed=self.seed.data or "",
            method=self.method.data,
            strata=tuple(self.strata.data or ()) if self.method.data is not Method.RANDOM else (),
        )


class GiveForm(Form):
    version = HiddenVersionField()
    auditor = RadiosField("Auditor", [InputRequired("Choose an auditor")], coerce=lambda value: UUID(str(value)))

    def ask(self, allocation: Allocation, offered: Sequence[tuple[UUID, str, str]]) -> None:
        """``offered``: id, name, and why not, for each auditor."""
        self.version.data = allocation.version
        self.auditor.offer(
            [(str(auditor_id), name) for auditor_id, name, _ in offered],
            hints={str(auditor_id): why for auditor_id, _, why in offered if why},
        )
        self.auditor.data = allocation.auditor_id


class HandBackForm(Form):
    version = HiddenVersionField()
    because = TextAreaField("Why?", [DataRequired("Say why you hand it back"), _line], rows=2)
