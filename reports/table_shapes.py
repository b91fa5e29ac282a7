"""What a table of a pack is, before anything prints it."""

from dataclasses import dataclass
from datetime import date

Cell = str | int | float | date | None


@dataclass(frozen=True, kw_only=True)
class Table:
    name: str
    """Short, for a sheet: "Plan"."""
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    only_in_sheets: int = 0
    """How many of the last columns a document leaves out: numbers that it has in words."""

    @property
    def in_documents(self) -> "Table":
        """The same without the columns that only a spreadsheet has."""
        if not self.only_in_sheets:
            return self
        width = len(self.columns) - self.only_in_sheets
        rows = tuple(row[:width] for row in self.rows)
        return Table(name=self.name, caption=self.caption, columns=self.columns[:width], rows=rows)
