"""How a pack looks where an authority has chosen it: its colours, its crest, a word on every page. Pure."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from pydantic.dataclasses import dataclass

from reports.parts import CHECKED

INK, ACCENT = "#14324a", "#0b5563"
"""The colours of headings and rules, and of links, references and numbers, as our styles name them."""
GROUND = "#edf2f5"
"""The darkest ground on which either stands."""
READABLE = 4.5
"""To one: the least contrast of text. Source: WCAG 2.2, success criterion 1.4.3."""
COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
PICTURE = "data:image/png;base64,"
"""How the address of a picture begins that is part of the document itself."""


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class Crest:
    """A picture of the authority's own, frozen with the pack."""

    png: str
    """The file, in base64."""
    alt: str
    width: int
    """Pixels."""
    height: int

    @property
    def address(self) -> str:
        return f"{PICTURE}{self.png}"


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class Look:
    """What a profile chose. Nothing in it is reworded: it is no text of the pack."""

    profile: str
    """Its name: "Scrutiny committee"."""
    watermark: str = ""
    """A word that stands beside every page."""
    ink: str = INK
    accent: str = ACCENT
    crest: Crest | None = None
    left_out: tuple[str, ...] = ()
    """What was taken out, each as words that follow "Left out:"."""

    @property
    def note(self) -> str:
        """ "Left out: names of people; internal remarks." """
        return f"Left out: {'; '.join(self.left_out)}." if self.left_out else ""


def contrast(one: str, other: str) -> float:
    """How far two colours stand apart, from 1 to 21. Source: WCAG 2.2, relative luminance and contrast ratio.

    >>> round(contrast("#000000", "#ffffff"), 1), round(contrast("#777777", "#ffffff"), 2)
    (21.0, 4.48)
    """
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def overriding(path: Path, look: Look | None) -> str:
    """Rules that give what the style sheet at ``path`` styles the colours of a look; nothing where they are ours.

    A document's own rules come before those of a style sheet that its renderer brings, whatever their selectors say.
    So every colour is said again, and not only those that differ.
    """
    if look is None or (look.ink, look.accent) == (INK, ACCENT):
        return ""
    return "\n".join(
        rule if rule.startswith(".tag") else rule.replace(INK, look.ink).replace(ACCENT, look.accent)
        for rule in _coloured(path)
    )


@cache
def _coloured(path: Path) -> Sequence[str]:
    """The rules of a style sheet with nothing in them but colours, in order."""
    style = COMMENT.sub("", path.read_text(encoding="utf-8"))
    return [rule for head, body in _blocks(style) if (rule := _kept(head, body))]


def _kept(head: str, body: str) -> str:
    """One rule, or the boxes in the margins of a page; empty where it names no colour."""
    if head.startswith("@page"):
        inside = " ".join(filter(None, (_kept(box, within) for box, within in _blocks(body))))
    else:
        inside = "; ".join(
            f"{name.strip()}{'-color' if name.strip().startswith('border') else ''}: {colour[0]}".replace(
                "color-color", "color"
            )
            for name, _, value in (one.partition(":") for one in body.split(";"))
            if (colour := COLOUR.search(value))
        )
    return f"{head} {{ {inside} }}" if inside else ""


def _blocks(style: str) -> Iterator[tuple[str, str]]:
    """Each block of a style sheet: what stands before its braces, and what between them."""
    depth, began, opened = 0, 0, 0
    for place, letter in enumerate(style):
        if letter == "{":
            depth += 1
            opened = place if depth == 1 else opened
        elif letter == "}":
            depth -= 1
            if depth == 0:
                yield style[began:opened].rpartition(";")[2].strip(), style[opened + 1 : place]
                began = place + 1
