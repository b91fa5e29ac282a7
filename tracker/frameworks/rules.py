"""What follows from a framework's data: printed words read, grades compared, a history across versions.

Nothing here works out an overall grade: one that inspectors gave is shown, otherwise it is "Not given".
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.frameworks.schema import (
    Activity,
    Area,
    Framework,
    Grade,
    NationalFrameworkVersion,
    NationalReference,
)

NUMBER_WORDS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
NUMBER = rf"(?:\d+|{'|'.join(NUMBER_WORDS)})\b"
NUMBERED = re.compile(rf"(outcome|enabler|principle)s?\W+({NUMBER}(?:(?:\W+|\W+and\W+){NUMBER})*)", re.IGNORECASE)


class Comparison(StrEnum):
    HIGHER = "higher than"
    SAME = "same as"
    LOWER = "lower than"


@dataclass(frozen=True)
class PastInspection:
    """What the history needs to know of one inspection."""

    framework: Framework
    fieldwork_began: date
    grades: Mapping[str, str | None]
    """Grade code by area code, as the inspectors gave them; None where they gave none."""
    reference: str = ""


@dataclass(frozen=True)
class HistoryCell:
    words: str
    """The grade's short label, or why there is none."""
    grade: Grade | None = None
    joint: bool = False
    """One grade was given for this area and another together."""
    note: str = ""
    """Which judgement the grade was given under, where it was not this one: "joint with care leavers"."""


@dataclass(frozen=True)
class HistoryRow:
    area: Area
    cells: tuple[HistoryCell, ...]
    """One for each inspection, in the order of ``GradeHistory.inspections``."""


@dataclass(frozen=True)
class GradeHistory:
    inspections: tuple[PastInspection, ...]
    """Earliest first: the columns."""
    rows: tuple[HistoryRow, ...]
    """One for each area the current framework judges."""
    overall: HistoryRow | None
    """Overall grades that inspectors gave; None when no inspection shown could have one."""
    notes: tuple[str, ...]
    """Sentences to print under the table."""


@dataclass(frozen=True)
class ReadReference:
    """A national framework reference read out of print."""

    reference: NationalReference
    named: bool
    """Recognised by its name, which does not change as its number may."""


def area_labelled(framework: Framework, printed: str) -> Area | None:
    """The area that a report means by a label, whatever its case, its "The" and its punctuation."""
    wanted = plain(printed)
    for area in framework.areas:
        if wanted in {plain(label) for label in (area.name, area.short_name, *area.variants)}:
            return area
    return None


def grade_worded(framework: Framework, printed: str) -> Grade | None:
    """The grade that a report means by its wording."""
    wanted = plain(printed)
    for grade in framework.scale:
        if wanted in {plain(words) for words in (grade.label, grade.short_label, *grade.variants)}:
            return grade
    return None


def plain(text: str) -> str:
    """Words only, for comparing labels.

    >>> plain("The experiences and progress of care leavers are:")
    'experiences and progress of care leavers'
    """
    words = " ".join(re.findall(r"[^\W_]+", text.casefold().replace("&", " and ")))
    return re.sub(r"^the | (is|are)$", "", words)


def activity_lasting(framework: Framework, days: int) -> Activity | None:
    """The graded kind of visit that fieldwork of so many calendar days was, which no report prints."""
    graded = [activity for activity in framework.activities if activity.graded]
    bounded = sorted((a.longest_days, a) for a in graded if a.longest_days is not None and days <= a.longest_days)
    if bounded:
        return bounded[0][1]
    return next((activity for activity in graded if activity.longest_days is None), None)


def compare(own: Grade, inspectors: Grade) -> Comparison:
    """How our own grade stands to the inspectors', on one scale."""
    if own.rank > inspectors.rank:
        return Comparison.HIGHER
    return Comparison.SAME if own.rank == inspectors.rank else Comparison.LOWER


def kinder_than(own: Grade, inspectors: Grade) -> bool:
    return compare(own, inspectors) is Comparison.HIGHER


def grade_history(current: Framework, past: Sequence[PastInspection]) -> GradeHistory:
    """The grades of ``past`` under the areas that ``current`` judges, leaving out other regimes."""
    inspections = tuple(
        sorted(
            (inspection for inspection in past if inspection.framework.regime == current.regime),
            key=lambda inspection: inspection.fieldwork_began,
        )
    )
    graded = current.graded_areas
    return GradeHistory(
        inspections=inspections,
        rows=tuple(HistoryRow(area, tuple(_cell(area, graded, one) for one in inspections)) for area in graded),
        overall=_overall_row(inspections),
        notes=tuple(_notes(current, graded, inspections)),
    )


def _cell(area: Area, areas: Sequence[Area], inspection: PastInspection) -> HistoryCell:
    then = carried_on_by(area, inspection.framework)
    if then is None:
        return HistoryCell("Not a judgement then")
    alike = [other for other in areas if carried_on_by(other, inspection.framework) == then]
    together = [other.short_name for other in alike if other != area]
    note = f"joint with {_in_a_sentence(together)}" if together else ""
    if not note and then.code != area.code:
        note = f"judged as {_lower(then.name)}"
    return _graded_cell(inspection, then, without="Not judged", joint=bool(together), note=note)


def _graded_cell(
    inspection: PastInspection, area: Area, *, without: str, joint: bool = False, note: str = ""
) -> HistoryCell:
    code = inspection.grades.get(area.code)
    if code is None:
        return HistoryCell(without)
    grade = inspection.framework.grade(code)
    return HistoryCell(grade.short_label, grade, joint, note)


def carried_on_by(area: Area, framework: Framework) -> Area | None:
    """What ``area`` carries on of an earlier framework: its namesake, else the first that it continues."""
    by_code = {then.code: then for then in framework.judged_areas}
    return next((by_code[code] for code in (area.code, *area.continues) if code in by_code), None)


def _overall_row(inspections: Sequence[PastInspection]) -> HistoryRow | None:
    areas = [inspection.framework.overall_area for inspection in inspections]
    given = [area for area in areas if area is not None]
    if not given:
        return None
    cells = [
        HistoryCell("Not given") if area is None else _graded_cell(inspection, area, without="Not given")
        for inspection, area in zip(inspections, areas, strict=True)
    ]
    return HistoryRow(given[-1], tuple(cells))


def _notes(current: Framework, areas: Sequence[Area], inspections: Sequence[PastInspection]) -> list[str]:
    notes = [note for inspection in inspections for note in _joint_notes(areas, inspection)]
    if current.overall_area is None:
        since = f"{current.fieldwork_from:%B %Y}"
        notes.append(f"Inspections since {since} give no overall grade, and none is worked out here.")
    return notes


def _joint_notes(areas: Sequence[Area], inspection: PastInspection) -> list[str]:
    carried = [carried_on_by(area, inspection.framework) for area in areas]
    joint = {then.code: then for then in carried if then is not None and carried.count(then) > 1}
    year = inspection.fieldwork_began.year
    return [f"In {year} {_lower(then.short_name)} were one judgement." for then in joint.values()]


def _in_a_sentence(names: Sequence[str]) -> str:
    return " and ".join(_lower(name) for name in names)


def _lower(name: str) -> str:
    return name[:1].lower() + name[1:]


def references_in(printed: str, version: NationalFrameworkVersion) -> tuple[ReadReference, ...]:
    """What a reference such as "(outcome two, national framework)" refers to; a name outweighs a number.

    ``printed`` is the reference alone, without the improvement item it ends.
    """
    words = plain(printed)
    named = [reference for reference in version.references if _is_named(reference, words)]
    kinds = {reference.kind for reference in named}
    numbered = [reference for reference in _numbered(printed, version) if reference.kind not in kinds]
    return (
        *(ReadReference(reference, named=True) for reference in named),
        *(ReadReference(reference, named=False) for reference in numbered),
    )


def _is_named(reference: NationalReference, words: str) -> bool:
    return any(plain(name) in words for name in (reference.name, *reference.variants))


def _numbered(printed: str, version: NationalFrameworkVersion) -> list[NationalReference]:
    wanted = [
        (kind.lower(), NUMBER_WORDS.get(number.lower()) or int(number))
        for kind, numbers in NUMBERED.findall(printed)
        for number in re.findall(NUMBER, numbers, re.IGNORECASE)
    ]
    return [reference for reference in version.references if (reference.kind, reference.number) in wanted]
