"""What a table of counts in somebody's spreadsheet says: which stages and groups, and how many. Pure.

Stages may stand in rows and groups in columns, or the other way round, or each count in a row of its own. Nothing of
the file is kept: its counts come back as a form that somebody looks at and saves.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from tracker.indicators.difference.rules import MOST_COUNTED, NOT_KNOWN, Shape
from tracker.indicators.importing import children, figures, kept
from tracker.platform.columns import HEADING_WITHIN, folded, likeliest_name
from tracker.platform.errors import Refused
from tracker.platform.workbooks import Row, Sheet, address, text_of

NOT_KNOWN_AS = (
    "not known", "unknown", "not recorded", "not stated", "missing", "not obtained", "information not yet obtained",
    "refused", "prefer not to say", "unspecified",
)  # fmt: skip
TOTALS = frozenset(
    {"total", "all", "all children", "totals", "sum", "grand total", "overall", "all staff", "all groups"}
)
STAGE_HEADINGS = frozenset({"stage", "point", "decision point", "step", "grade", "pathway stage"})
GROUP_HEADINGS = frozenset({"group", "category", "ethnicity", "ethnic group", "sex", "gender", "age", "disability"})
COUNT_HEADINGS = frozenset({"count", "number", "children", "total", "value", "staff", "headcount", "n"})
NOTHING = ""
"""What a word means that means no stage and no group here."""


class Part(StrEnum):
    """What a word stands for."""

    STAGE = "stage"
    GROUP = "group"


@dataclass(frozen=True)
class Unclear:
    """A word of the table that is no stage or group yet, with what it may be."""

    word: str
    at: str
    part: Part
    likely: str
    """Code of what is most like it; empty where nothing is."""


@dataclass(frozen=True)
class Wrong:
    """A cell that cannot be taken, and why."""

    at: str
    why: str


@dataclass
class Told:
    """What a table says."""

    counts: dict[tuple[str, str], int] = field(default_factory=dict)
    cells: dict[tuple[str, str], str] = field(default_factory=dict)
    """Where each count stands: "C4"."""
    unclear: list[Unclear] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    """Words that are left out: totals, and those that were said to mean nothing here."""

    @property
    def is_clear(self) -> bool:
        return not self.unclear and not self.wrong


@dataclass(frozen=True)
class Words:
    """What words mean in one pathway."""

    shape: Shape
    meanings: Mapping[str, str]
    """As ``folded`` -> code, NOTHING for none; what is remembered and what was just said."""

    def names(self, part: Part) -> dict[str, str]:
        """Code -> name of everything that a word may mean."""
        if part is Part.STAGE:
            return {one.code: one.name for one in self.shape.stages}
        return {**{one.code: one.name for one in self.shape.groups}, NOT_KNOWN: "Not recorded"}

    def is_known(self, code: str) -> bool:
        return code == NOTHING or any(code in self.names(part) for part in Part)

    def means(self, word: str, part: Part) -> str | None:
        """Its code; NOTHING where it means nothing here, None where nobody knows yet."""
        said, names = folded(word), self.names(part)
        told = self.meanings.get(said)
        if told == NOTHING or told in names:
            return told
        if said in NOT_KNOWN_AS and part is Part.GROUP:
            return NOT_KNOWN
        by_name = {folded(name): code for code, name in names.items()} | {folded(code): code for code in names}
        return by_name.get(said)


@dataclass(frozen=True)
class Brought:
    """What a table says, and its cells as text, so that a page can carry them to the next."""

    told: Told
    words: Words
    said: Mapping[str, str]
    """What somebody just said of unclear words: word -> code."""
    text: str


def brought(sheets: Sequence[Sheet], shape: Shape, remembered: Mapping[str, str], said: Mapping[str, str]) -> Brought:
    words = Words(shape, {**remembered, **{folded(word): code for word, code in said.items()}})
    told = read(sheets, words)
    return Brought(told, words, {word: code for word, code in said.items() if words.is_known(code)}, _as_text(sheets))


def read(sheets: Sequence[Sheet], words: Words) -> Told:
    """The sheet that names most stages and groups, read as it is laid out.

    Raises ChildLevel where it looks like a list of children, Refused where no stage or no group is found.
    """
    kept.require_readable(sheets)
    children.require_none(sheets)
    ways = [way for sheet in sheets for way in _ways(sheet, words)]
    best = max(ways, key=lambda one: one[0], default=None)
    if best is None or best[0] < 2:
        raise Refused(
            "No table of stages and groups was found. Put the stages in the first column and the groups over the "
            "others, or take the empty table from here and fill it in."
        )
    return best[1]


def _ways(sheet: Sheet, words: Words) -> Iterator[tuple[int, Told]]:
    """Each way to read a sheet, with how many stages and groups it finds."""
    near = [row for row in sheet.rows if row.number <= sheet.rows[0].number + HEADING_WITHIN]
    for row in near:
        if (long := _long(row)) is not None:
            told, found = _down(sheet, row, long, words)
            yield found, told
        for across, down in ((Part.GROUP, Part.STAGE), (Part.STAGE, Part.GROUP)):
            named = sum(words.means(text_of(cell), across) not in (None, NOTHING) for cell in row.cells[1:] if cell)
            if named:
                told, found = _across(sheet, row, across, down, words)
                yield named + found, told


def _long(row: Row) -> tuple[int, int, int] | None:
    """Places of the columns with the stage, the group and the count, where headings say so."""
    heads = [folded(text_of(cell)) for cell in row.cells]
    places = [
        next((place for place, head in enumerate(heads) if head in wanted), None)
        for wanted in (STAGE_HEADINGS, GROUP_HEADINGS, COUNT_HEADINGS)
    ]
    stage, group, count = places
    return None if stage is None or group is None or count is None else (stage, group, count)


def _down(sheet: Sheet, heading: Row, places: tuple[int, int, int], words: Words) -> tuple[Told, int]:
    """A row for each count."""
    told, found = Told(), 0
    for row in sheet.rows:
        if row.number <= heading.number:
            continue
        stage = _meant(told, words, row, places[0], Part.STAGE)
        group = _meant(told, words, row, places[1], Part.GROUP)
        if stage and group:
            found += 1
            _take(told, row, places[2], (stage, group))
    return told, found


def _across(sheet: Sheet, heading: Row, across: Part, down: Part, words: Words) -> tuple[Told, int]:
    """A row for each stage and a column for each group, or the other way round."""
    told, found = Told(), 0
    over = {
        place: code
        for place in range(1, len(heading.cells))
        if text_of(heading.at(place)) and (code := _meant(told, words, heading, place, across))
    }
    for row in sheet.rows:
        if row.number <= heading.number or not text_of(row.at(0)) or not _holds(row):
            continue
        code = _meant(told, words, row, 0, down)
        if not code:
            continue
        found += 1
        for place, other in over.items():
            _take(told, row, place, (other, code) if down is Part.GROUP else (code, other))
    return told, found


def _holds(row: Row) -> bool:
    """Whether anything stands beside a row's name: notes under a table have nothing there."""
    return any(cell is not None for cell in row.cells[1:])


def _meant(told: Told, words: Words, row: Row, place: int, part: Part) -> str | None:
    """The code that a cell means. A total is left out, what is unclear is noted once."""
    word = text_of(row.at(place))
    if not word:
        return None
    code = words.means(word, part)
    if code is None and folded(word) in TOTALS:
        code = NOTHING
    if code == NOTHING and word not in told.left:
        told.left.append(word)
    if code is None and folded(word) not in [folded(one.word) for one in told.unclear]:
        likely = likeliest_name(word, words.names(part)) or ""
        told.unclear.append(Unclear(word[:80], address(row.number, place), part, likely))
    return code or None


def _take(told: Told, row: Row, place: int, where: tuple[str, str]) -> None:
    at = address(row.number, place)
    try:
        count = figures.read_count(row.at(place))
    except Refused as why:
        told.wrong.append(Wrong(at, str(why).replace("children are counted whole", "a count is whole")))
        return
    if count is None:
        return
    if not 0 <= count <= MOST_COUNTED:
        told.wrong.append(Wrong(at, "A count is 0 or more." if count < 0 else "This is too large to be a count."))
    elif where in told.counts:
        told.wrong.append(Wrong(at, f"Cell {told.cells[where]} says how many already. Leave one of the two."))
    else:
        told.counts[where], told.cells[where] = count, at


def _as_text(sheets: Sequence[Sheet]) -> str:
    """The cells of the first sheet as text parted by tabs, so that a page can carry them to the next."""
    return "\n".join(
        "\t".join(" ".join(text_of(cell).split()) for cell in row.cells) for sheet in sheets for row in sheet.rows
    )
