"""Letters and narrative reports without graded areas: focused and monitoring visits, joint targeted area inspections,
Area SEND. They give findings and what must improve, and no grades are made up for them.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tracker.inspections.reading import dates
from tracker.inspections.reading.flow import Flow
from tracker.inspections.reading.flow import paragraphs as spaced
from tracker.inspections.reading.front import (
    WHAT,
    Front,
    authority_found,
    day_found,
    first_like,
    text_found,
    until_page,
)
from tracker.inspections.reading.headings import Heading, headings
from tracker.inspections.reading.inspectors import NAME, OFFICE, inspectors_in
from tracker.inspections.reading.items import Listing, items, listings
from tracker.inspections.reading.judgements import in_words, worded
from tracker.inspections.reading.labels import Labels
from tracker.inspections.reading.paragraphs import numbered
from tracker.inspections.reading.readings import Certainty, Found, Item, Judgement, Kind, Paragraph, Reading
from tracker.inspections.reading.responsible import bodies_named
from tracker.inspections.reading.rows import Row
from tracker.inspections.reading.told import Told
from tracker.inspections.reading.wording import around, joined

_SALUTATION = re.compile(r"Dear\b")
_CLOSING = re.compile(r"Yours (?:sincerely|faithfully)", re.IGNORECASE)
_VISITED = re.compile(r"\b(?:visit|inspection|fieldwork|inspectors?)\b", re.IGNORECASE)
_INSPECTORS = re.compile(
    r"(?:majesty[’'`]?s inspectors?|\bHMI|\binspectors?)\b[^.]{0,40}?\b(?:were|was)\s+"
    r"(?P<names>[^.]{4,160}?)(?:\.\s|\.$)",
    re.IGNORECASE,
)
_INSPECTING = re.compile(r"(?<!chief )\binspector\b(?! of)|\bS?HMI\b", re.IGNORECASE)
_LEADS = re.compile(r"[^\W\d_]{2,}.*\blead (?:HM )?(?:inspector|HMI)", re.IGNORECASE)
_PUBLISHER = re.compile(r"[,\s]+(?:Ofsted|CQC|HMICFRS|Care Quality Commission)\b")
FEWEST_NUMBERED = 3
"""Numbered paragraphs up to which the numbers are taken for a list within the text. Source: our choice."""
LONGEST_ENTRY = 90
"""Letters up to which a cell may be a name in a list of inspectors. Source: our choice."""
LONGEST_OPENING = 14
"""Rows after the salutation that may say what was visited and when. Source: our choice."""


def letter_front(flow: Flow, front: Front) -> Front:
    """The front matter of a letter, from its heading, its first sentences and its signature."""
    dear = first_like(flow.rows, _SALUTATION)
    start = dear if dear is not None else 0
    heading = _heading(flow, start)
    opening = _opening(flow, start)
    sentence, rows = _dated_sentence(flow, opening)
    periods = dates.periods(sentence)[:1]
    title = joined(heading, flow.words) if heading else front.title.value
    return replace(
        front,
        title=Found(title, heading[0].page, around(heading)) if heading else front.title,
        authority=_authority(flow, title, heading, opening)
        if heading or not front.authority.value
        else front.authority,
        dates_text=text_found(sentence if periods else "", rows),
        start=day_found(periods[0].first if periods else None, rows, periods),
        end=day_found(periods[-1].last if periods else None, rows, periods),
        periods=periods,
        end_alternatives=(),
        lead_inspectors=front.lead_inspectors if front.lead_inspectors.value else _inspectors(flow, opening),
        after=min(opening.start, len(flow.rows)),
    )


def _heading(flow: Flow, start: int) -> list[Row]:
    """The rows that stand out and say what the letter is about, near its beginning."""
    near = range(max(0, start - 6), min(len(flow.rows), start + LONGEST_OPENING, until_page(flow.rows, 3)))
    first = next((index for index in near if flow.stands_out(index) and WHAT.search(flow.rows[index].text)), None)
    if first is None:
        return []
    end = first + 1
    while end < len(flow.rows) and flow.stands_out(end) and not flow.parted(end):
        end += 1
    return list(flow.rows[first:end])


def _opening(flow: Flow, start: int) -> range:
    return range(start, min(len(flow.rows), start + 2 * LONGEST_OPENING))


def _dated_sentence(flow: Flow, opening: range) -> tuple[str, list[Row]]:
    """The first sentence that speaks of a visit and holds a day and a month."""
    for first, last in spaced(flow, opening.start, opening.stop):
        rows = list(flow.rows[first:last])
        for sentence in re.split(r"(?<=[.?!])\s+(?=[A-Z])", joined(rows, flow.words)):
            if _VISITED.search(sentence) and dates.periods(sentence):
                return sentence, rows
    return "", []


def _authority(flow: Flow, title: str, heading: Sequence[Row], opening: range) -> Found[str | None]:
    found = authority_found(title, heading)
    if found.value is not None:
        return found
    rows = [flow.rows[index] for index in opening]
    return authority_found(joined(rows, flow.words), rows) if rows else found


def _inspectors(flow: Flow, opening: range) -> Found[tuple[str, ...]]:
    """Who is said to lead; failing that, the inspector who signed; failing that, whom the first sentences name."""
    for found in (*map(_leading, flow.rows), *_signing(flow)):
        if found is not None:
            return found
    rows = [flow.rows[index] for index in opening]
    named = _INSPECTORS.search(joined(rows, flow.words)) if rows else None
    names = inspectors_in(named["names"]) if named else ()
    if names:
        why = "The letter names its inspectors without saying who led."
        return Found(names, rows[0].page, around(rows), Certainty.UNSURE, why)
    return Found((), certainty=Certainty.UNSURE, why="The letter names no lead inspector.")


def _signing(flow: Flow) -> Iterator[Found[tuple[str, ...]]]:
    """Who signed as an inspector: a director who signs for a publisher did not lead."""
    closing = next((at for at, row in enumerate(flow.rows) if _CLOSING.match(row.text)), len(flow.rows))
    for at in range(closing + 1, min(closing + 4, len(flow.rows))):
        row = flow.rows[at]
        name = OFFICE.sub("", row.text).strip(" ,")
        if NAME.fullmatch(name) and _INSPECTING.search(" ".join(one.text for one in flow.rows[at : at + 2])):
            yield Found((name,), row.page, row.box)


def _leading(row: Row) -> Found[tuple[str, ...]] | None:
    """The inspectors whom a list of the team calls lead inspectors, one for each of the publishers."""
    led = (cell.text for cell in row.cells if _LEADS.search(cell.text) and len(cell.text) < LONGEST_ENTRY)
    names = tuple(name for text in led for name in inspectors_in(_PUBLISHER.sub(" ", text))[:1])
    return Found(names, row.page, row.box) if names else None


def letter(told: Told) -> Reading:
    flow, labels = told.flow, told.labels
    parts = headings(flow, labels, told.front.after)
    end = next((at for at, row in enumerate(flow.rows) if _CLOSING.match(row.text)), len(flow.rows))
    lists = [_until(listing, end) for listing in listings(parts, end) if listing.start <= end]
    listed, doubts = items(flow, lists, told.library, told.fieldwork)
    findings = _findings(told, parts, lists, end)
    return replace(
        _headline(told),
        judgements=tuple(
            worded(one, labels) for one in _outcome(findings, labels) or in_words(flow, labels, told.front.after)
        ),
        summary=tuple(one.text for one in findings if one.heading == told.front.title.value),
        items=tuple(_with_bodies(item, told.kind.value) for item in listed),
        paragraphs=tuple(one for one in findings if one.heading != told.front.title.value),
        doubts=(*told.doubts, *doubts),
    )


def _headline(told: Told) -> Reading:
    """What the first page says; of an Area SEND report, who led and which kind of inspection it was."""
    reading = told.reading()
    if told.kind.value is not Kind.AREA_SEND:
        return reading
    title = told.front.title
    code = "monitoring_inspection" if "monitoring" in title.value.casefold() else "full_inspection"
    if any(activity.code == code for activity in told.framework.activities):
        reading = replace(reading, activity=Found(code, title.page, title.box))
    led = reading.lead_inspectors
    leading = (found for row in told.flow.rows if (found := _leading(row)) is not None)
    return replace(reading, lead_inspectors=led if led.value else next(leading, led))


def _with_bodies(item: Item, kind: Kind) -> Item:
    """An item of an inspection of several bodies with the one it names itself; one that does is surely an item."""
    bodies = () if item.responsible_bodies or kind not in (Kind.JTAI, Kind.AREA_SEND) else bodies_named(item.text.value)
    if not bodies:
        return item
    return replace(item, responsible_bodies=bodies, text=replace(item.text, certainty=Certainty.SURE, why=""))


def _outcome(findings: Sequence[Paragraph], labels: Labels) -> list[Judgement]:
    """The outcome that the report states in words under its heading, in a regime that has one for the whole."""
    area = labels.framework.overall_area
    for one in findings:
        grade = labels.grade_within(one.text.value)
        if area is not None and one.area == area.code and grade is not None:
            place = one.text
            found: Found[str | None] = Found(grade.code, place.page, place.box)
            return [Judgement(Found(area.code, place.page, place.box), one.heading, found, grade.label)]
    return []


def _until(listing: Listing, end: int) -> Listing:
    return replace(listing, end=min(listing.end, end))


def _findings(told: Told, parts: Sequence[Heading], lists: Sequence[Listing], end: int) -> tuple[Paragraph, ...]:
    """Every paragraph under a heading; where the letter numbers its paragraphs, those with their numbers."""
    counted, _ = numbered(told.flow, parts, [listing.rows for listing in lists], told.front.after)
    plain = tuple(_unnumbered(told.flow, parts, lists, end))
    if len(counted) <= FEWEST_NUMBERED:
        return plain
    under = {one.heading for one in counted}
    return (*(one for one in plain if one.heading not in under), *counted)


def _unnumbered(flow: Flow, parts: Sequence[Heading], lists: Sequence[Listing], end: int) -> Iterator[Paragraph]:
    bounds = [*(part.start for part in parts[1:]), end]
    for part, bound in zip(parts, bounds, strict=False):
        if any(listing.heading == part or part.start in listing.rows for listing in lists):
            continue
        area = part.area.code if part.area else None
        for first, last in spaced(flow, part.end, min(bound, end)) if part.end < min(bound, end) else ():
            rows = flow.rows[first:last]
            yield Paragraph(None, area, Found(joined(rows, flow.words), rows[0].page, around(rows)), part.text)
