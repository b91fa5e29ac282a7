"""Contents as the HTML that a PDF is made of: in characters that our fonts can draw. Without WeasyPrint."""

import re
from functools import cache

from fontTools.ttLib import TTFont  # type: ignore[import-untyped] # ships no types

from reports import html
from reports.contents import PackContents
from reports.places import FACES, FONTS
from reports.prose import breakable, readable

BEFORE_INLINE = re.compile(r"(?<=[^\s>]) (?=<(?:a|b|em|span|strong)\b)")
DAY = '<meta name="dcterms.created" content="{0}" />\n<meta name="dcterms.modified" content="{0}" />\n</head>'


def source(contents: PackContents, *, digest: str) -> str:
    """The whole document, which says when it was made: on the day of its contents, so that it is the same again."""
    made = _spaced(html.source(_printable(contents), digest=digest))
    return made.replace("</head>", DAY.format(f"{contents.made_on.isoformat()}T00:00:00Z"), 1)


@cache
def _characters() -> frozenset[str]:
    """Every character that one of our faces can draw."""
    drawn: set[int] = set()
    for face in FACES:
        with TTFont(FONTS / face, lazy=True) as font:
            drawn |= font.getBestCmap().keys()
    return frozenset(map(chr, drawn))


def _printable(contents: PackContents) -> PackContents:
    """The same contents in characters that can be drawn, so that no reader meets an empty box."""
    has = _characters().__contains__
    return contents.reworded(lambda text: breakable(readable(text, has)))


def _spaced(made: str) -> str:
    """The same document with the space before each inline element apart from the words before it.

    Where words fill a line and only the space after them does not fit, WeasyPrint 70 breaks after the first of them.
    """
    return BEFORE_INLINE.sub("<span> </span>", made)
