"""What the cells of a figure say: numbers as spreadsheets and people write them, and whether two agree. Pure."""

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from tracker.indicators.rules import Unit
from tracker.platform.columns import folded
from tracker.platform.errors import Refused
from tracker.platform.workbooks import Value, text_of

PLACES = Decimal("0.0001")
LONGEST = 30
"""Characters of a number. Longer ones are none."""
SHOWN = 40
"""Characters of a cell that a sentence quotes."""
NUMBER = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?", re.ASCII)

EMPTY = frozenset({"", "-", "–", "—"})
NO_FIGURE = EMPTY | {"n/a", "na", "nil return", "no data", "tbc", ".", "..", "...", ":", "*", "c", "x", "z"}
"""How councils and the DfE write that there is no figure, or that it is too small to publish."""

STATES = {
    False: ("final", "f", "actual", "published", "confirmed", "validated"),
    True: ("provisional", "prov", "p", "draft", "estimate", "estimated", "e", "unvalidated", "interim"),
}


def is_none(value: Value) -> bool:
    """Whether a cell says that there is no figure.

    >>> is_none("c"), is_none(None), is_none(0)
    (True, True, False)
    """
    return value is None or (isinstance(value, str) and value.strip().lower() in NO_FIGURE)


def read_value(value: Value, unit: Unit) -> Decimal:
    """A figure to four places. Raises Refused where it is none, or could be two.

    >>> read_value("70.83%", Unit.PER_CENT), read_value("1,204", Unit.COUNT)
    (Decimal('70.8300'), Decimal('1204.0000'))
    """
    text = text_of(value)
    percent = text.endswith("%")
    if percent and unit is not Unit.PER_CENT:
        raise Refused(f"“{_short(text)}” is a percentage, and this measure is none.")
    found = _number(value, text.removesuffix("%").rstrip())
    if unit is Unit.PER_CENT and not percent and 0 < found <= 1:
        whole = (found * 100).normalize()
        raise Refused(f"{_short(text)} may be {_short(text)}% or {whole:f}%. Write it with a percent sign.")
    return found.quantize(PLACES, ROUND_HALF_UP) if abs(found) < Decimal(10**15) else found


def read_count(value: Value) -> int | None:
    """A whole number; None where the cell holds none. Raises Refused where it is something else."""
    if is_none(value):
        return None
    found = _number(value, text_of(value))
    if found != found.to_integral_value():
        raise Refused(f"{_short(text_of(value))} is no whole number, and children are counted whole.")
    return int(found)


def read_state(value: Value) -> bool | None:
    """Whether a figure is provisional; None where the cell is empty."""
    text = text_of(value)
    if text in EMPTY:
        return None
    for provisional, words in STATES.items():
        if folded(text) in words:
            return provisional
    raise Refused(f"“{_short(text)}” is neither provisional nor final. Write one of the two.")


def agree(exact: Decimal, said: Decimal) -> bool:
    """Whether a figure is another one, rounded as it is written.

    >>> agree(Decimal("70.8333"), Decimal("70.8000")), agree(Decimal("70.8333"), Decimal("75.0000"))
    (True, False)
    """
    plain = said.normalize()
    exponent = plain.as_tuple().exponent
    places = min(4, max(0, -exponent)) if isinstance(exponent, int) else 4
    return exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP) == said


def _number(value: Value, text: str) -> Decimal:
    if isinstance(value, bool):
        raise Refused(f"{str(value).upper()} is no number.")
    if isinstance(value, date):
        raise Refused(f"{text} is a day, not a number.")
    if text.startswith("="):
        raise Refused("This is a formula that kept no result. Open the file in Excel or LibreOffice and save it again.")
    if text.startswith("#"):
        raise Refused(f"The formula in this cell went wrong: {_short(text)}. Put it right and save the file again.")
    plain = format(Decimal(str(value)), "f") if isinstance(value, int | float) else text.removeprefix("£")
    if len(plain) > LONGEST and isinstance(value, float):
        plain = f"{value:.10f}"
    if not plain or len(plain) > LONGEST or not NUMBER.fullmatch(plain) or not plain.strip("-.,"):
        raise Refused(f"“{_short(text)}” is no number.")
    return Decimal(plain.replace(",", ""))


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
