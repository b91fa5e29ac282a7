"""A spreadsheet that comes in: what begins anew when another of its sheets is chosen."""

from tracker.actions.sheets.models import PlanSheet
from tracker.platform.columns import Wanted
from tracker.platform.workbooks import Row, Sheet

WANTED = (Wanted("title", "Action required", needed=True),)


def test_rows_that_were_left_out_are_of_the_sheet_before() -> None:
    first = Sheet("Old", (Row(1, ("Action required",)), Row(2, ("Audit every plan",))))
    second = Sheet("New", (Row(1, ("No.", "Action required")), Row(2, ("1", "Train all managers"))))
    brought = PlanSheet(file_name="plan.xlsx", left_out=[])
    brought.take([first], WANTED, {})
    brought.leave_out([2], of=[2])

    brought.take([second], WANTED, {})

    assert (brought.sheet_name, brought.columns, brought.left_out) == ("New", {"title": 1}, [])
