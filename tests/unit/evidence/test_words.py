"""Whatever could lead to a child is found wherever a file of any kind can hold words."""

from pathlib import Path

import pytest

from tests import given_child_data as planted
from tracker.evidence import file_types
from tracker.evidence.file_types import PDF, FileType
from tracker.evidence.words import reading
from tracker.evidence.words.passages import found_in
from tracker.platform.errors import Refused
from tracker.settings import PROJECT

REPORTS = sorted(
    path
    for folder in ("tests/reports/ilacs", "tests/reports/other", "seed/inspections")
    for path in (PROJECT / folder).rglob("*.pdf")
    if path.name != "web-page.pdf"
)[::4]
"""Every fourth of the published reports, for it takes a while: all were looked through once without an alarm."""


def bare(words: str) -> str:
    return "".join(letter for letter in words.casefold() if letter.isalnum())


@pytest.mark.parametrize("kind", planted.PLANTED, ids=lambda kind: kind.suffix)
def test_every_planted_number_is_found(kind: FileType, tmp_path: Path) -> None:
    make, values = planted.PLANTED[kind]
    path = planted.written(tmp_path, make(), kind)

    found = [one for passage in reading.passages(path, kind, []) for piece in passage.pieces for one in found_in(piece)]

    missed = {value for value in values if not any(bare(value) in bare(one.words) for one in found)}
    assert missed == set()


@pytest.mark.parametrize("kind", planted.PLANTED, ids=lambda kind: kind.suffix)
def test_no_value_leaves_the_process_that_reads(kind: FileType, tmp_path: Path) -> None:
    make, values = planted.PLANTED[kind]
    path = planted.written(tmp_path, make(), kind)

    told = str(reading.read(str(path), kind.media_type))

    assert [value for value in values if bare(value) in bare(told)] == []


def test_what_is_found_is_told_with_its_place_and_hidden(tmp_path: Path) -> None:
    path = planted.written(tmp_path, planted.a_workbook(), file_types.EXCEL)

    told = reading.read(str(path), file_types.EXCEL.media_type)

    assert ("an NHS number", "sheet Plan, cell C2", "943•••••••") in [
        (sign, place, hidden.replace("NHS: ", "")) for sign, place, hidden in told["found"]
    ]
    assert ("a unique pupil number", "sheet Old, cell B7", "A12••••••••••") in told["found"]
    assert ["sheet Old, row 7", "A12••••••••••"] in [list(one) for one in told["passages"]]


def test_money_in_a_workbook_is_no_case_number(tmp_path: Path) -> None:
    path = planted.written(tmp_path, planted.a_workbook(), file_types.EXCEL)

    told = reading.read(str(path), file_types.EXCEL.media_type)

    assert [place for _sign, place, _hidden in told["found"] if place == "sheet Plan, cell D2"] == []


def test_places_of_a_mail_are_named_as_a_person_would(tmp_path: Path) -> None:
    path = planted.written(tmp_path, planted.a_mail(), file_types.EMAIL)

    places = [place for _sign, place, _hidden in reading.read(str(path), file_types.EMAIL.media_type)["found"]]

    assert places[:2] == ["the subject", "the sender"]
    assert "attached file A12•••••••••• plan.docx, table row 1, column 2" in places
    assert "attached file A12•••••••••• plan.docx, header, paragraph 1" in places


def test_pages_that_are_pictures_are_named(tmp_path: Path) -> None:
    path = planted.written(tmp_path, planted.a_scan(), PDF)

    told = reading.read(str(path), PDF.media_type)

    (gap,) = told["gaps"]
    assert gap.startswith("Page 1 is a picture without text, so nothing there was looked through. Look yourself")


def test_a_damaged_pdf_is_refused_in_words(tmp_path: Path) -> None:
    path = planted.written(tmp_path, b"%PDF-1.7\nnothing\n%%EOF", PDF)

    with pytest.raises(Refused, match="The PDF is damaged"):
        reading.read(str(path), PDF.media_type)


def test_an_attachment_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    mail = planted.a_mail().replace(b"UEsD", b"AAAA", 1)
    path = planted.written(tmp_path, mail, file_types.EMAIL)

    gaps = reading.read(str(path), file_types.EMAIL.media_type)["gaps"]

    assert gaps == ["The attached file A12•••••••••• plan.docx could not be looked through."]


def test_what_stands_before_the_damage_is_found(tmp_path: Path) -> None:
    content = planted.a_word_file()
    at = content.index(b"word/footer1.xml") + len("word/footer1.xml")
    path = planted.written(tmp_path, content[:at] + bytes(40) + content[at + 40 :], file_types.WORD)

    told = reading.read(str(path), file_types.WORD.media_type)

    assert "an NHS number" in [sign for sign, _place, _hidden in told["found"]]
    assert told["gaps"] == [reading.DAMAGED]


def test_published_reports_raise_no_alarm() -> None:
    alarms = [
        (path.name, one.words)
        for path in REPORTS
        for passage in reading.passages(path, PDF, [])
        for piece in passage.pieces
        for one in found_in(piece)
    ]

    assert len(REPORTS) > 10
    assert alarms == []
