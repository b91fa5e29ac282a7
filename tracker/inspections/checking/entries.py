"""From a reading to the entries that a person checks, each with its doubt in words and what it could be instead."""

from collections.abc import Iterator
from typing import Any

from tracker.frameworks.library import Library
from tracker.frameworks.schema import Framework
from tracker.inspections.checking.rules import ITEMS, JUDGEMENTS, PARAGRAPHS, Choice, Entry, Value
from tracker.inspections.reading.readings import Found, Item, Judgement, Paragraph, Reading
from tracker.inspections.rules import same_authority


def entries_of(reading: Reading, *, authority: str, library: Library) -> list[Entry]:
    """Everything that was read, in the report's order; ``authority`` is the name of the one that is signed in to."""
    framework = library.framework(reading.framework_id)
    entries = [_authority(reading, authority), *_details(reading, framework)]
    entries += [_judgement(place, one, framework) for place, one in enumerate(reading.judgements)]
    for place, item in enumerate(reading.items):
        entries += _item(place, item, library)
    entries += [_paragraph(place, one) for place, one in enumerate(reading.paragraphs)]
    entries += [
        Entry(
            f"doubts.{place}", "The report as a whole", {"value": doubt.sentence}, doubt.page, doubt.box, doubt.sentence
        )
        for place, doubt in enumerate(reading.doubts)
    ]
    return entries


def _authority(reading: Reading, name: str) -> Entry:
    found = reading.authority
    printed = found.value or ""
    if same_authority(printed, name):
        return _entry("authority", "Authority", {"value": printed}, found)
    says = (
        f"The report says it is about {printed}" if printed else "The report does not say which authority it is about"
    )
    doubt = f"{says}; you are signed in to {name}. Record it only if it is about {name}."
    choices = (Choice(name, f"It is about {name}"),)
    return Entry("authority", "Authority", {"value": printed}, found.page, found.box, doubt, choices, key="value")


def _details(reading: Reading, framework: Framework) -> Iterator[Entry]:
    begin, end = reading.start, reading.end
    every: tuple[Found[Any], ...] = (begin, end, reading.dates_text)
    least_sure = next((found for found in every if not found.sure), begin)
    dates = {
        "from": begin.value and begin.value.isoformat(),
        "to": end.value and end.value.isoformat(),
        "printed": reading.dates_text.value or "",
    }
    yield _entry("dates", "Fieldwork", dates, least_sure, page=reading.dates_text.page, box=reading.dates_text.box)
    kinds = tuple(_activities(framework, reading.activity.value))
    yield _entry("activity", "Kind of inspection", {"value": reading.activity.value}, reading.activity, kinds, "value")
    names = {"value": ", ".join(reading.lead_inspectors.value)}
    yield _entry("lead_inspector", "Lead inspector", names, reading.lead_inspectors)
    yield _entry("title", "Title", {"value": reading.title.value}, reading.title)
    yield Entry("published", "Published", {"value": None})
    yield Entry("received", "Final report received", {"value": None})


def _activities(framework: Framework, likely: str | None) -> list[Choice]:
    """The kinds of visit that grade as this one does, the likeliest first; every kind where none is likely."""
    graded = {one.graded for one in framework.activities if likely in (None, one.code)}
    alike = [one for one in framework.activities if one.graded in graded]
    return [Choice(one.code, one.name) for one in sorted(alike, key=lambda one: one.code != likely)]


def _judgement(place: int, one: Judgement, framework: Framework) -> Entry:
    least_sure: Found[Any] = one.grade if one.area.sure else one.area
    value = {"area": one.area.value, "label": one.label, "grade": one.grade.value}
    grades = tuple(Choice(grade.code, grade.label) for grade in framework.scale)
    return _entry(
        f"{JUDGEMENTS}.{place}", one.label or "Judgement", value, least_sure, grades, "grade",
        page=one.grade.page or one.area.page, box=one.grade.box or one.area.box,
    )  # fmt: skip


def _item(place: int, item: Item, library: Library) -> Iterator[Entry]:
    value = {
        "text": item.text.value,
        "type": item.finding_type,
        "responsible": ", ".join(item.responsible_bodies),
    }
    name = f"Improvement item {place + 1}"
    yield _entry(f"{ITEMS}.{place}", name, value, item.text)
    for number, reference in enumerate(item.references):
        what = f"National framework {library.national_reference(reference.key.value).kind} for item {place + 1}"
        keys = reference.alternatives or _every_key(library)
        choices = tuple(Choice(key, national_label(library, key)) for key in keys)
        found = reference.key
        yield _entry(
            f"{ITEMS}.{place}.national.{number}", what, {"key": found.value}, found, choices, "key",
            page=found.page or item.text.page, box=found.box or item.text.box,
        )  # fmt: skip


def _every_key(library: Library) -> tuple[str, ...]:
    return tuple(reference.key for reference in library.national.versions[-1].references)


def national_label(library: Library, key: str) -> str:
    """A part of the national framework with its number, and with the number it had before where that changed."""
    versions = [
        reference for version in library.national.versions for reference in version.references if reference.key == key
    ]
    now, before = versions[-1], versions[0]
    moved = f"{now.number} now, {before.number} before" if now.number != before.number else f"{now.kind} {now.number}"
    return f"{now.name} ({moved})"


def _paragraph(place: int, one: Paragraph) -> Entry:
    value = {"number": one.number, "area": one.area, "text": one.text.value, "heading": one.heading}
    what = f"Paragraph {one.number}" if one.number else f"Paragraph without a number, after {place} others"
    return _entry(f"{PARAGRAPHS}.{place}", what, value, one.text)


def _entry(
    path: str,
    what: str,
    value: Value,
    found: Found[Any],
    choices: tuple[Choice, ...] = (),
    key: str = "",
    *,
    page: int | None = None,
    box: tuple[float, float, float, float] | None = None,
) -> Entry:
    doubt = "" if found.sure else found.why or "The reader is not sure. Compare it with the page."
    return Entry(path, what, value, page or found.page, box or found.box, doubt, choices, key)
