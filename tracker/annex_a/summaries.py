"""Reading a validator's summary: faults by rule and count. Whatever could be a list of children is refused unread.

What is taken is in ``docs/user-guide/annex-a.md``. A refusal never repeats what a cell holds: it could be a child's.
"""

import csv
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tracker.platform import child_data
from tracker.platform.errors import Refused

LARGEST = 64 * 1024
"""Bytes. Our choice: a summary is a page or two; a list of children is larger."""
MOST_RULES = 300
"""Rows that a summary may have. Our choice: validators of these lists have fewer rules than that."""
ONE_EACH = 20
"""So many rows that all count one fault are a list with a row for each child."""
LONGEST = {"rule": 40, "about": 200}

NAMES = {
    "list": "list", "annex a list": "list", "list number": "list",
    "rule": "rule", "rule code": "rule", "code": "rule", "rule id": "rule",
    "count": "count", "faults": "count", "errors": "count", "number of faults": "count", "error count": "count",
    "about": "about", "description": "about", "message": "about", "rule description": "about", "rule name": "about",
}  # fmt: skip
"""What the heading of a column is taken for."""

OF_CHILDREN = re.compile(
    r"\b(upn|unique pupil|pupil number|date of birth|birth ?date|d\.?o\.?b|nhs|forename|surname|first ?name|last ?name"
    r"|(full|child|young person)s? ?name|name|child(ren)?s? ?(unique )?(id|identifier|number|reference)"
    r"|unique id|person id|individual id"
    r"|case (id|number|reference)|gender|sex|ethnicity|age|post ?code|address|uasc|disab\w+|legal status"
    r"|(allocated|social) worker|placement\w*|start date|end date|date of \w+|urn)\b",
    re.IGNORECASE,
)
"""Headings that only a list of children has."""
WORKBOOK = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
LIST_CODE = re.compile(r"(?:annex a )?(?:list)?[ _-]*0*([1-9]\d?)", re.IGNORECASE)
LINE = re.compile(r"([^:\t]+)[:\t]\s*([\d,]+)\s*")
LONG_NUMBER = re.compile(r"\d{5,}")
A_DAY = re.compile(r"\b\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4}\b")

NOT_KEPT = "Nothing of it was kept."
TAKEN = "A summary has one row for each rule: list, rule, count and, if you like, about."


@dataclass(frozen=True)
class Fault:
    rule: str
    words: str
    count: int

    def as_json(self) -> dict[str, object]:
        return {"rule": self.rule, "words": self.words, "count": self.count}


Summary = Mapping[str, Sequence[Fault]]
"""Code of a list to its faults, the most frequent first."""


class ListOfChildren(Refused):
    """What was brought looks like rows of children."""

    def __init__(self, why: str) -> None:
        super().__init__(f"This was refused because {why}. {NOT_KEPT} {TAKEN}")


def read(content: bytes, codes: Sequence[str], *, of_list: str | None = None) -> Summary:
    """Faults by list. ``codes`` are those of the framework; ``of_list`` is meant where a row names none.

    Raises ListOfChildren for what looks like rows of children, Refused for what is no summary.
    """
    _check_kind(content)
    rows = list(_rows(_text(content)))
    if not rows:
        raise Refused(f"The file is empty, or holds headings only. {TAKEN}")
    _check_no_children(rows)
    found: dict[str, dict[str, Fault]] = {}
    for place, row in enumerate(rows, start=1):
        code, fault = _code(row, codes, of_list, place), _fault(row, place)
        if fault.rule in found.setdefault(code, {}):
            raise ListOfChildren(f"the same rule comes more than once for list {code} (again in row {place})")
        found[code][fault.rule] = fault
    return {code: sorted(faults.values(), key=lambda one: (-one.count, one.rule)) for code, faults in found.items()}


def _check_kind(content: bytes) -> None:
    if content.startswith(WORKBOOK):
        raise ListOfChildren("it is a workbook, as the lists of children are. Save the validator's summary as CSV")
    if len(content) > LARGEST:
        raise ListOfChildren(f"it is larger than {LARGEST // 1024} KB, as a list of children is, and no summary is")


def _text(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if "\0" in text:
        raise Refused(f"The file is not text. Save the validator's summary as CSV, JSON or text. {NOT_KEPT}")
    return text.strip()


def _rows(text: str) -> Iterator[Mapping[str, str]]:
    """Each row by what its columns are taken for. Headings are looked at before any cell."""
    if text[:1] in ("[", "{"):
        yield from _of_json(text)
        return
    lines = [line for line in text.splitlines() if line.strip()]
    if lines and (LIST_CODE.fullmatch(lines[0].strip().rstrip(":")) or LINE.fullmatch(lines[0].strip())):
        yield from _of_lines(lines)
        return
    delimiter = next((one for one in "\t;," if one in (lines[0] if lines else "")), ",")
    cells = next(csv.reader(lines[:1], delimiter=delimiter), [])
    headings = [_plain(cell) for cell in cells]
    _check_headings(headings)
    if {"rule", "count"} <= {NAMES.get(heading, "") for heading in headings}:
        for row in csv.reader(lines[1:], delimiter=delimiter):
            if len(row) > len(headings):
                raise Refused(f"A row has more cells than there are headings. {TAKEN} {NOT_KEPT}")
            yield dict(zip([NAMES[heading] for heading in headings], (cell.strip() for cell in row), strict=False))
    else:
        yield from _of_lines(lines)


def _of_json(text: str) -> Iterator[Mapping[str, str]]:
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        raise Refused(f"The file begins like JSON and cannot be read as it. {NOT_KEPT}") from None
    listed = content.get("faults") if isinstance(content, dict) else content
    if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        raise Refused(f"The JSON must be a list of objects, one for each rule. {TAKEN} {NOT_KEPT}")
    for one in listed:
        headings = [_plain(key) for key in one]
        _check_headings(headings)
        if unknown := [heading for heading in headings if heading not in NAMES]:
            raise Refused(f"Row {listed.index(one) + 1} has {len(unknown)} keys that a summary does not have. {TAKEN}")
        yield {NAMES[key]: str(value).strip() for key, value in zip(headings, one.values(), strict=True)}


def _of_lines(lines: Sequence[str]) -> Iterator[Mapping[str, str]]:
    """ "List 8" on a line of its own, then "rule: count" a line."""
    code = ""
    for place, line in enumerate(lines, start=1):
        if named := LIST_CODE.fullmatch(line.strip().rstrip(":")):
            code = named[1]
            continue
        found = LINE.fullmatch(line.strip())
        if found is None:
            raise Refused(
                f"Line {place} says neither which list nor “rule: count”, and the first line has no headings of a "
                f"summary. {TAKEN} {NOT_KEPT}"
            )
        yield {"list": code, "rule": found[1].strip(), "count": found[2]}


def _plain(heading: str) -> str:
    return re.sub(r"[\W_]+", " ", heading).strip().lower()


def _check_headings(headings: Sequence[str]) -> None:
    """Of columns or keys: those that only children have are refused before anything else is looked at."""
    for heading in headings:
        if (named := OF_CHILDREN.search(heading)) and heading not in NAMES:
            raise ListOfChildren(f"a column is called “{named[0]}”, which only a list of children or adopters has")
    known = {NAMES[heading] for heading in headings if heading in NAMES}
    if {"rule", "count"} <= known and (number := sum(heading not in NAMES for heading in headings)):
        columns = "column" if number == 1 else "columns"
        raise Refused(f"It has {number} {columns} that a summary does not have. {TAKEN} {NOT_KEPT}")
    if len(known) != sum(heading in NAMES for heading in headings):
        raise Refused(f"Two columns say the same thing. {TAKEN} {NOT_KEPT}")


def _check_no_children(rows: Sequence[Mapping[str, str]]) -> None:
    if len(rows) > MOST_RULES:
        raise ListOfChildren(f"it has {len(rows)} rows, and a validator has fewer than {MOST_RULES} rules")
    if len(rows) > ONE_EACH and all(row.get("count") == "1" for row in rows):
        raise ListOfChildren(f"each of its {len(rows)} rows counts one, as a list with a row for each child would")
    for place, row in enumerate(rows, start=1):
        text = f"{row.get('rule', '')} {row.get('about', '')}"
        if found := child_data.found_in({"": text}):
            raise ListOfChildren(f"row {place} holds what looks like {found[0].sign.value}")
        if A_DAY.search(text) or LONG_NUMBER.search(row.get("rule", "")):
            raise ListOfChildren(f"row {place} holds a day or a long number where the code of a rule would stand")


def _code(row: Mapping[str, str], codes: Sequence[str], of_list: str | None, place: int) -> str:
    named = row.get("list", "")
    if not named:
        if of_list is None:
            raise Refused(f"Row {place} does not say which list it is about. Choose the list, or add a column “list”.")
        return of_list
    found = LIST_CODE.fullmatch(named)
    if found is None or found[1] not in codes:
        raise Refused(f"Row {place} names a list that there is not. The lists are {codes[0]} to {codes[-1]}.")
    return found[1]


def _fault(row: Mapping[str, str], place: int) -> Fault:
    rule, words, count = row.get("rule", ""), row.get("about", ""), row.get("count", "").replace(",", "")
    if not rule:
        raise Refused(f"Row {place} names no rule. {TAKEN}")
    if len(rule) > LONGEST["rule"] or len(words) > LONGEST["about"]:
        raise Refused(
            f"Row {place} is too long: the code of a rule has at most {LONGEST['rule']} letters, what it is about at "
            f"most {LONGEST['about']}."
        )
    if not re.fullmatch(r"\d{1,7}", count):
        raise Refused(f"The count in row {place} must be a whole number of faults, such as 12.")
    return Fault(rule, words, int(count))
