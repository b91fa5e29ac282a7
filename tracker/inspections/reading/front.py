"""The front page: title, authority, period of fieldwork and lead inspector."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from tracker.inspections.reading import dates
from tracker.inspections.reading.authorities import named_in
from tracker.inspections.reading.flow import Flow
from tracker.inspections.reading.inspectors import LEAD, OFFICE, breaks_off, inspectors_in
from tracker.inspections.reading.readings import Certainty, Found
from tracker.inspections.reading.rows import Row
from tracker.inspections.reading.wording import around, joined

LONGEST_FIELDWORK = 60
"""Days from first to last of one period beyond which a date is doubtful. Source: our choice; the longest single
inspection framework fieldwork was four weeks."""
HIGHEST_ROWS = 12
"""Rows from the top of the first page among which dates may stand without a label. Source: our choice."""
LONGEST_FACT = 70
"""Letters up to which a row may carry on a fact of the front matter: what is longer is a sentence. Our choice."""
_DATES = re.compile(
    r"(?:(?:re-?)?inspection|visit|fieldwork|(?:focused|monitoring|assurance) visit)s?\s+(?:dates?|period|took place)\b"
    r"\s*[:–—-]?|dates?\s+of\s+"
    r"(?:the\s+)?(?:(?:re-?)?inspection|visit|fieldwork|(?:focused|monitoring|assurance) visit)\b\s*:?|dates?\s*:",
    re.IGNORECASE,
)
_NEXT_FACT = re.compile(
    r"\s+(?=(?:(?:joint )?lead (?:HM )?inspectors?|(?:report )?publish|publication|previous inspection|"
    r"(?:inspection|visit) dates?)\b)",
    re.IGNORECASE,
)
"""Where another fact of the front matter begins on the same row."""
_LABELLED = re.compile(r"[A-Z][\w ’']{2,30}:|Judgements?\b|Report published|Published", re.IGNORECASE)
WHAT = re.compile(
    r"\b(?:re-?inspection|inspection|focused (?:assurance )?visit|(?:covid[- ]19 )?assurance visit|monitoring visit|"
    r"joint targeted area inspection|joint (?:local )?area \w+ inspection|"
    r"area send (?:full |monitoring )?inspection)\b",
    re.IGNORECASE,
)
"""What a title says was done; the authority stands before or after it."""
_SERVICES = re.compile(
    r"[\s,:–-]*(?:\blocal authority\b)?(?:[’'`]s?)?\s*\b(?:children[’'`]?s?[’'`]?(?: and young people[’'`]s)? "
    r"(?:social (?:care|work)|services?|trust)|social care services|local area partnership)\b.*$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Front:
    title: Found[str]
    authority: Found[str | None]
    dates_text: Found[str | None]
    start: Found[date | None]
    end: Found[date | None]
    end_alternatives: tuple[date, ...]
    periods: tuple[dates.Period, ...]
    lead_inspectors: Found[tuple[str, ...]]
    after: int
    """Index of the first row below the front matter."""


def front(flow: Flow) -> Front:
    rows = flow.rows
    on_first = until_page(rows, 2)
    dated = first_like(rows[:on_first], _DATES)
    dated = _bare_dates(rows[: min(on_first, HIGHEST_ROWS)]) if dated is None else dated
    led = _led(rows[:on_first])
    title_rows = _title_rows(flow, min((at for at in (dated, led) if at is not None), default=None))
    title = joined(title_rows, flow.words) if title_rows else ""
    place = around(title_rows) if title_rows else None
    text, text_rows, after_dates = _labelled(flow, dated, _DATES, follows=_carries_a_date)
    periods = dates.periods(text) if text else ()
    names = _lead(flow, led)
    return Front(
        title=Found(title, title_rows[0].page if title_rows else 1, place),
        authority=authority_found(title, title_rows),
        dates_text=text_found(text, text_rows),
        start=day_found(periods[0].first if periods else None, text_rows, periods),
        end=day_found(periods[-1].last if periods else None, text_rows, periods),
        end_alternatives=tuple(period.last for period in periods[:-1]),
        periods=periods,
        lead_inspectors=names,
        after=max(after_dates, (led or 0) + 1, len(title_rows)),
    )


def until_page(rows: Sequence[Row], page: int) -> int:
    return next((index for index, row in enumerate(rows) if row.page >= page), len(rows))


def first_like(rows: Sequence[Row], label: re.Pattern[str]) -> int | None:
    return next((index for index, row in enumerate(rows) if label.match(row.text)), None)


def _bare_dates(rows: Sequence[Row]) -> int | None:
    """A short row near the top that holds a first and a last day and no sentence."""
    short = (index for index, row in enumerate(rows) if len(row.text) < LONGEST_FACT and not row.text.endswith("."))
    return next((index for index in short if _is_period(rows[index].text)), None)


def _is_period(text: str) -> bool:
    return any(period.last > period.first for period in dates.periods(text)) and "publish" not in text.casefold()


def _title_rows(flow: Flow, before: int | None) -> list[Row]:
    """The rows above the dates, without a logo's words; on a page that prints no dates, the large ones at its head."""
    if before is not None and before > HIGHEST_ROWS:
        before = None
    head = flow.rows[: min(20, until_page(flow.rows, 2)) if before is None else before]
    large = [index for index, row in enumerate(head) if row.size > 1.25 * flow.size]
    if before is None:
        return list(head[large[0] : large[-1] + 1]) if large else []
    below = list(head[large[0] :]) if large else []
    return below if WHAT.search(" ".join(row.text for row in below)) else list(head)


def _carries_a_date(said: str, row: Row) -> bool:
    return bool(re.search(r"\d", row.text)) and len(row.text) < LONGEST_FACT


def _carries_a_name(said: str, row: Row) -> bool:
    """Whether a row says what office the one named above holds, ends a name or gives another."""
    if len(row.text) > LONGEST_FACT:
        return False
    return bool(OFFICE.search(row.text)) or (breaks_off(said) and row.text[:1].isupper())


def _labelled(
    flow: Flow, at: int | None, label: re.Pattern[str], *, follows: Callable[[str, Row], bool]
) -> tuple[str, list[Row], int]:
    """What follows a label, on its own row and on those below that carry it on; and the index after them."""
    if at is None:
        return "", [], 0
    rows = [flow.rows[at]]
    found = label.search(rows[0].text)
    first = rows[0].text[found.end() if found else 0 :].strip(" :–—-")
    first = _NEXT_FACT.split(first, maxsplit=1)[0]
    end = at + 1
    while end < len(flow.rows) and end <= at + 3 and _belongs(flow, end, joined(rows, flow.words, first), follows):
        rows.append(flow.rows[end])
        end += 1
    return joined(rows, flow.words, first), rows, end


def _belongs(flow: Flow, index: int, said: str, follows: Callable[[str, Row], bool]) -> bool:
    row = flow.rows[index]
    gap = flow.gap(index)
    near = gap is not None and gap < 1.6
    alike = not row.bold or flow.rows[index - 1].bold
    return near and alike and not _LABELLED.match(row.text) and not LEAD.match(row.text) and follows(said, row)


def text_found(text: str, rows: list[Row]) -> Found[str | None]:
    if not text:
        return Found(None, certainty=Certainty.UNSURE, why="No inspection dates are printed on the first page.")
    return Found(text, rows[0].page, around(rows))


def day_found(day: date | None, rows: list[Row], periods: Sequence[dates.Period]) -> Found[date | None]:
    page, box = (rows[0].page, around(rows)) if rows else (None, None)
    if day is None:
        return Found(None, page, box, Certainty.UNSURE, "No date of fieldwork could be made out on the first page.")
    if any((period.last - period.first).days > LONGEST_FIELDWORK for period in periods):
        return Found(day, page, box, Certainty.UNSURE, "The dates printed are too far apart for one inspection.")
    if any(later.first < earlier.last for earlier, later in pairwise(periods)):
        return Found(day, page, box, Certainty.UNSURE, "The dates printed are not in order.")
    return Found(day, page, box)


def _lead(flow: Flow, led: int | None) -> Found[tuple[str, ...]]:
    """Who led, named on the first page or in a list of inspectors further on."""
    led = first_like(flow.rows, LEAD) if led is None else led
    text, rows, _ = _labelled(flow, led, LEAD, follows=_carries_a_name)
    names = inspectors_in(text)
    if names:
        return Found(names, rows[0].page, around(rows))
    page, box = (rows[0].page, around(rows)) if rows else (None, None)
    return Found((), page, box, Certainty.UNSURE, "The report names no lead inspector.")


def _led(first_page: Sequence[Row]) -> int | None:
    """The row of the first page that names the lead inspector, at its beginning or after another fact."""
    begins = first_like(first_page, LEAD)
    near = first_page[:HIGHEST_ROWS]
    within = next((index for index, row in enumerate(near) if LEAD.search(row.text)), None)
    return within if begins is None else begins


def authority_found(title: str, rows: Sequence[Row]) -> Found[str | None]:
    """The authority that a title names, as printed; a name that is not known is what stands where names do."""
    page, box = (rows[0].page, around(rows)) if rows else (None, None)
    named = named_in(title)
    printed = authority_in(title)
    if named is None:
        why = "This is not a local authority that is known." if printed else "The title names no local authority."
        return Found(printed, page, box, Certainty.UNSURE, why)
    if named.alone:
        return Found(named.printed, page, box)
    among = printed is None or printed == named.printed
    why = "The name was found among other words of the title." if among else f"The title says “{printed}”."
    return Found(named.printed, page, box, Certainty.UNSURE, why)


def authority_in(title: str) -> str | None:
    """The authority as a title prints it, before or after "Inspection of".

    >>> authority_in("Inspection of the Isle of Wight local authority children’s services")
    'Isle of Wight'
    >>> authority_in("London Borough of Bromley Inspection of children’s social care services")
    'London Borough of Bromley'
    """
    what = WHAT.search(title)
    if what is None:
        return None
    before = _without_article(_SERVICES.sub("", title[: what.start()]).strip(" ,:–-"))
    if before and before.casefold() not in ("ofsted", "report"):
        return before
    rest = re.sub(r"^\s*(?:of|to|in|at|for)\s+", "", title[what.end() :], flags=re.IGNORECASE)
    within = re.search(r"services\s+(?:in|for)\s+(.+)$", rest, re.IGNORECASE)
    if re.match(r"children|services|local authority children|social care", rest, re.IGNORECASE):
        return _without_article(within.group(1).strip(" .")) if within else None
    return _without_article(_SERVICES.sub("", rest).strip(" ,:–-")) or None


def _without_article(name: str) -> str:
    return re.sub(r"^the\s+", "", name, flags=re.IGNORECASE)
