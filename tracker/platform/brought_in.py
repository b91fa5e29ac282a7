"""A spreadsheet that somebody brings in, step by step: what is kept of it, and the steps that are the same for all.

What a row means, what it would do and what is remembered of words differs from room to room, and stays there.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from tracker.platform import columns, previews, storage
from tracker.platform.columns import Wanted
from tracker.platform.db import Versioned
from tracker.platform.errors import Conflict, Refused
from tracker.platform.previews import Outcome, Preview
from tracker.platform.workbooks import Sheet, read

LAST_SHEETS = 20
"""How many sheets a page lists. Our choice."""


class BroughtIn(Versioned):
    """How far somebody is with a spreadsheet. Nothing of it counts until it is applied."""

    file_name: Mapped[str]
    brought_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    brought_at: Mapped[datetime]
    sheet_name: Mapped[str]
    headings_row: Mapped[int]
    headings: Mapped[list[str]] = mapped_column(JSON)
    """The text over each column, in order."""
    columns: Mapped[dict[str, int]] = mapped_column(JSON)
    """Key of what is wanted -> place of its column, from 0."""
    meanings: Mapped[dict[str, dict[str, str]]] = mapped_column(JSON, default=dict)
    """What words of this file mean: ``previews.Meanings``."""
    left_out: Mapped[list[int]] = mapped_column(JSON, default=list)
    """Rows that are not to be applied."""
    applied_at: Mapped[datetime | None]
    applied: Mapped[dict[str, int] | None] = mapped_column(JSON(none_as_null=True))
    """Outcome -> number of rows."""

    def require_open(self) -> None:
        """Raises Refused once it was applied."""
        if self.applied_at is not None:
            raise Refused(f"{self.file_name} was applied on {self.applied_at:%-d %B %Y}. Bring the file in again.")

    def take(self, sheets: Sequence[Sheet], wanted: Sequence[Wanted], remembered: Mapping[str, str]) -> None:
        """The one of these sheets that counts and what its columns hold: as chosen before, else by likeness.

        Rows that were left out were of the sheet before.
        """
        sheet, found = columns.likeliest_sheet(sheets, wanted, remembered)
        self.sheet_name, self.headings_row, self.headings = sheet.name, found.row, list(found.names)
        self.columns, self.left_out = columns.suggested(found.names, wanted, remembered), []

    def among(self, sheets: Sequence[Sheet]) -> Sheet:
        """The sheet of the workbook that counts."""
        return next((one for one in sheets if one.name == self.sheet_name), sheets[0])

    def leave_out(self, left_out: Collection[int], *, of: Collection[int]) -> None:
        """Which of the rows that were shown, ``of``, are not to be applied."""
        self.require_open()
        self.left_out = sorted(set(self.left_out) - set(of) | set(left_out))


class RememberedHeadings:
    """What an authority's own headings meant the last time."""

    headings: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    """Heading as ``columns.folded`` -> key of what is wanted, or empty for "none of these"."""

    def remember(self, sheet: BroughtIn, *, but: Collection[int] = ()) -> None:
        """What was chosen for each heading of a file, except those at the places ``but``."""
        held = {place: key for key, place in sheet.columns.items()}
        self.headings = self.headings | {
            columns.folded(name): held.get(place, "")
            for place, name in enumerate(sheet.headings)
            if name and place not in but
        }


def headings_before(memory: RememberedHeadings | None) -> Mapping[str, str]:
    """Nothing where no file was brought in yet."""
    return memory.headings if memory else {}


def kept(file_sha256: str) -> tuple[Sheet, ...]:
    """Every sheet of a file that was kept as it came."""
    with storage.on_disk(file_sha256) as path, path.open("rb") as stream:
        return read(stream)


def named(sheets: Iterable[Sheet], name: str) -> Sheet:
    """The sheet of a workbook that somebody chose."""
    found = next((one for one in sheets if one.name == name), None)
    if found is None:
        raise Refused("The file has no sheet of this name. Choose one of those it has.")
    return found


def require_appliable(
    found: Preview, digest: str, *, moved: str, apply: str = "apply", applied: str = "applied"
) -> None:
    """Raises Refused when a row is refused or none would do anything, and Conflict when it is not what was looked at.

    ``moved`` is the sentence of the conflict; ``apply`` and ``applied`` say what is done, such as "bring in".
    """
    refused = found.counts[Outcome.REFUSED]
    if refused:
        raise Refused(
            f"{previews.rows(refused)} refused, so nothing was {applied}. Put right or leave out what is refused."
        )
    if found.digest != digest:
        raise Conflict(moved)
    if not (found.counts[Outcome.NEW] or found.counts[Outcome.CHANGED]):
        raise Refused(f"No row would change anything, so there is nothing to {apply}.")
