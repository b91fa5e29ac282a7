"""The plan as an Excel file."""

from collections.abc import Sequence
from datetime import date

from tracker.actions import rules
from tracker.actions.models import GovernanceBoard
from tracker.actions.queries import PlanRow
from tracker.people.models import PartnerOrganisation, Person
from tracker.web.spreadsheet import Cell, workbook

COLUMNS = (
    ("Item", 8), ("What needs to improve", 50), ("Source", 22), ("Item owner", 20), ("Action", 9),
    ("What will be done", 50), ("Lead", 20), ("Accountable", 20), ("Priority", 10), ("Start", 18), ("Due", 18),
    ("First due", 18), ("Days late", 10), ("Status", 30), ("Difference made", 18), ("What changed for children", 50),
    ("Success measure", 50), ("Partner", 24), ("Contact there", 24), ("Board", 24),
)  # fmt: skip


def written(rows: Sequence[PlanRow], today: date) -> bytes:
    """The lines of the plan as one sheet."""
    title = f"Improvement plan as at {today:%-d %B %Y}"
    return workbook(title, COLUMNS, [cells(row, today) for row in rows], sheet="Plan")


def cells(row: PlanRow, today: date) -> list[Cell]:
    """One line, in the order of COLUMNS; an item without actions leaves the action's cells empty."""
    item, action = row.item, row.action
    of_item: list[Cell] = [
        item.reference, item.wording, item.source_line, item.owner.name if item.owner else "No owner",
    ]  # fmt: skip
    if action is None:
        return [*of_item, "", "No action"]
    late = rules.days_late(action.status, action.due_on, action.difference_due_on, today)
    return [
        *of_item, action.reference, action.title, action.lead.name, _name(action.accountable or item.accountable),
        action.priority.value, action.starts_on, action.due_on, action.first_due_on, late or None,
        rules.IN_FULL[action.status], action.difference_word.value, action.difference, action.success_measure,
        _name(action.partner), action.partner_contact, _name(action.board),
    ]  # fmt: skip


def _name(named: Person | PartnerOrganisation | GovernanceBoard | None) -> str:
    return named.name if named else ""
