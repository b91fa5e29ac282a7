"""Which days a heading such as "Apr-26", "2026-27 Q1" or "2025/26" means. Pure.

The year of councils runs from April to March. What could mean two things is never guessed.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.indicators import rules
from tracker.indicators.rules import Period
from tracker.platform.days import read_day
from tracker.platform.errors import Refused
from tracker.platform.workbooks import Value, text_of

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
FIRST_YEAR, LAST_YEAR = 1990, 2099
"""Years that a figure is of. A number outside them is no year. Our choice."""
LONGEST = 60
"""Letters of a heading that may name a period."""

MONTH = (
    r"(?P<{0}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
ONE, OTHER = MONTH.format("one"), MONTH.format("other")
YEAR = r"(?P<year>(?:19|20)\d\d|'?\d\d)"
BEGAN = r"(?P<began>(?:19|20)\d\d|\d\d)"
TWO_YEARS = r"(?P<first>(?:19|20)\d\d|\d\d) ?(?P<by>[-/]) ?(?P<second>(?:19|20)\d\d|\d\d)"
QUARTER = r"(?:q|qtr|quarter) ?(?P<quarter>[1-4])"
ANY_YEAR, ANY_QUARTER = r"'?(?:(?:19|20)\d\d|\d\d)", r"(?:q|qtr|quarter) ?[1-4]"
APART = r"[ ,/-]{0,3}"
TO = r" ?(?:-|to) ?"

STATE = re.compile(r"[ (]+(provisional|prov|p|final|actual|outturn|result)\)?$")
NAMED_MONTHS = re.compile(rf" ?\({ONE}{TO}{OTHER}\)")
AS_AT = re.compile(r"^(?:as )?(?:at|on) ")

SHAPES = {
    name: re.compile(shape)
    for name, shape in {
        "month": rf"{ONE}{APART}{YEAR}",
        "year and month": rf"(?P<year>(?:19|20)\d\d){APART}{ONE}",
        "month of two years": rf"{ONE}{APART}(?:fy ?)?{TWO_YEARS}",
        "numbered month": r"(?P<month>0?[1-9]|1[0-2])[-/.](?P<year>(?:19|20)\d\d)",
        "ISO month": r"(?P<year>(?:19|20)\d\d)[-/.](?P<month>0[1-9]|1[0-2])",
        "quarter": rf"{QUARTER}{APART}\(?(?:fy ?)?{TWO_YEARS}\)?",
        "quarter last": rf"(?:fy ?)?{TWO_YEARS}{APART}\(?{QUARTER}\)?",
        "months": rf"{ONE}{TO}{OTHER}{APART}{YEAR}",
        "months of two years": rf"{ONE}{APART}{BEGAN}{TO}{OTHER}{APART}{YEAR}",
        "year": rf"(?:fy|year|financial year)? ?{TWO_YEARS}(?: ?(?:full year|year))?",
        "year to": rf"(?:year|12 months|ye) ?(?:ending|ended|end|to)? ?(?:31(?:st)? )?{ONE}{APART}{YEAR}",
        "six months to": (
            rf"(?:6|six) months ?(?:ending|ended|end|to|up to)? ?(?:\d\d?(?:st|nd|rd|th)? )?{ONE}{APART}{YEAR}"
        ),
        "bare month": ONE,
        "bare quarter": QUARTER,
        "quarter of one year": rf"{ANY_QUARTER}{APART}\(?{ANY_YEAR}\)?|{ANY_YEAR}{APART}{ANY_QUARTER}",
        "one year": r"(?:fy|year) ?(?P<year>(?:19|20)?\d\d)|(?P<bare>(?:19|20)\d\d)",
        "two numbers": r"\d\d?[-/]\d\d",
        "short day": r"\d\d?[-/.]\d\d?[-/.]\d\d",
        "day without year": rf"\d\d?(?:st|nd|rd|th)?[ -]{ONE}",
    }.items()
}


class Unclear(Refused):
    """A heading that names a period and could mean two; the sentence says how to write it."""


@dataclass(frozen=True)
class Span:
    """The days that a heading names, both within; ``kind`` is what it calls them."""

    start: date
    end: date
    kind: Period
    provisional: bool | None = None
    """Whether the heading says so; None where it does not say."""

    @property
    def name(self) -> str:
        return rules.period_name(self.start, self.end)


def read_period(value: Value, *, year: str = "") -> Span | None:
    """What a heading or cell names; None where it names no period. ``year`` is the heading over several of them.

    Raises Unclear where it could mean two periods.

    >>> read_period("2026-27 Q1").name, read_period("Apr-26").name, read_period("Q3", year="2025/26").name
    ('April to June 2026', 'April 2026', 'October to December 2025')
    >>> read_period("Target 2026-27") is None
    True
    """
    if isinstance(value, date):
        return Span(value, value, Period.DAY)
    if isinstance(value, bool) or (isinstance(value, float) and not value.is_integer()):
        return None
    text = text_of(value)
    if not text or len(text) > LONGEST:
        return None
    plain = " ".join(text.lower().replace("–", "-").replace("—", "-").replace("’", "'").split())
    state = STATE.search(plain)
    plain = plain[: state.start()].rstrip() if state else plain
    span = _read(plain, text) or (_within(plain, year, text) if year else None)
    if span is None:
        _refuse_unclear(plain, text)
        return None
    said = {"provisional": True, "prov": True, "p": True, "final": False}.get(state[1]) if state else None
    return Span(span.start, span.end, span.kind, said)


def fitted(span: Span, period: Period, *, what: str) -> tuple[date, date]:
    """First and last day of the figure, for a measure that is counted by ``period``; ``what`` is its reference.

    Raises Refused where one is not the other: a year is no month.
    """
    ends = span.kind is Period.DAY
    if period is span.kind:
        return span.start, span.end
    if period is Period.DAY and span.kind in {Period.MONTH, Period.QUARTER}:
        return span.end, span.end
    if period is Period.MONTH and ends and span.end in {span.end.replace(day=1), rules.last_day(span.end)}:
        return span.end.replace(day=1), rules.last_day(span.end)
    if ends and standard(period, span.end):
        return rules.period_start(period, span.end), span.end
    called = "one day" if period is Period.DAY else f"a {period.value}"
    raise Refused(f"{span.name} is no {period.value}: each figure of {what} is of {called}.")


def standard(period: Period, end: date) -> bool:
    """Whether a period of this kind ends on this day, in the year from April to March."""
    if period is Period.DAY:
        return True
    whole = end == rules.last_day(end)
    months = {
        Period.MONTH: range(1, 13),
        Period.QUARTER: (3, 6, 9, 12),
        Period.HALF_YEAR: range(1, 13),
        Period.YEAR: (3,),
    }
    return whole and end.month in months[period]


def names_a_year(value: Value) -> bool:
    """Whether a heading may stand over the quarters or months of one year.

    >>> names_a_year("2025/26"), names_a_year("Q1 2025/26")
    (True, False)
    """
    try:
        span = read_period(value)
    except Unclear:
        return False
    return span is not None and span.kind is Period.YEAR


def _read(plain: str, text: str) -> Span | None:
    """A heading that says all of it."""
    for name, read in READERS.items():
        found = SHAPES[name].fullmatch(NAMED_MONTHS.sub("", plain) if name.startswith("quarter") else plain)
        span = read(found, text) if found else None
        if span is not None:
            return span
    day = read_day(AS_AT.sub("", plain))
    return Span(day, day, Period.DAY) if day else None


def _month_and_year(found: re.Match[str], text: str) -> Span:
    return _month(_year(found["year"]), _place(found["one"]))


def _month_of_two(found: re.Match[str], text: str) -> Span | None:
    began = _began(found)
    return None if began is None else _month_within(began, _place(found["one"]))


def _numbered(found: re.Match[str], text: str) -> Span:
    year, month = _year(found["year"]), int(found["month"])
    if found.re is SHAPES["ISO month"] and month == (year + 1) % 100:
        raise Unclear(
            f"“{text}” may be a month or two years. Write it like {MONTHS[month - 1].title()} {year}, or FY {text}."
        )
    return _month(year, month)


def _quarter_of_two(found: re.Match[str], text: str) -> Span | None:
    began = _began(found)
    return None if began is None else _quarter(began, int(found["quarter"]))


def _months(found: re.Match[str], text: str) -> Span:
    return _range((None, _place(found["one"])), (_year(found["year"]), _place(found["other"])), text)


def _months_and_years(found: re.Match[str], text: str) -> Span:
    first = (_year(found["began"]), _place(found["one"]))
    return _range(first, (_year(found["year"]), _place(found["other"])), text)


def _two_years(found: re.Match[str], text: str) -> Span | None:
    began = _began(found)
    if began is None:
        return None
    if found["first"] == f"{began % 100:02}" and began % 100 < 12:
        raise Unclear(f"“{text}” may be a year or a month. Write it like {began}/{(began + 1) % 100:02}.")
    return _whole_year(began)


def _year_to(found: re.Match[str], text: str) -> Span:
    year, month = _year(found["year"]), _place(found["one"])
    return _range((year - (month < 12), month % 12 + 1), (year, month), text)


def _six_months_to(found: re.Match[str], text: str) -> Span:
    end = rules.last_day(date(_year(found["year"]), _place(found["one"]), 1))
    return Span(rules.period_start(Period.HALF_YEAR, end), end, Period.HALF_YEAR)


READERS = {
    "month": _month_and_year,
    "year and month": _month_and_year,
    "month of two years": _month_of_two,
    "numbered month": _numbered,
    "quarter": _quarter_of_two,
    "quarter last": _quarter_of_two,
    "months": _months,
    "months of two years": _months_and_years,
    "ISO month": _numbered,
    "year": _two_years,
    "year to": _year_to,
    "six months to": _six_months_to,
}


def _within(plain: str, year: str, text: str) -> Span | None:
    """A month or quarter whose year stands over it."""
    whole = read_period(year)
    if whole is None or whole.kind is not Period.YEAR:
        return None
    began = whole.start.year
    if found := SHAPES["bare quarter"].fullmatch(NAMED_MONTHS.sub("", plain)):
        return _quarter(began, int(found["quarter"]))
    if found := SHAPES["bare month"].fullmatch(plain):
        return _month_within(began, _place(found["one"]))
    return None


def _refuse_unclear(plain: str, text: str) -> None:
    """Raises Unclear where a heading means a period and does not say which."""
    bare = NAMED_MONTHS.sub("", plain)
    if SHAPES["bare month"].fullmatch(plain) or SHAPES["day without year"].fullmatch(plain):
        raise Unclear(f"“{text}” does not say which year. Write it like Apr 2026.")
    if SHAPES["bare quarter"].fullmatch(bare):
        raise Unclear(f"“{text}” does not say of which year. Write it like 2026-27 Q1.")
    if SHAPES["quarter of one year"].fullmatch(bare):
        raise Unclear(f"“{text}” may be of the calendar year or from April. Write it like 2026-27 Q1.")
    if SHAPES["one year"].fullmatch(plain):
        raise Unclear(f"“{text}” may be the calendar year or one from April. Write it like 2025/26.")
    if SHAPES["short day"].fullmatch(plain):
        raise Unclear(f"“{text}” does not say which century. Write it like 31/03/2026.")
    if SHAPES["two numbers"].fullmatch(plain):
        raise Unclear(f"“{text}” may be a month or a year. Write it like Apr 2026 or 2025/26.")


def _range(first: tuple[int | None, int], last: tuple[int, int], text: str) -> Span:
    """A month to a month: a quarter, six months, or the year from April."""
    year, month = last
    begins = first[0] if first[0] is not None else year - (first[1] > month)
    months = (year - begins) * 12 + month - first[1] + 1
    start, end = date(begins, first[1], 1), rules.last_day(date(year, month, 1))
    if months == 1:
        return Span(start, end, Period.MONTH)
    if months == 3 and standard(Period.QUARTER, end):
        return Span(start, end, Period.QUARTER)
    if months == 6:
        return Span(start, end, Period.HALF_YEAR)
    if months == 12 and standard(Period.YEAR, end):
        return Span(start, end, Period.YEAR)
    raise Unclear(f"“{text}” is neither a month, nor a quarter of the year from April, nor six months, nor that year.")


def _month(year: int, month: int) -> Span:
    return Span(date(year, month, 1), rules.last_day(date(year, month, 1)), Period.MONTH)


def _month_within(began: int, month: int) -> Span:
    return _month(began + (month < 4), month)


def _quarter(began: int, quarter: int) -> Span:
    """The first begins in April, the fourth ends in March."""
    start = date(began + quarter // 4, (1 + 3 * quarter) % 12, 1)
    return Span(start, rules.last_day(start + timedelta(days=62)), Period.QUARTER)


def _whole_year(began: int) -> Span:
    return Span(date(began, 4, 1), date(began + 1, 3, 31), Period.YEAR)


def _began(found: re.Match[str]) -> int | None:
    """The year in which two named years begin, where the second follows the first."""
    first, second = _year(found["first"]), _year(found["second"])
    return first if second == first + 1 else None


def _year(text: str) -> int:
    digits = text.removeprefix("'")
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _place(month: str) -> int:
    return MONTHS.index(month[:3]) + 1
