"""Pages drawn as PDFs, line by line, so that a test decides what stands where and what every sign means."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

PAGE_WIDTH, PAGE_HEIGHT = 595.0, 842.0
_NARROW = "ijltfrI.,;:'!|()[]-’‘“” "
_WIDE = "mwMWOQGD—%@"


@dataclass
class Line:
    text: str
    left: float
    top: float
    """Baseline, from the top of the page."""
    size: float = 12.0
    bold: bool = False
    right: float | None = None
    """Where it ends, if it is to be stretched or narrowed; else as Helvetica runs."""


@dataclass
class Sheet:
    lines: list[Line] = field(default_factory=list)


def width(text: str, size: float) -> float:
    """Roughly what a line takes in Helvetica."""
    return size * sum(
        0.3 if sign in _NARROW else 0.86 if sign in _WIDE else 0.68 if sign.isupper() else 0.53 for sign in text
    )


def wrapped(text: str, room: float, size: float) -> list[str]:
    """Lines no wider than ``room``. A line break in the text is kept."""
    lines: list[str] = []
    for part in text.split("\n"):
        line = ""
        for word in part.split():
            if line and width(f"{line} {word}", size) > room:
                lines.append(line)
                line = word
            else:
                line = f"{line} {word}".strip()
        lines.append(line)
    return lines


def pdf(sheets: Sequence[Sheet], *, claims_size_one: bool = False) -> bytes:
    """The pages as a PDF. ``claims_size_one`` sets every font at size 1 and scales it by the text matrix."""
    signs = sorted({sign for sheet in sheets for line in sheet.lines for sign in line.text} - {"\n"})
    codes = {sign: index + 1 for index, sign in enumerate(signs)}
    objects: list[bytes] = [b"<</Type/Catalog/Pages 2 0 R>>", b""]
    fonts = [_font(objects, name, codes) for name in ("Helvetica", "Helvetica-Bold")]
    kids = []
    for sheet in sheets:
        content = _content(sheet, codes, claims_size_one)
        objects.append(b"<</Length %d>>stream\n%b\nendstream" % (len(content), content))
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Contents %d 0 R"
            b"/Resources<</Font<</F0 %d 0 R/F1 %d 0 R>>>>>>" % (PAGE_WIDTH, PAGE_HEIGHT, len(objects), *fonts)
        )
        kids.append(len(objects))
    objects[1] = b"<</Type/Pages/Count %d/Kids[%b]>>" % (len(kids), b" ".join(b"%d 0 R" % kid for kid in kids))
    return _file(objects)


def _font(objects: list[bytes], name: str, codes: dict[str, int]) -> int:
    """A font whose codes are drawn as Helvetica draws the sign, or as a bullet, and mean exactly the sign."""
    names = " ".join(f"{code}/{_glyph(sign)}" for sign, code in codes.items())
    widths = " ".join(str(round(1000 * width(sign, 1.0))) for sign in codes)
    ranges = "\n".join(f"<{code:02x}> <{sign.encode('utf-16-be').hex()}>" for sign, code in codes.items())
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def 1 begincodespacerange <00> <ff> "
        f"endcodespacerange {len(codes)} beginbfchar\n{ranges}\nendbfchar endcmap end end"
    ).encode()
    objects.append(b"<</Length %d>>stream\n%b\nendstream" % (len(cmap), cmap))
    objects.append(
        (
            f"<</Type/Font/Subtype/Type1/BaseFont/{name}/FirstChar 1/LastChar {len(codes)}/Widths[{widths}]"
            f"/Encoding<</Type/Encoding/Differences[{names}]>>/ToUnicode {len(objects)} 0 R>>"
        ).encode()
    )
    return len(objects)


_GLYPHS = {
    " ": "space", ".": "period", ",": "comma", ":": "colon", ";": "semicolon", "-": "hyphen", "’": "quoteright",
    "‘": "quoteleft", "“": "quotedblleft", "”": "quotedblright", "(": "parenleft", ")": "parenright", "?": "question",
    "–": "endash", "—": "emdash", "&": "ampersand", "/": "slash", "'": "quotesingle", "%": "percent", "£": "sterling",
    "0": "zero", "1": "one", "2": "two", "3": "three", "4": "four", "5": "five", "6": "six", "7": "seven",
    "8": "eight", "9": "nine",
}  # fmt: skip


def _glyph(sign: str) -> str:
    return sign if re.fullmatch("[A-Za-z]", sign) else _GLYPHS.get(sign, "bullet")


def _content(sheet: Sheet, codes: dict[str, int], size_one: bool) -> bytes:
    parts = []
    for line in sheet.lines:
        shown = "".join(f"{codes[sign]:02x}" for sign in line.text)
        size, scale = (1, line.size) if size_one else (line.size, 1)
        across = 100.0 if line.right is None else 100 * (line.right - line.left) / width(line.text.rstrip(), line.size)
        parts.append(
            f"BT /F{int(line.bold)} {size} Tf {across:.1f} Tz {scale} 0 0 {scale} {line.left:.2f} "
            f"{PAGE_HEIGHT - line.top:.2f} Tm <{shown}> Tj ET"
        )
    return "\n".join(parts).encode()


def _file(objects: Iterable[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj%b\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(places) + 1, start)
    return bytes(out)
