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
