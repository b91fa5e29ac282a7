"""Published reports with what each truly says, and how a reading is compared with it."""

import json
import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

from tracker.frameworks.library import Library, load
from tracker.inspections.reading import Reading, record
from tracker.inspections.reading.reader import read
from tracker.settings import PROJECT, SEED

REPORTS = PROJECT / "tests" / "reports"
BRENT = SEED / "inspections" / "brent"
FRAMEWORKS = SEED / "frameworks"
Truth = dict[str, Any]


@cache
def library() -> Library:
    return load(FRAMEWORKS)


@cache
def reading(path: Path) -> Reading:
    return read(path, library())


@cache
def recorded(path: Path) -> Truth:
    return record(reading(path), path.name)


def truths(file: Path) -> list[Truth]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def letters(text: str) -> str:
    """Letters and digits only: what two readings of one print must have in common."""
    return re.sub(r"[^0-9a-z]", "", unicodedata.normalize("NFKC", text).lower())


def mistakes(truth: Truth, read: Truth) -> list[str]:
    """What a record has other than the truth, by field; none if it is perfect."""
    found = [field for field in ("title_text", "dates_text", "start_date", "end_date") if truth[field] != read[field]]
    if letters(read["authority"]) not in {letters(name) for name in (truth["authority"], *truth["authority_aliases"])}:
        found.append("authority")
    if truth["inspection_type"] and truth["inspection_type"] != read["inspection_type"]:
        found.append("inspection_type")
    if truth["lead_inspectors"] and truth["lead_inspectors"] != read["lead_inspectors"]:
        found.append("lead_inspectors")
    if _graded(truth) != _graded(read):
        found.append("judgements")
    if [letters(text) for text in truth["improvement_items"]] != [letters(text) for text in read["improvement_items"]]:
        found.append("improvement_items")
    return found + _wrong_paragraphs(truth["paragraphs"], read["paragraphs"])


def _graded(record: Truth) -> set[tuple[str, str]]:
    return {(judgement["area"], judgement["grade"]) for judgement in record["judgements"]}


def _wrong_paragraphs(true: list[Truth], read: list[Truth]) -> list[str]:
    if len(true) != len(read):
        return [f"{len(read)} paragraphs instead of {len(true)}"]
    return [f"paragraph {one['number']}" for one, other in zip(true, read, strict=True) if _said(one) != _said(other)]


def _said(paragraph: Truth) -> tuple[int, str, str, str]:
    first, last = letters(paragraph["first_60_chars"]), letters(paragraph["last_60_chars"])
    return paragraph["number"], paragraph["section"], first[:35], last[-35:]
