"""What the words of a row mean here: people, days, statuses and names, or a refusal that names the column."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from tracker.actions.models import GovernanceBoard
from tracker.actions.rules import Priority, Status
from tracker.actions.sheets.queries import Plan
from tracker.actions.sheets.rules import DAYS, NAMES, NEW_ITEM, Field, day_meant, status_meant
from tracker.improvements.models import ImprovementItem
from tracker.people.models import PartnerOrganisation, Person
from tracker.platform import references
from tracker.platform.columns import folded
from tracker.platform.errors import Refused
from tracker.platform.lines import Line, about
from tracker.platform.previews import Meanings


@dataclass(frozen=True)
class Words:
    """Reads the cells of a line against the plan and the people as they stand now."""

    plan: Plan
    meanings: Meanings

    def meant(self, column: Field, text: str) -> object:
        """Two texts that mean one thing give equal answers: a day in two spellings, a status in two words."""
        if column is Field.STATUS:
            return status_meant(text, self.meanings) or folded(text)
        if column in DAYS:
            return day_meant(text, self.meanings) or folded(text)
        if column is Field.LEAD:
            known = self.known_person(text)
            return known.id if known else folded(text)
        return folded(text)

    def known_item(self, text: str) -> ImprovementItem | None:
        told = self.meanings.get(Field.ITEM, {}).get(folded(text), "")
        said = references.parse(text.split(" ", 1)[0])
        number = int(told) if told.isdigit() else said[1] if said and said[0] == ImprovementItem.prefix else None
        if number is not None:
            return self.plan.items_by_number.get(number)
        return self.plan.items_by_wording.get(folded(text))

    def is_new_item(self, text: str) -> bool:
        """Whether somebody said that this wording is to become an item."""
        return self.meanings.get(Field.ITEM, {}).get(folded(text)) == NEW_ITEM

    def known_name(self, column: Field, text: str) -> GovernanceBoard | PartnerOrganisation | None:
        """The partner or board that a text names."""
        named: Sequence[GovernanceBoard | PartnerOrganisation] = (
            self.plan.partners if column is Field.PARTNER else self.plan.boards
        )
        told = self.meanings.get(column, {}).get(folded(text), folded(text))
        return next((one for one in named if folded(one.name) == told), None)

    def known_person(self, text: str) -> Person | None:
        told = self.meanings.get(Field.LEAD, {}).get(folded(text), "")
        return self.plan.people_by_id.get(told) or self.plan.people_by_name.get(folded(text))

    def person(self, line: Line) -> Person:
        text = line.text(Field.LEAD)
        with about(Field.LEAD):
            if not text:
                raise Refused("Say who leads it.")
            found = self.known_person(text)
            if found is None:
                raise Refused(f"“{text[:80]}” is no colleague here. Say who is meant.")
            return found

    def day(self, line: Line, column: Field) -> date | None:
        text = line.text(column)
        day = day_meant(text, self.meanings) if text else None
        with about(column):
            if day is None and text:
                raise Refused(f"“{text[:80]}” is not a day. Write it like 11 December 2026.")
            return day

    def status(self, line: Line) -> Status | None:
        text = line.text(Field.STATUS)
        status = status_meant(text, self.meanings) if text else None
        with about(Field.STATUS):
            if status is None and text:
                raise Refused(f"“{text[:80]}” is no status here. Say what it means.")
            return status

    def priority(self, line: Line) -> Priority:
        text = line.text(Field.PRIORITY)
        with about(Field.PRIORITY):
            try:
                return Priority(text.capitalize())
            except ValueError:
                words = ", ".join(one.value for one in Priority)
                raise Refused(f"“{text[:80]}” is no priority. Use one of: {words}.") from None

    def partner(self, line: Line) -> PartnerOrganisation | None:
        return cast("PartnerOrganisation | None", self._named(line, Field.PARTNER))

    def board(self, line: Line) -> GovernanceBoard | None:
        return cast("GovernanceBoard | None", self._named(line, Field.BOARD))

    def _named(self, line: Line, column: Field) -> GovernanceBoard | PartnerOrganisation | None:
        text = line.text(column)
        if not text:
            return None
        found = self.known_name(column, text)
        with about(column):
            if found is None:
                raise Refused(f"No {NAMES[column].lower()} here is called “{text[:80]}”. Add it, or say what it means.")
            return found
