"""What evidence brings to a pack: the register, what people said, practice on one page, and the register of an area."""

from typing import Literal

from pydantic.dataclasses import dataclass

from reports.parts import CHECKED, KeyFigure, RegisterEntry, Row, Voice


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class PracticeExample:
    """One piece of practice, in the order of a practice spotlight submission. Its title is its summary."""

    chapter: Literal["practice-example"] = "practice-example"
    title: str
    reference: str
    """"E-231"."""
    facts: tuple[Row, ...]
    """Key contact, team, partners and day: short, and plain text."""
    sections: tuple[Row, ...]
    """Why, what was done, what stood in the way, what came of it. Markdown."""
    voice: str = ""
    """Somebody's own words, without a name; empty: nobody's have been recorded."""
    voice_of: str = ""
    """"Young person"."""


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class HeldEntry:
    """One piece of evidence as inspectors on site look for it: what it is, how fresh, and where to find it."""

    entry: RegisterEntry
    freshness: str
    """"Fresh", "Stale since 4 March 2026"."""
    held_as: str
    """The name of its file in a bundle, the address of a link, or that it is words alone."""
    speaks_for: tuple[str, ...] = ()
    """"For I-9: 22 of 24 dates complete"."""

    @property
    def reference(self) -> str:
        return self.entry.reference


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class AreaRegister:
    """The evidence of one judgement area, with what is missing named before what is there."""

    chapter: Literal["area-register"] = "area-register"
    title: str
    figures: tuple[KeyFigure, ...] = ()
    gaps: tuple[Row, ...] = ()
    entries: tuple[HeldEntry, ...] = ()


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class Register:
    """Everything the pack relies on. Where each is cited is worked out, with page numbers, from the pack itself."""

    chapter: Literal["register"] = "register"
    title: str = "Evidence register"
    lede: str = ""
    note: str = ""
    """Beside the table's caption: "everything is invented unless marked real"."""
    entries: tuple[RegisterEntry, ...] = ()


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class Voices:
    chapter: Literal["voices"] = "voices"
    title: str = "What children and families say"
    lede: str = ""
    voices: tuple[Voice, ...] = ()
    notes: tuple[Row, ...] = ()
    """Who we have not heard."""
