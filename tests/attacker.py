"""Somebody with every pack and file of a day, a calendar and a pencil, who wants the numbers that were hidden.

She knows what measures count in words: which shares are all of a whole, which months make a quarter, and which whole is
counted above another line. She reads every printed number as the range that its rounding leaves, and narrows the range
of what was hidden until nothing narrows any more. Independent of the rule that hides: it shares no code with it.
"""

import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from openpyxl import load_workbook

from reports.contents import Area, PackContents, Scored

Cell = tuple[str, str, str]
"""Reference of a measure, last day of a period, and which of its numbers: "above", "below" or "figure"."""
Range = tuple[float, float]
ANYTHING: Range = (0.0, 1e9)
ROUNDED = 0.05
FIGURE = re.compile(r"^([\d,]+(?:\.\d)?)")
REFERENCE = re.compile(r"\bM-\d+\b")
SPOKEN = re.compile(r"\b(M-\d+) ([\d,]+(?:\.\d)?)")
NAMED = ("Reference", "Reference of the measure, such as M-7", "Measure")
COUNTS = re.compile(r"\b([\d,]+) (?:of|for) ([\d,]+)\b")


@dataclass(frozen=True)
class Equation:
    """What cells add up to, each with its factor: always nought."""

    factors: Mapping[Cell, float]


@dataclass
class Attacker:
    calendar: Mapping[str, Sequence[str]]
    """Of each measure, the periods for which there are figures, oldest first."""
    per: Mapping[str, float]
    """What a figure is for: 100 for a share, 10,000 for a rate; not there for a count."""
    same: Sequence[Sequence[Cell]] = ()
    """Cells that are one number, whatever it is."""
    equations: list[Equation] = field(default_factory=list)
    known: dict[Cell, Range] = field(default_factory=dict)

    # Reading ----------------------------------------------------------------------------------------------------

    def read_pack(self, contents: PackContents) -> None:
        """Every chapter that prints figures of measures, with its lines, earlier figures and points of charts."""
        for chapter in contents.chapters:
            if isinstance(chapter, Scored):
                for one in chapter.measures:
                    self._row(one.reference, one.figure, one.of, one.series)
            elif isinstance(chapter, Area):
                for measure in chapter.measures.measures if chapter.measures else ():
                    self._row(measure.reference, measure.value, "", measure.series)
                    self._figure(measure.reference, -2, measure.was)
                for row in chapter.agreements:
                    for reference, figure in SPOKEN.findall(row.measures.note):
                        self._figure(reference, -1, figure)

    def read_sheet(self, content: bytes) -> None:
        """Any sheet with a measure, a last day, counts and a figure in a line."""
        for sheet in load_workbook(io.BytesIO(content)):
            heads, *rows = sheet.iter_rows(values_only=True)
            for cells in rows:
                row = dict(zip(map(str, heads), cells, strict=True))
                found = REFERENCE.search(" ".join(str(row.get(head)) for head in NAMED))
                if found and found[0] in self.calendar:
                    self._line(found[0], row)

    def _line(self, measure: str, row: Mapping[str, object]) -> None:
        end = next((row[head] for head in ("Last day", "Period ends") if row.get(head)), None)
        period = str(end)[:10] if end else self.calendar[measure][-1]
        for which, heads in (("above", ("Above the line", "Counted")), ("below", ("Below the line", "Out of"))):
            for number in (row.get(head) for head in heads):
                if isinstance(number, int | float):
                    self._learn((measure, period, which), (number, number))
        value = row.get("Figure", row.get("Latest"))
        if isinstance(value, int | float):
            value = value * 100 if "Above the line" in row and self.per.get(measure) == 100 else value
            self._learn((measure, period, "figure"), (value - ROUNDED, value + ROUNDED))

    def _row(self, measure: str, figure: str, counts: str, series: Sequence[float]) -> None:
        if measure not in self.calendar:
            return
        periods = self.calendar[measure]
        self._figure(measure, -1, figure)
        if found := COUNTS.search(counts):
            for which, number in zip(("above", "below"), found.groups(), strict=True):
                self._learn((measure, periods[-1], which), (float(number.replace(",", "")),) * 2)
        if len(series) == len(periods):  # else she cannot tell which are left out
            for period, value in zip(periods, series, strict=True):
                self._learn((measure, period, "figure"), (value - ROUNDED, value + ROUNDED))

    def _figure(self, measure: str, place: int, words: str) -> None:
        found, periods = FIGURE.match(words), self.calendar.get(measure, ())
        if found and len(periods) >= -place:
            value = float(found[1].replace(",", ""))
            self._learn((measure, periods[place], "figure"), (value - ROUNDED, value + ROUNDED))

    # Reckoning --------------------------------------------------------------------------------------------------

    def _learn(self, cell: Cell, told: Range) -> bool:
        low, high = self.known.get(cell, ANYTHING)
        new = max(low, told[0]), min(high, told[1])
        if new[0] > new[1] + 1e-6:
            raise AssertionError(f"What is printed of {cell} does not agree: {(low, high)} and {told}")
        self.known[cell] = new
        return new[0] > low + 1e-9 or new[1] < high - 1e-9

    def reckon(self) -> None:
        """Narrow until nothing narrows: equations and their sums and differences, counts and figures, equal numbers."""
        together = [*self.equations, *_combined(self.equations)]
        for _ in range(100):
            narrowed = [self._solve(equation) for equation in together]
            narrowed += [self._tie(measure, period) for measure, periods in self.calendar.items() for period in periods]
            narrowed += [self._learn(one, self._of(other)) for cells in self.same for one in cells for other in cells]
            narrowed += [self._whole(cell) for cell in list(self.known) if cell[2] != "figure"]
            if not any(narrowed):
                return

    def _of(self, cell: Cell) -> Range:
        return self.known.get(cell, ANYTHING)

    def _solve(self, equation: Equation) -> bool:
        narrowed = False
        for cell, factor in equation.factors.items():
            ends = [
                sorted(-other * end / factor for end in self._of(one))
                for one, other in equation.factors.items()
                if one != cell
            ]
            low, high = sum(end[0] for end in ends), sum(end[1] for end in ends)
            narrowed |= self._learn(cell, (max(low, 0.0), max(high, 0.0)))
        return narrowed

    def _tie(self, measure: str, period: str) -> bool:
        """A figure is what is above the line by what is below it."""
        above, below, figure = ((measure, period, which) for which in ("above", "below", "figure"))
        per = self.per.get(measure)
        if per is None:
            return self._learn(above, self._of(figure)) | self._learn(figure, self._of(above))
        (low, high), (whole_low, whole_high) = self._of(figure), self._of(below)
        if whole_high >= ANYTHING[1] or whole_low <= 0:
            return per == 100 and self._learn(figure, (0.0, 100.0))
        some = self._learn(above, (low * whole_low / per, min(high * whole_high / per, whole_high)))
        part_low, part_high = self._of(above)
        return some | self._learn(figure, (per * part_low / whole_high, per * part_high / whole_low))

    def _whole(self, cell: Cell) -> bool:
        """People are counted whole."""
        low, high = self.known[cell]
        return self._learn(cell, (float(-int(-(low - 1e-6) // 1)), float(int(high + 1e-6))))

    def has(self, measure: str, period: str) -> bool:
        """Whether she knows how many stand above a line, or the figure itself as exactly as it would be printed."""
        (low, high), (least, most) = self._of((measure, period, "above")), self._of((measure, period, "figure"))
        return high - low < 1 or (measure in self.per and most - least < 3 * ROUNDED)


def _combined(equations: Iterable[Equation]) -> Iterator[Equation]:
    """Sums and differences of every two: what they share may fall out."""
    for one, other in combinations(list(equations), 2):
        if set(one.factors) & set(other.factors):
            for sign in (1, -1):
                factors = {
                    cell: one.factors.get(cell, 0) + sign * other.factors.get(cell, 0)
                    for cell in {**one.factors, **other.factors}
                }
                yield Equation({cell: factor for cell, factor in factors.items() if factor})
