"""Whether a file looks like a list of children instead of figures about them. Pure.

Such a file is refused at once, and nothing of it is kept.
"""

import re
from collections.abc import Sequence

from tracker.platform import child_data
from tracker.platform.columns import folded
from tracker.platform.errors import Refused
from tracker.platform.workbooks import Row, Sheet, Value, address, text_of

NAMES = frozenset({
    "carer name", "child first name", "child forename", "child last name", "child name", "child surname",
    "family name", "first name", "first names", "firstname", "forename", "forenames", "full name of child",
    "given name", "given names", "last name", "lastname", "middle name", "mother name", "name of child",
    "name of young person", "parent name", "pupil forename", "pupil name", "pupil surname", "surname",
    "young person forename", "young person name", "young person surname",
})  # fmt: skip
NUMBERS = frozenset({
    "address of child", "adopter id", "adopter identifier", "birth date", "birthdate", "carefirst id",
    "child date of birth", "child dob", "child id", "child identifier", "child la id", "child number",
    "child postcode", "child ref", "child reference", "child unique id", "child unique identifier", "client id",
    "client number", "d o b", "date of birth", "date of birth of child", "dob", "eclipse id",
    "expected date of birth", "family id", "home address", "home postcode", "ics id", "la child id", "lcs id",
    "liquidlogic id", "mosaic id", "nhs id", "nhs no", "nhs number", "person id", "person number", "pupil id",
    "pupil number", "service user id", "ssd id", "swift id", "unique child id", "unique pupil number", "upn",
})  # fmt: skip
OF_A_CHILD = NAMES | NUMBERS
"""Headings of columns that only a list of children has, as ``folded`` and without "s" of possession."""
POSSESSION = re.compile(r"\b(child|person|pupil|mother|parent|carer) ?s\b")

FEW = 3
"""Numbers or addresses that could be a case's: a note under a table may name one. More are a list. Our choice."""

LONGEST_HEADING = 60
NUMBER = re.compile(r"[£-]?[\d,]*\.?\d+%?")
NHS_DIGITS = 10
CASE_NUMBER = re.compile(r"\d{5,12}")

WHY = (
    "This looks like a list of children, not figures about them: {what}. Nothing of it was kept. Count the children in "
    "the system that holds them, and bring in the counts only."
)


class ChildLevel(Refused):
    """A file that looks like a list of children. The sentence quotes nothing that could lead to one."""


def require_none(sheets: Sequence[Sheet], *, file_name: str = "") -> None:
    """Raises ChildLevel where a sheet, or the name of the file, looks like one of children."""
    doubtful = 0
    for sheet in sheets:
        headings = next(filter(_is_headings, sheet.rows), None)
        for row in sheet.rows:
            for place, value in enumerate(row.cells):
                at = f"cell {address(row.number, place)}"
                if heading := _heading(value, row is headings):
                    raise ChildLevel(WHY.format(what=f"{at} is headed “{heading}”"))
                signs = _signs(value)
                if sure := [sign for sign in signs if sign in child_data.SURE]:
                    raise ChildLevel(WHY.format(what=f"{at} looks like {sure[0].value}"))
                doubtful += len(signs)
            doubtful += _begins_with_a_number(row)
        doubtful += len(child_data.found_in({"": sheet.name}))
    if doubtful > FEW:
        raise ChildLevel(WHY.format(what=f"{doubtful} of its cells look like case numbers, e-mail addresses or phones"))
    if child_data.why_not(" ".join([file_name, *(sheet.name for sheet in sheets)])):
        raise ChildLevel(WHY.format(what="its name could lead to one"))


def _begins_with_a_number(row: Row) -> bool:
    """Whether a row begins with what may be the number of a case: where a measure's name would stand."""
    first = text_of(next((cell for cell in row.cells if cell is not None), None))
    return CASE_NUMBER.fullmatch(first) is not None


def _is_headings(row: Row) -> bool:
    """Whether a row may be one of headings: several texts and no number."""
    cells = [cell for cell in row.cells if cell is not None]
    return len(cells) >= FEW and all(isinstance(cell, str) and not NUMBER.fullmatch(cell) for cell in cells)


def _heading(value: Value, is_headings: bool) -> str:
    """The heading, where it is one of a column about each child."""
    if not isinstance(value, str) or len(value) > LONGEST_HEADING:
        return ""
    about_each = POSSESSION.sub(r"\1", folded(value)) in OF_A_CHILD or (
        is_headings and child_data.names_its_numbers(value)
    )
    return " ".join(value.split()) if about_each and not child_data.why_not(value) else ""


def _signs(value: Value) -> Sequence[child_data.Sign]:
    """What a cell could lead to. A plain number is a figure, unless it is an NHS number."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        text = text_of(value)
    elif isinstance(value, str):
        text = value
    else:
        return ()
    if NUMBER.fullmatch(text):
        is_nhs = len(text) == NHS_DIGITS and text.isdecimal() and child_data.is_nhs_number(text)
        return (child_data.Sign.NHS_NUMBER,) if is_nhs else ()
    return [one.sign for one in child_data.found_in({"": text})]
