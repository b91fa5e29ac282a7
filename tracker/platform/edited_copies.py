"""Which download a workbook is the edited copy of: a number on a sheet of its own, to tell later changes by."""

from collections.abc import Sequence
from uuid import UUID

from tracker.platform.workbooks import Sheet

ABOUT = "About this file"
ABOUT_CELL = "Download number"
"""Stands beside the number."""


def download_of(sheets: Sequence[Sheet]) -> UUID | None:
    """The number of the download that a file says it was; None where it says none.

    >>> from tracker.platform.workbooks import Row
    >>> number = "1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed"
    >>> str(download_of([Sheet(ABOUT, (Row(1, (ABOUT_CELL, number)),))])) == number
    True
    """
    rows = next((sheet.rows for sheet in sheets if sheet.name == ABOUT), ())
    number = next((str(row.at(1)) for row in rows if row.at(0) == ABOUT_CELL), "")
    try:
        return UUID(number)
    except ValueError:
        return None
