"""Files that are no reports: each ends in a sentence that says what is wrong and what to do, within bounds."""

import random
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from tests.given_damage import damaged, unpacked
from tests.given_reports import Line, Sheet, pdf, saved
from tests.report_truth import BRENT, FRAMEWORKS, REPORTS, library
from tracker.inspections.reading import Reading, Unreadable, bounds, page_image, read_all, read_safely
from tracker.inspections.reading.reader import read
from tracker.inspections.reading.safely import STOPPED, TOO_SLOW

REPORT = BRENT / "80489_brent_2026-06-17.pdf"


def encrypted() -> bytes:
    out = BytesIO()
    with pikepdf.open(REPORT) as document:
        document.save(out, encryption=pikepdf.Encryption(user="secret", owner="secret"))
    return out.getvalue()


def scanned() -> bytes:
    out = BytesIO()
    Image.new("L", (800, 1100), 240).save(out, "PDF", save_all=True, append_images=[Image.new("L", (800, 1100), 200)])
    return out.getvalue()


def page_of(*lines: str) -> bytes:
    return pdf([Sheet([Line(line, 72, 90 + 15 * number) for number, line in enumerate(lines)])])


NO_REPORTS = {
    "empty": (b"", "The file is empty"),
    "not a PDF": (b"just some words", "This file is not a PDF"),
    "a web page": (b"<!DOCTYPE html><html><body>Not found</body></html>", "a web page saved with the name of a PDF"),
    "a Word file": (b"PK\x03\x04 word/document.xml", "a Word file"),
    "cut short": (b"%PDF-1.7\n1 0 obj<</Type/Catalog>>", "damaged"),
    "encrypted": (encrypted(), "protected by a password"),
    "a scan": (scanned(), "pictures without text"),
    "hardly any text": (page_of("Hello"), "hardly any text"),
    "something else": (
        page_of(*["A recipe for soup, with onions and carrots in it."] * 20),
        "does not look like an Ofsted",
    ),
    "5,000 pages": (pdf([Sheet()] * 5000), "5,000 pages"),
}


@pytest.mark.parametrize("name", NO_REPORTS)
def test_a_file_that_is_no_report_is_refused_in_a_sentence(tmp_path: Path, name: str) -> None:
    content, sentence = NO_REPORTS[name]
    path = saved(tmp_path, content)

    with pytest.raises(Unreadable, match=sentence) as refused:
        read_safely(path, FRAMEWORKS)

    assert str(refused.value).endswith(".")
    assert str(tmp_path) not in str(refused.value)


def test_a_file_that_is_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "large.pdf"
    with path.open("wb") as file:
        file.write(b"%PDF-1.7\n")
        file.truncate(200 * bounds.MEGABYTE)

    with pytest.raises(Unreadable, match="The file is 200 MB"):
        read_safely(path, FRAMEWORKS)


def test_a_report_is_read_alike_in_a_process_of_its_own() -> None:
    assert read_safely(REPORT, FRAMEWORKS) == read(REPORT, library())


def test_one_bad_file_stops_nothing(tmp_path: Path) -> None:
    bad = saved(tmp_path, b"%PDF-1.7 nonsense", "bad.pdf")

    outcomes = dict(read_all([bad, REPORT], FRAMEWORKS, processes=2))

    assert isinstance(outcomes[bad], Unreadable)
    assert isinstance(outcomes[REPORT], Reading)


def test_damaged_reports_are_read_or_refused_and_never_stop_the_reader(tmp_path: Path) -> None:
    chance = random.Random(20260617)  # noqa: S311 - for variety, not for secrets
    report = (REPORTS / "ilacs" / "80561_staffordshire_2019-03-11.pdf").read_bytes()
    healthy = [report, unpacked(report)]
    paths = [saved(tmp_path, damaged(chance, healthy), f"{number}.pdf") for number in range(60)]

    outcomes = dict(read_all(paths, FRAMEWORKS))

    assert len(outcomes) == 60
    said = {str(outcome) for outcome in outcomes.values() if isinstance(outcome, Unreadable)}
    assert said
    assert not said & {STOPPED, TOO_SLOW}


def test_a_page_is_drawn_as_wide_as_asked() -> None:
    picture = Image.open(BytesIO(page_image(REPORT, 2, 700)))

    assert picture.format == "PNG"
    assert picture.width == 700
    assert 985 < picture.height < 995


@pytest.mark.parametrize("page", [0, 13, -1, 10**9])
def test_a_page_that_is_not_there_cannot_be_drawn(page: int) -> None:
    with pytest.raises(Unreadable, match="cannot be shown"):
        page_image(REPORT, page, 700)


def test_a_page_of_a_damaged_file_cannot_be_drawn(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="cannot be shown"):
        page_image(saved(tmp_path, b"%PDF-1.7 nonsense"), 1, 700)
