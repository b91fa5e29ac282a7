"""The plan as a workbook to edit: what each cell says, and the drop-downs, filters and frozen headings around them."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from uuid import UUID

from xlsxwriter import Workbook

from tracker.actions.models import Action
from tracker.actions.rules import Priority
from tracker.actions.sheets.asking import STATUSES
from tracker.actions.sheets.queries import Plan
from tracker.actions.sheets.rules import DAYS, NAMES, Field
from tracker.actions.sheets.texts import texts
from tracker.web.spreadsheet import add_about, harmless, offer_choices, print_above, properties

SHEET = "Plan"
WIDTHS: Mapping[Field, int] = {
    Field.REFERENCE: 10, Field.ITEM: 45, Field.TITLE: 45, Field.LEAD: 22, Field.START: 18, Field.DUE: 18,
    Field.DUE_REASON: 30, Field.STATUS: 20, Field.DONE: 45, Field.DIFFERENCE: 45, Field.SUCCESS: 45,
    Field.PRIORITY: 12, Field.PARTNER: 24, Field.BOARD: 24,
}  # fmt: skip
"""Columns of the file, in order, with their widths in characters."""

HELP = (
    "Change what you like in the sheet “Plan”, save the file, and bring it back on the same page.",
    "A row without an action reference becomes a new action. Removing a row removes nothing.",
    "What colleagues change meanwhile is kept. Where you both changed one thing, you will be asked.",
    "A new due date needs its reason in the next column. Write what has happened in a cell that is empty now.",
)


def workbook(actions: Sequence[Action], plan: Plan, *, number: UUID, title: str) -> bytes:
    """The file for Excel or LibreOffice; ``number`` names the download in it."""
    file = BytesIO()
    with Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties(properties(title))
        _plan_sheet(book, actions, plan)
        add_about(book, number, HELP)
    return file.getvalue()


def _plan_sheet(book: Workbook, actions: Sequence[Action], plan: Plan) -> None:
    page = book.add_worksheet(SHEET)
    print_above(page)
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    plain = book.add_format({"text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "d mmmm yyyy", "valign": "top", "align": "left"})
    for place, (column, width) in enumerate(WIDTHS.items()):
        page.set_column(place, place, width)
        page.write_string(0, place, NAMES[column], head)
    for line, action in enumerate(actions, start=1):
        said, days = texts(action), {Field.START: action.starts_on, Field.DUE: action.due_on}
        for place, column in enumerate(WIDTHS):
            if column in DAYS and days[column] is not None:
                page.write_datetime(line, place, days[column], day)
            else:
                page.write_string(line, place, harmless(said[column]), plain)
    last = max(len(actions), 1)
    page.freeze_panes(1, 1)
    page.autofilter(0, 0, last, len(WIDTHS) - 1)
    offer_choices(book, page, _choices(plan), last=last + SPARE_ROWS)


SPARE_ROWS = 200
"""Empty rows below the plan in which new actions find the same drop-downs. Our choice."""


def _choices(plan: Plan) -> dict[int, Sequence[str]]:
    """Place of a column -> the words that it offers."""
    offered: dict[Field, Sequence[str]] = {
        Field.STATUS: [status.value for status in STATUSES],
        Field.PRIORITY: [priority.value for priority in Priority],
        Field.LEAD: [person.name for person in plan.colleagues],
        Field.PARTNER: [partner.name for partner in plan.partners],
        Field.BOARD: [board.name for board in plan.boards],
    }
    return {list(WIDTHS).index(column): words for column, words in offered.items()}
