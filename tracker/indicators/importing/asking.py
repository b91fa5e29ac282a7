"""The words of a file that nobody here can know the meaning of: what to ask, and what to offer as the answer."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tracker.indicators.importing.queries import Measures
from tracker.indicators.importing.reading import says
from tracker.indicators.importing.rules import NONE_OF_OURS, PERIODS, Cell, Field, Said
from tracker.platform.columns import folded, likeliest_name

MOST_ASKED = 60
"""Words that one page asks about, open ones first; the others are asked once these are explained. Our choice."""


@dataclass(frozen=True)
class Word:
    """A word of the file, where it stands first, and how often."""

    kind: str
    """``Field.MEASURE`` or ``PERIODS``."""
    word: str
    at: str
    times: int
    likeliest: str = ""
    """What is offered: what was said before, else what is most like it."""
    is_open: bool = True
    """Whether it has no meaning here yet."""
    unclear: str = ""
    """Of a heading: why it is no period yet."""

    @property
    def key(self) -> str:
        return folded(self.word)


def words(said: Sequence[Said], measures: Measures, headings: Mapping[str, str]) -> list[Word]:
    """Each name and heading over figures that has no meaning here yet, then those that somebody explained."""
    found = [*_headings(said, headings), *_measures(said, measures)]
    return sorted(found, key=lambda one: not one.is_open)[:MOST_ASKED]


def offered(measures: Measures) -> Iterable[tuple[str, str]]:
    """What a name can mean, as value and text."""
    yield NONE_OF_OURS, "No measure here: leave its rows out"
    for one in measures.all:
        yield str(one.number), f"{one.reference} {one.name} ({one.basis})"


def _measures(said: Sequence[Said], measures: Measures) -> Iterable[Word]:
    names = {str(one.number): one.name for one in measures.all}
    rows = [
        one.measure if one.measure.text else one.reference
        for one in said
        if any(map(says, one.figures)) and not measures.by_reference(one.reference.text)
    ]
    times = Counter(folded(cell.text) for cell in rows)
    for cell in _first(rows):
        told = measures.meanings.get(folded(cell.text), "")
        is_open = not measures.is_none(cell.text) and not measures.meant(cell.text)
        if is_open or told:
            likeliest = "" if told in names else likeliest_name(cell.text, names)
            offer = told if told in names or told == NONE_OF_OURS else likeliest or ""
            yield Word(Field.MEASURE, cell.text, cell.at, times[folded(cell.text)], offer, is_open)


def _headings(said: Sequence[Said], headings: Mapping[str, str]) -> Iterable[Word]:
    unclear = [one for row in said for one in row.figures if says(one) and one.unclear]
    times = Counter(folded(one.heading.text) for one in unclear)
    why = {folded(one.heading.text): one.unclear for one in unclear}
    for cell in _first([one.heading for one in unclear]):
        key = folded(cell.text)
        yield Word(PERIODS, cell.text, cell.at, times[key], headings.get(key, ""), key not in headings, why[key])


def _first(cells: Sequence[Cell]) -> Iterable[Cell]:
    """The first cell of each word, in the order of the file."""
    found: dict[str, Cell] = {}
    for cell in cells:
        found.setdefault(folded(cell.text), cell)
    return [cell for word, cell in found.items() if word]
