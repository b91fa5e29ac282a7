"""Text as Word, Excel and web pages put it on the clipboard, made the Markdown that a statement is written in.

``from_html`` reads markup; ``cleaned`` mends plain text. Neither looks anything up: a picture is left out, wherever it
lies, and a link is kept as words.
"""

import re
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from itertools import groupby

OF_AN_OFFICE = re.compile(
    r"<o:p\b|<w:|<!--\[if|<!--StartFragment|\bclass=[\"']?Mso|\bstyle=[\"'][^\"'>]*\bmso-|urn:schemas-microsoft-com",
    re.IGNORECASE,
)
"""Markup that nobody types: what Word and Outlook write."""

UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")
SPACES = re.compile("[\u00a0\u2007\u202f]")
POINT = re.compile(r"^(\s*)[·•▪§◦‣\uf0b7\uf0a7\uf0d8\uf076]\s*", re.MULTILINE)
POINT_BELOW = re.compile(r"^\s*o\t\s*", re.MULTILINE)
NUMBERED = re.compile(r"^(\s*\d{1,3}[.)])\t+\s*", re.MULTILINE)

PICTURE = re.compile(r"!\[([^\[\]]{0,300})\]\(\s*data:[^()\s]*\s*\)", re.IGNORECASE)
"""A picture that lies within the text itself, thousands of letters long."""

BLOCKS = frozenset(["p", "div", "section", "article", "blockquote", "pre", "ul", "ol", "table", "dl", "hr"])
LEFT_OUT = frozenset(["style", "script", "head", "title", "xml", "svg", "template", "iframe", "object", "noscript"])
EMPHASIS = {"b": "\x01\x02", "strong": "\x01\x02", "i": "\x03\x04", "em": "\x03\x04"}
"""What stands for the beginning and the end of bold and italic words until a line is whole."""
HEADINGS = frozenset(f"h{level}" for level in range(1, 7))
DEEPEST = 6
"""Steps that a list goes in; points of a deeper one stay on the last. Source: our choice; nobody reads deeper."""
LEVEL = re.compile(r"mso-list:[^;]*\blevel(\d)")


def cleaned(text: str) -> str:
    """Plain text as it is kept: no unseen characters, points and numbers of lists as Markdown, rows of Excel a table.

    >>> cleaned("Known:\\n\\uf0b7\\tVisits are late\\no\\tin two teams")
    'Known:\\n- Visits are late\\n  - in two teams'
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n")
    if OF_AN_OFFICE.search(plain):
        plain = from_html(plain)
    plain = PICTURE.sub(r"(picture left out: \1)", SPACES.sub(" ", UNSEEN.sub("", plain)))
    plain = NUMBERED.sub(r"\1 ", POINT_BELOW.sub("  - ", POINT.sub(r"\1- ", plain)))
    return "\n".join(_with_tables(plain.split("\n")))


def _with_tables(lines: Sequence[str]) -> Iterator[str]:
    """Lines that stand together and have the same number of tabs are the rows of a table."""
    for tabs, group in groupby(lines, key=lambda line: line.strip(" ").count("\t")):
        rows = list(group)
        if tabs == 0 or len(rows) < 2:
            yield from rows
        else:
            yield from _table([row.strip(" ").split("\t") for row in rows])


def _table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    width = max(len(row) for row in rows)
    yield ""
    for place, row in enumerate(rows):
        cells = [" ".join(cell.split()).replace("|", "\\|") for cell in row] + [""] * (width - len(row))
        yield f"| {' | '.join(cells)} |"
        if place == 0:
            yield f"|{'---|' * width}"
    yield ""


def from_html(markup: str) -> str:
    """Markup as Markdown: paragraphs, headings, points, tables, bold and italic; whatever else it holds is left out.

    >>> from_html("<p class=MsoNormal>Visits are <b>late</b>.<o:p></o:p></p><ul><li>North<li>South</ul><img src=x>")
    'Visits are **late**.\\n\\n- North\\n- South'
    """
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    return reader.markdown()


class _Reader(HTMLParser):
    """Collects lines; one that begins a block has an empty one before it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self.words = ""
        self.begins = ""
        self.skipped: list[str] = []
        self.lists: list[str] = []
        self.numbers: list[int] = []
        self.rows: list[list[str]] | None = None

    def markdown(self) -> str:
        self._end_line()
        text = "\n".join(self.lines)
        return re.sub(r"\n{3,}", "\n\n", text).strip()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        style = dict(attrs).get("style") or ""
        if self.skipped or tag in LEFT_OUT or "mso-list:ignore" in style.replace(" ", "").lower():
            self._skip(tag)
        elif tag == "br":
            self._add(" " if self.rows is not None else "\n")
        elif tag in EMPHASIS:
            self._add(EMPHASIS[tag][0])
        elif tag in ("ul", "ol"):
            self._end_line(gap=not self.lists)
            self.lists.append(tag)
            self.numbers.append(0)
        elif tag == "table":
            self._end_line(gap=True)
            self.rows = []
        elif self.rows is not None:
            self._table_tag(tag, self.rows)
        else:
            self._block(tag, style)

    def _block(self, tag: str, style: str) -> None:
        if tag == "li":
            self._end_line()
            self.begins = self._point()
        elif level := LEVEL.search(style):
            self._end_line()
            self.begins = "  " * (min(int(level[1]), DEEPEST) - 1) + "- "
        elif tag in HEADINGS:
            self._end_line(gap=True)
            self.begins = "#" * max(2, int(tag[1])) + " "
        elif tag in BLOCKS and not (self.lists and not self.words):
            self._end_line(gap=not self.lists)

    def _point(self) -> str:
        deep = "".join("   " if above == "ol" else "  " for above in self.lists[: min(len(self.lists), DEEPEST) - 1])
        if self.lists and self.lists[-1] == "ol":
            self.numbers[-1] += 1
            return f"{deep}{self.numbers[-1]}. "
        return f"{deep}- "

    def _skip(self, tag: str) -> None:
        if tag not in ("br", "img", "meta", "link", "input", "hr", "col", "wbr", "base"):
            self.skipped.append(tag)

    def _table_tag(self, tag: str, rows: list[list[str]]) -> None:
        if tag == "tr" or (tag in ("td", "th") and not rows):
            rows.append([])
        if tag in ("td", "th"):
            rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        if self.skipped:
            if tag in self.skipped:
                del self.skipped[len(self.skipped) - 1 - self.skipped[::-1].index(tag) :]
        elif tag in EMPHASIS:
            self._add(EMPHASIS[tag][1])
        elif tag in ("ul", "ol") and self.lists:
            self._end_line(gap=len(self.lists) == 1)
            self.lists.pop()
            self.numbers.pop()
        elif tag == "table" and self.rows is not None:
            rows, self.rows = [row for row in self.rows if any(cell.strip() for cell in row)], None
            self.lines += _table(rows) if rows else []
        elif self.rows is None and (tag in BLOCKS or tag in HEADINGS or tag == "li"):
            self._end_line(gap=tag != "li" and not self.lists and not self.begins.lstrip().startswith("- "))

    def handle_data(self, data: str) -> None:
        if not self.skipped:
            self._add(re.sub(r"\s+", " ", data))

    def _add(self, words: str) -> None:
        if self.rows is None:
            self.words += words
        elif self.rows and self.rows[-1]:
            self.rows[-1][-1] += words

    def _end_line(self, *, gap: bool = False) -> None:
        """Put what was collected on lines of its own; with ``gap`` an empty line follows."""
        words = _emphasised(self.words)
        if words:
            first, *rest = words.split("\n")
            self.lines += [self.begins + first, *rest]
        if gap:
            self.lines.append("")
        self.words = self.begins = ""


def _emphasised(words: str) -> str:
    """With the marks of emphasis close to their words, and without those that hold nothing or never end."""
    plain = words.replace("\u00a0", " ")
    for begin, end, mark in (("\x01", "\x02", "**"), ("\x03", "\x04", "*")):
        plain = re.sub(f"{begin}(\\s*){end}", r"\1", plain)
        plain = re.sub(f"{begin}(\\s*)([^{begin}{end}]*?)(\\s*){end}", rf"\1{mark}\2{mark}\3", plain)
        plain = plain.replace(begin, "").replace(end, "")
    lines = (re.sub(r" {2,}", " ", line).strip() for line in plain.split("\n"))
    return "\n".join(lines).strip()
