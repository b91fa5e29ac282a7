"""What the words of a row mean here: tools, areas, teams, colleagues and grades, or a refusal that names the column."""

from dataclasses import dataclass
from functools import cached_property

from tracker.audits.past.queries import Known
from tracker.audits.past.rules import (
    DOMAIN,
    HEARD,
    KEEP_NAME,
    LEFT_OUT,
    LONGEST_NAME,
    NO_GRADE,
    NO_TEAM,
    NOT_KNOWN,
    NOT_NAMED,
    TOOK_PART,
    YES,
    Field,
    domain_key,
    family_heard,
    grade_meant,
)
from tracker.audits.rules import FamilyFeedback, Given
from tracker.audits.schema import LOOKED_AT, Domain, Tool
from tracker.people.models import Person, Team
from tracker.platform.columns import folded
from tracker.platform.errors import Refused
from tracker.platform.lines import Line, about
from tracker.platform.previews import Meanings


@dataclass(frozen=True)
class Words:
    """Reads the cells of a line against the tools and the people as they stand now."""

    known: Known
    meanings: Meanings
    tool_id: str | None = None
    """The tool of the whole file."""

    def known_tool(self, line: Line) -> Tool | None:
        if self.tool_id is not None:
            return self.known.tools_by_id.get(self.tool_id)
        text = folded(line.text(Field.TOOL))
        told = self.told(Field.TOOL, text)
        return self.known.tools_by_id.get(told) if told else self.known.tools_by_word.get(text)

    def known_area(self, tool: Tool, text: str) -> str | None:
        return self.told(Field.AREA, text) or self._areas[tool.framework].get(folded(text))

    def known_theme(self, tool: Tool, text: str) -> str | None:
        return self.told(Field.THEME, text) or self._themes[tool.framework].get(folded(text))

    def known_team(self, text: str) -> Team | None:
        told = self.told(Field.TEAM, text)
        return self.known.teams_by_id.get(told) if told else self.known.teams_by_name.get(folded(text))

    def known_person(self, text: str) -> Person | None:
        told = self.told(Field.AUDITOR, text)
        return self.known.people_by_id.get(told) if told else self.known.people_by_word.get(folded(text))

    def is_kept_name(self, text: str) -> bool:
        """Whether somebody said that this auditor is no colleague."""
        return self.told(Field.AUDITOR, text) == KEEP_NAME

    def is_no_answer(self, column: Field, text: str) -> bool:
        """Whether somebody said that this word names no team, or does not answer what the column asks."""
        return self.told(column, text) in {NO_TEAM, NOT_KNOWN}

    def tool(self, line: Line) -> Tool:
        with about(Field.TOOL):
            found = self.known_tool(line)
            if found is None and self.tool_id is not None:
                raise Refused("The tool that you chose for this file is offered no more. Bring the file in again.")
            if found is None:
                text = line.text(Field.TOOL)
                raise Refused(f"No audit tool here is called “{text[:80]}”. Say what it means." if text else NO_TOOL)
            return found

    def area(self, line: Line, tool: Tool) -> str | None:
        text = line.text(Field.AREA)
        with about(Field.AREA):
            found = self.known_area(tool, text) if text else None
            if text and found is None:
                raise Refused(f"There is no judgement area “{text[:80]}”. Say what it means.")
            return found

    def theme(self, line: Line, tool: Tool) -> str | None:
        text = line.text(Field.THEME)
        with about(Field.THEME):
            found = self.known_theme(tool, text) if text else tool.theme
            if text and found not in self._themes[tool.framework].values():
                raise Refused(f"There is no theme “{text[:80]}” for this tool. Say what it means, or leave it empty.")
            return found

    def team(self, line: Line) -> Team | None:
        text = line.text(Field.TEAM)
        with about(Field.TEAM):
            found = self.known_team(text) if text else None
            if text and found is None and not self.is_no_answer(Field.TEAM, text):
                raise Refused(f"No team here is called “{text[:80]}”. Say which is meant, or have it added first.")
            return found

    def auditor(self, line: Line) -> tuple[Person | None, str]:
        """The colleague who audited, or the name to keep: nobody is made up who cannot be asked."""
        text = " ".join(line.text(Field.AUDITOR).split())
        found = self.known_person(text) if text else None
        if found is not None:
            return found, ""
        with about(Field.AUDITOR):
            if len(text) > LONGEST_NAME:
                raise Refused(f"A name has at most {LONGEST_NAME} characters.")
        return None, text or NOT_NAMED

    def known_part(self, text: str) -> str | None:
        """YES or NO: whether the practitioner took part."""
        told = self.told(Field.PRACTITIONER, text)
        return None if told == NOT_KNOWN else told or TOOK_PART.get(folded(text))

    def known_heard(self, text: str) -> FamilyFeedback | None:
        told = self.told(Field.FAMILY, text)
        if told == NOT_KNOWN:
            return None
        return FamilyFeedback(told) if told else HEARD.get(folded(text))

    def with_practitioner(self, line: Line) -> bool | None:
        """None where the row does not say it."""
        text = line.text(Field.PRACTITIONER)
        with about(Field.PRACTITIONER):
            found = self.known_part(text) if text else None
            if text and found is None and not self.is_no_answer(Field.PRACTITIONER, text):
                raise Refused(f"“{text[:80]}” does not say whether the practitioner took part. Say what it means.")
            return None if found is None else found == YES

    def family_feedback(self, line: Line) -> FamilyFeedback | None:
        """None where the row does not say it."""
        text = line.text(Field.FAMILY)
        with about(Field.FAMILY):
            found = self.known_heard(text) if text else None
            if text and found is None and not self.is_no_answer(Field.FAMILY, text):
                raise Refused(f"“{text[:80]}” does not say whether the family was heard. Say what it means.")
            return family_heard(found, line.text(Field.FAMILY_SAID))

    def grade(self, line: Line, tool: Tool) -> str:
        if not tool.gives_grades:
            return LOOKED_AT
        with about(Field.GRADE):
            code = self._grade(tool, line.text(Field.GRADE))
            if code is None:
                raise Refused("Give the overall grade.")
            return code

    def moderated(self, line: Line, tool: Tool) -> str | None:
        with about(Field.MODERATED):
            return self._grade(tool, line.text(Field.MODERATED)) if tool.gives_grades else None

    def domains(self, line: Line, tool: Tool) -> dict[str, Given]:
        """The grade of each domain that the row gives one for."""
        given = {domain.code: self.domain(line, tool, domain) for domain in tool.domains}
        return {code: one for code, one in given.items() if one is not None}

    def domain(self, line: Line, tool: Tool, domain: Domain) -> Given | None:
        key = domain_key(domain)
        text = line.text(key)
        if not text:
            return None
        with about(key):
            code = self._domain(tool, text)
        return Given(None, applies=False) if code == LEFT_OUT else Given(code)

    def asks_grade(self, column: str, tool: Tool, text: str) -> bool:
        """Whether a word in a column of grades has to be explained."""
        if not tool.gives_grades or not text or grade_meant(tool, text, self.meanings) is not None:
            return False
        return not (column.startswith(DOMAIN) or column == Field.MODERATED) or folded(text) not in NO_GRADE

    def _domain(self, tool: Tool, text: str) -> str:
        if grade_meant(tool, text, self.meanings) is None and folded(text) in NO_GRADE:
            return LEFT_OUT
        return self._meant(tool, text)

    def _grade(self, tool: Tool, text: str) -> str | None:
        """A grade for the whole case; None where the cell says that there is none."""
        if not text or (grade_meant(tool, text, self.meanings) in {None, LEFT_OUT} and folded(text) in NO_GRADE):
            return None
        code = self._meant(tool, text)
        return None if code == LEFT_OUT else code

    def _meant(self, tool: Tool, text: str) -> str:
        code = grade_meant(tool, text, self.meanings)
        if code is None:
            raise Refused(f"“{text[:80]}” is no grade of {tool.name}. Say what it means.")
        return code

    def told(self, column: str, text: str) -> str:
        """What somebody said that a word of a column means, as it is kept; empty where nobody did."""
        return self.meanings.get(column, {}).get(folded(text), "")

    @cached_property
    def _areas(self) -> dict[str, dict[str, str]]:
        """Framework -> word -> code of an area."""
        return {
            tool.framework: {
                folded(word): area.code
                for area in self.known.areas(tool)
                for word in (area.code, area.name, area.short_name, *area.variants)
            }
            for tool in self.known.box.latest
        }

    @cached_property
    def _themes(self) -> dict[str, dict[str, str]]:
        return {
            tool.framework: {
                folded(word): theme.code
                for area in self.known.areas(tool)
                for theme in area.themes
                for word in (theme.code, theme.name, f"{theme.code} {theme.name}")
            }
            for tool in self.known.box.latest
        }


NO_TOOL = "Say which tool the audit was made with."
