"""Whether a practice example fits on one page, section by section. Measured while it is written, and before it is made.

Pure. That a page of these lengths is one page is proved where pages are made.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

LONGEST: Mapping[str, int] = {
    "title": 120, "contact": 90, "team": 90, "partners": 180, "aims": 550, "done": 950, "in_the_way": 450,
    "shows": 500, "words": 300,
}  # fmt: skip
"""Characters that each section may have. Our choice: together they fill an A4 page in 9.5 point."""
NAMES: Mapping[str, str] = {
    "title": "Summary",
    "contact": "Key contact",
    "team": "Team",
    "partners": "Partners",
    "aims": "Motivation and objectives",
    "done": "What was done",
    "in_the_way": "What stood in the way",
    "shows": "Evidence of impact",
    "words": "Voice",
}
"""As a practice spotlight submission calls them."""
LINE = 90
"""Characters of a line: a line end takes the rest of its line, counted as a whole one."""


class Practice(Protocol):
    """The part of an example that only practice examples have."""

    @property
    def contact(self) -> str: ...
    @property
    def team(self) -> str: ...
    @property
    def partners(self) -> str: ...
    @property
    def aims(self) -> str: ...
    @property
    def done(self) -> str: ...
    @property
    def in_the_way(self) -> str: ...


class Example(Protocol):
    """What is measured: evidence that may be a practice example."""

    @property
    def title(self) -> str: ...
    @property
    def shows(self) -> str: ...
    @property
    def words(self) -> str: ...
    @property
    def practice(self) -> Practice | None: ...


@dataclass(frozen=True)
class Measured:
    """One section beside the room it has, in characters."""

    name: str
    length: int
    longest: int

    @property
    def over(self) -> int:
        return max(0, self.length - self.longest)

    @property
    def sentence(self) -> str:
        """
        >>> Measured("What was done", 970, 950).sentence
        '“What was done” is 20 characters too long for one page: it takes 970, and 950 fit.'
        """
        unit = "character" if self.over == 1 else "characters"
        return (
            f"“{self.name}” is {self.over:,} {unit} too long for one page: it takes {self.length:,}, and "
            f"{self.longest:,} fit."
        )


def measured(example: Example) -> Sequence[Measured]:
    """Every section in the order of a submission; none when it is no practice example."""
    if example.practice is None:
        return []
    return [Measured(NAMES[name], _taken(_text(example, name)), longest) for name, longest in LONGEST.items()]


def too_long(example: Example) -> Iterator[Measured]:
    return (one for one in measured(example) if one.over)


def _text(example: Example, name: str) -> str:
    return str(getattr(example if hasattr(example, name) else example.practice, name))


def _taken(text: str) -> int:
    """
    >>> _taken("Met weekly."), _taken("Met weekly.\\n\\nThen daily.")
    (11, 204)
    """
    return len(text) + LINE * text.count("\n")
