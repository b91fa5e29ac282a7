"""What became of each file, as a table in a file: a line for each file, or for each doubt about it."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from tracker.cli.importing.told import Told
from tracker.platform.errors import Refused

COLUMNS = (("File", 50), ("What became of it", 24), ("Why", 60), ("Doubtful", 28), ("Page", 8), ("Doubt", 60))
Row = tuple[str, str, str, str, int | None, str]


def check(path: Path) -> None:
    """Refuse before hours are spent on what cannot be written."""
    if path.suffix.lower() not in (".csv", ".xlsx"):
        raise Refused("The report can be written as .csv or .xlsx. End its name with one of them.")
    if not path.absolute().parent.is_dir():
        raise Refused(f"There is no folder {path.parent} to write the report in.")


def write(told: Sequence[Told], path: Path) -> None:
    from tracker.web.spreadsheet import harmless, workbook  # loads the web kit, which only this needs

    rows = [row for one in told for row in _rows(one)]
    if path.suffix.lower() == ".xlsx":
        path.write_bytes(workbook("Reports that were read", COLUMNS, rows, sheet="Files"))
        return
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file)
        table.writerow(heading for heading, _ in COLUMNS)
        table.writerows([harmless(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)


def _rows(told: Told) -> Iterator[Row]:
    begin = (told.file, told.became.capitalize(), told.sentence)
    if not told.unsure:
        yield (*begin, "", None, "")
    for field in told.unsure:
        yield (*begin, field.field, field.page, field.why)
