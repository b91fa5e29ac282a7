"""A reading as a record of ``import-report --json``, one line a file, and what in it is unsure."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from tracker.inspections.reading.readings import Found, Item, Judgement, Kind, Paragraph, Reading

Record = dict[str, Any]
_FRAMEWORKS = {Kind.ILACS: "ILACS", Kind.SIF: "SIF", Kind.SIF_REINSPECTION: "SIF_reinspection"}
_RECOMMENDING = (Kind.SIF, Kind.SIF_REINSPECTION)


class UnsureField(NamedTuple):
    """Something read that a person should look at."""

    field: str
    """What it is, for a person: "Improvement item 2"."""
    why: str
    page: int | None


def record(reading: Reading, file_name: str) -> Record:
    """What was read, under the names of the published truth records."""
    return {
        "file": file_name,
        "sha256": reading.sha256,
        "framework": _FRAMEWORKS.get(reading.kind.value, reading.kind.value),
        "framework_id": reading.framework_id,
        "title_text": reading.title.value,
        "authority": reading.authority.value,
        "dates_text": reading.dates_text.value,
        "start_date": reading.start.value.isoformat() if reading.start.value else None,
        "end_date": reading.end.value.isoformat() if reading.end.value else None,
        "end_date_alternatives": [day.isoformat() for day in reading.end_alternatives],
        "inspection_type": _inspection_type(reading),
        "lead_inspector": " and ".join(reading.lead_inspectors.value) or None,
        "lead_inspectors": list(reading.lead_inspectors.value),
        "judgements": [_judgement(judgement) for judgement in reading.judgements],
        "section_headings": [
            {"area": part.area, "text": part.text.value, "grade": part.grade} for part in reading.section_headings
        ],
        **_items(reading),
        "paragraphs": [_paragraph(one) for one in reading.paragraphs if one.number is not None],
    }


def refusal(file_name: str, sentence: str, sha256: str | None = None) -> Record:
    known = {} if sha256 is None else {"sha256": sha256}
    return {"file": file_name, **known, "refused": sentence}


def _inspection_type(reading: Reading) -> str | None:
    activity = reading.activity.value
    return f"{_FRAMEWORKS.get(reading.kind.value, reading.kind.value)}_{activity}" if activity else None


def _judgement(judgement: Judgement) -> Record:
    grade = judgement.grade_label.lower() or None
    return {"area": judgement.area.value, "label": judgement.label, "grade": grade}


def _items(reading: Reading) -> Record:
    counts = {str(index): item.sub_items for index, item in enumerate(reading.items) if item.sub_items}
    texts = [item.text.value for item in reading.items]
    if reading.kind.value in _RECOMMENDING:
        return {"recommendations": texts, "recommendation_numbers": [item.number for item in reading.items]}
    return {
        "improvement_items": texts,
        "improvement_item_refs": [item.reference_printed for item in reading.items],
        "improvement_subitem_counts": counts or None,
    }


def _paragraph(paragraph: Paragraph) -> Record:
    text = paragraph.text.value
    return {
        "number": paragraph.number,
        "section": paragraph.area,
        "text": text,
        "first_60_chars": text[:60],
        "last_60_chars": text[-60:],
        "chars": len(text),
    }


def unsure_fields(reading: Reading) -> list[UnsureField]:
    """What the reader is unsure of, in the report's order; then what it says of the report as a whole."""
    unsure = [UnsureField(name, found.why, found.page) for name, found in _fields(reading) if not found.sure]
    return unsure + [UnsureField("The report as a whole", one.sentence, one.page) for one in reading.doubts]


def _fields(reading: Reading) -> Iterator[tuple[str, Found[Any]]]:
    yield "Kind of report", reading.kind
    yield "Title", reading.title
    yield "Authority", reading.authority
    yield "Fieldwork", next((one for one in (reading.start, reading.end) if not one.sure), reading.dates_text)
    yield "Kind of inspection", reading.activity
    yield "Lead inspector", reading.lead_inspectors
    for judgement in reading.judgements:
        yield f"Judgement “{judgement.label}”", judgement.grade if judgement.area.sure else judgement.area
    for place, item in enumerate(reading.items, start=1):
        yield from _item_fields(place, item)
    for paragraph in reading.paragraphs:
        yield f"Paragraph {paragraph.number or 'without a number'}", paragraph.text


def _item_fields(place: int, item: Item) -> Iterator[tuple[str, Found[Any]]]:
    yield f"Improvement item {place}", item.text
    for reference in item.references:
        yield f"National framework reference of item {place}", reference.key
