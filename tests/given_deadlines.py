"""What a test about the statutory clock is given."""

from datetime import date

from tests import given
from tracker.deadlines import queries
from tracker.deadlines.queries import Line
from tracker.inspections.models import Inspection
from tracker.platform.db import db

PUBLISH = "publish_report"
STATEMENT = "statement_of_action"


def a_received_inspection(received_on: date = date(2026, 6, 17), **about: object) -> Inspection:
    """An inspection whose report came on a day; 30 working days later is 29 July, 70 are 24 September 2026."""
    inspection = given.an_inspection(**about)  # type: ignore[arg-type]  # passed through as it came
    inspection.received_on = received_on
    db.session.flush()
    return inspection


def a_line(inspection: Inspection, code: str = PUBLISH, *, today: date) -> Line:
    line = queries.line(inspection, code, today)
    assert line is not None
    return line
