"""What goes into fields: what somebody would enter, and what nobody would."""

import io
import random
import zipfile
from collections.abc import Sequence

TEXTS: Sequence[bytes] = (
    b"", b" ", b"\x00", b"a\x00b", b"\xff\xfe", b"\xed\xa0\x80", "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 ‮ reversed".encode(), "é" .encode() * 500,
    b"<script>alert(1)</script>", b"' OR 1=1 --", b'"><img src=x>', b"{{ 7 * 7 }}", b"%s%n%d", b"../../etc/passwd",
    b"A" * 70_000, b"word " * 5_000, b"9" * 400, b"-1", b"0", b"1", b"2147483648", b"99999999999999999999", b"1e400",
    b"-0", b"NaN", b"Infinity", b"0x10", "２３".encode(), "٣٤".encode(), "²".encode(), b"1.5", b"1,5", b"1_000",
    b"true",
    b"None", b"[]", b"{}", b"null", b"\r\n\r\n", b"\t", b"a,b;c", b"=1+1", b"#REF!", b"I-1", b"A-0", b"A-99999999999",
    b"E-1", b"Q-1", b"Z-1", b"00000000-0000-0000-0000-000000000001", b"\xe2\x80\xa8", b"\xf0\x9f\x98\x80",
    b"31 February 2026", b"0001-01-01", b"9999-12-31", b"1 January 10000", b"29/2/2025", b"2026-13-45",
    b"3 November 2026",
    b"31 December 9999", b"1 January 1", b"http://[", b"javascript:alert(1)", b"//example.org",
    b"http://example.org:99999999",
    b"a@b", b"%", b"_", b"*", b"(", b'"', b"AND", b"OR NOT", b"NEAR(", b"?", b"&", b"all", b"history", b"None.None",
)  # fmt: skip
QUERIES = (
    "page", "show", "sort", "status", "at", "all", "missing", "since", "q", "kind", "area", "theme", "year", "from",
    "to",
    "day", "then", "now", "who", "lead", "team", "of", "view", "mine", "words", "next", "tool", "period", "compare",
    "measure", "number", "authority", "endpoint", "_anchor", "_external", "values", "months", "version", "by",
    "letter",
)  # fmt: skip
WORDS = ("unknown", "version", "a1-version", "a99999999999999999999-version", "row-0", "x[]", "x.y", "", "é", "a" * 300)
DAYS = (b"3 November 2026", b"20 November 2026", b"1 March 2027", b"31/12/2026", b"2026-10-01")


def plausible(chance: random.Random, name: str, kind: str, held: Sequence[str]) -> bytes | None:
    """What somebody would leave or enter there; None for a box that she does not tick."""
    if kind in {"radio", "checkbox"}:
        return held[0].encode() if chance.random() < 0.6 else None
    if kind == "select":
        return chance.choice([*held, ""]).encode()
    if held and held[0]:
        return held[0].encode()
    if name.endswith(("_on", "dated", "due", "day", "when", "from", "to")):
        return chance.choice(DAYS)
    return chance.choice([b"Plans are reviewed in time", b"12", b"54.5", b"A-1", b"I-1", b"E-1"])


def value_for(chance: random.Random, name: str, kind: str) -> bytes:
    """What nobody would enter there."""
    return chance.choice(TEXTS)


def _zip(**members: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return file.getvalue()


_PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
FILES: Sequence[tuple[bytes, bytes]] = (
    (b"", b""),
    (b"empty.pdf", b""),
    (b"report.pdf", _PDF),
    (b"cut.pdf", _PDF[:20]),
    (b"none", b"\x00" * 50),
    (b"plan.csv", b"Reference,Title\nA-1,Plans\n\xff\xfe,\x00\n"),
    (b"plan.csv", b'"' * 200),
    (b"plan.xlsx", _zip(a=b"b")),
    (b"plan.xlsx", _zip(**{"[Content_Types].xml": b"<x", "xl/workbook.xml": b"<y>"})),
    (b"cut.xlsx", _zip(a=b"b" * 100)[:40]),
    (b"../../up.csv", b"a,b\n1,2\n"),
    (b"\xff\xfe.csv", b"a,b\n1,2\n"),
    (b"nul\x00.csv", b"a,b\n1,2\n"),
    (b"page.html", b"<script>alert(1)</script>"),
    (b"a" * 300 + b".pdf", _PDF),
    (b"list.csv", "Name,Date of birth\nÉ,1/1/2010\n".encode("utf-16")),
    (b"many.csv", b"a,b\n" + b"1,2\n" * 3_000),
)
