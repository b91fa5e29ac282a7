"""Lines put together into the text they are, with hyphens mended."""

import re
from collections.abc import Sequence
from functools import cached_property

from tracker.inspections.reading.glyphs import BULLET, DASHES
from tracker.inspections.reading.readings import Box
from tracker.inspections.reading.rows import LINE_END_HYPHEN, Row

_HYPHENATED = re.compile(r"[^\W_]{2,}-[^\W_]{2,}")
_WORD = re.compile(r"(?<![^\W\d_]-)\b[^\W\d_]{3,}")
_PREFIX = re.compile(
    r"anti|co|cross|de|ex|inter|mid|multi|non|out|over|post|pre|pro|re|self|semi|sub|un|under|well", re.I
)
_SUSPENDED = re.compile(r"(?:and|or|to)\b(?!-)")
"""After these a hyphen at the end of a line stands for a word to come: "16- and 17-year-olds"."""


class Words:
    """The words a report uses within its lines, to tell a word broken at a line's end from a hyphened one."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._rows = rows

    @cached_property
    def _text(self) -> str:
        return "\n".join(row.text.casefold() for row in self._rows)

    @cached_property
    def _whole(self) -> frozenset[str]:
        return frozenset(_WORD.findall(self._text))

    @cached_property
    def _hyphened(self) -> frozenset[str]:
        return frozenset(_HYPHENATED.findall(self._text))

    def broken(self, before: str, after: str) -> bool:
        """Whether ``before-after`` is one word that the line's end has broken, as a hyphening typesetter does.

        Word, which makes nearly all reports, never does: the whole word must be used elsewhere and its end be none.
        """
        if _PREFIX.fullmatch(before) or after.casefold() in self._whole:
            return False
        whole = (before + after).casefold()
        return whole in self._whole and f"{before}-{after}".casefold() not in self._hyphened


def joined(rows: Sequence[Row], words: Words, first: str | None = None) -> str:
    """The text of consecutive rows. ``first`` stands for the first row, where its number or bullet is cut off."""
    lines = [row.text for row in rows]
    if first is not None:
        lines[0] = first
    text = ""
    for line in lines:
        text = _appended(text, line, words)
    return " ".join(text.replace(LINE_END_HYPHEN, "-").split())


def _appended(text: str, line: str, words: Words) -> str:
    if not text or not line:
        return text or line
    end = text[-1]
    if end in LINE_END_HYPHEN + "-‐‑" and len(text) > 1 and not text[-2].isspace():
        return _across_hyphen(text[:-1], line, words)
    if end in DASHES and len(text) > 1 and not text[-2].isspace() and line[0].isdigit():
        return text + line
    return f"{text} {line}"


def _across_hyphen(text: str, line: str, words: Words) -> str:
    if _SUSPENDED.match(line):
        return f"{text}- {line}"
    before = re.search(r"[^\W\d_]+$", text)
    after = re.match(r"[^\W\d_]+", line)
    if before and after and words.broken(before.group(), after.group()):
        return text + line
    return f"{text}-{line}"


def around(rows: Sequence[Row]) -> Box:
    """The box around those of the rows that stand on the first one's page."""
    beside = [row for row in rows if row.page == rows[0].page]
    return Box(
        round(min(row.left for row in beside), 1),
        round(min(row.top for row in beside), 1),
        round(max(row.right for row in beside), 1),
        round(max(row.bottom for row in beside), 1),
    )


def bulleted(text: str) -> str | None:
    """What follows the bullet that a line starts with; None if it starts with none."""
    return text[1:].lstrip() if text.startswith(BULLET) else None


def dashed(text: str) -> str | None:
    """What follows the dash of a sub-bullet; None if the line starts with none."""
    return text[1:].lstrip() if len(text) > 2 and text[0] in DASHES and text[1] == " " else None
