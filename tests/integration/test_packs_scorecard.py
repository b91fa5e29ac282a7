"""The scorecard as a pack: the digits of its page, PDF, Word document and spreadsheet, one beside the other."""

import io
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import docx
import openpyxl
import pypdfium2
import pytest
import time_machine
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from reports import html, word
from reports.contents import Differences, PackContents, Scored, Standings
from tests import given, given_indicators, given_pathways
from tests.integration.test_scorecard import STEADY, UNTIL, counted
from tracker.indicators.comparing.models import PublishedFigure
from tracker.indicators.comparing.rules import Whose
from tracker.indicators.rules import Direction, Period, Unit
from tracker.packs import commands, jobs, queries
from tracker.packs.rules import PackKind
from tracker.people.models import Authority
from tracker.platform import clock, history
from tracker.platform.errors import Refused

TODAY = date(2026, 11, 20)
REFERENCE = re.compile(r"\bM-\d+\b")


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def measures(brent: Authority) -> None:
    """Figures that are easily written in two ways, one that is hidden, and one that is not there yet."""
    letters = given_indicators.a_measure(name="Letters", figures=("66.6667", "70.8333"), until=UNTIL)
    letters.targets[0].by = date(2027, 3, 31)
    counted(letters, (16, 24), (17, 24))
    letters.values[-1].provisional = True
    given_indicators.a_measure(
        name="Contacts", figures=("1234", "1310", "1311"), until=UNTIL, unit=Unit.COUNT, direction=Direction.CONTEXT,
        target=None, area_code="leadership",
    )  # fmt: skip
    given_indicators.a_measure(
        name="Rate", figures=("53.75", "53.7143"), period=Period.YEAR, until=date(2026, 3, 31), unit=Unit.RATE,
        direction=Direction.LOWER, target=50,
    )  # fmt: skip
    given_indicators.a_measure(name="Steady", figures=(*STEADY, 99), until=UNTIL, area_code="leadership")
    few = counted(given_indicators.a_measure(name="Few", figures=(75, 10), until=UNTIL), (30, 40), (4, 40))
    given_indicators.a_measure(name="Nothing yet")
    for measure, value in ((letters, "66.25"), (few, "12")):
        start, end = measure.values[-1].period_start, measure.values[-1].period_end
        published = PublishedFigure(
            measure=measure, whose=Whose.ENGLAND, name="", period_start=start, period_end=end, basis=measure.basis,
            value=Decimal(value), source="Published tables",
        )  # fmt: skip
        given.stored(published)


COLUMNS = ("What to look at", "Latest figure", "Target", "Direction", "Usual range", "Beside others")


def of_page(client: FlaskClient) -> dict[str, dict[str, str]]:
    page = BeautifulSoup(client.get("/brent/measures/scorecard?for=outside").text, "html.parser")
    return {
        REFERENCE.findall(row.th.get_text())[0]: {
            str(cell["data-label"]): " ".join(cell.get_text(" ").split()) for cell in row.select("td")
        }
        for row in page.select("tbody tr")
        if row.th
    }


def numbers(*words: object) -> list[str]:
    """As they are written: "1,311", "70.8"."""
    return [
        number.rstrip(".,")
        for number in re.findall(r"\d[\d,.]*", " ".join("" if one is None else str(one) for one in words))
    ]


def of_pdf(content: bytes) -> dict[str, list[str]]:
    """The numbers after each reference, up to the next or to the end of its table."""
    with pypdfium2.PdfDocument(content) as pdf:
        pages = [page.get_textpage().get_text_bounded() for page in pdf]
    rows: dict[str, list[str]] = {}
    contents = next(place for place, text in enumerate(pages) if "Contents" in text)
    for text in pages[contents + 1 :]:
        body = " ".join(text.split()).rpartition("OFFICIAL")[0]
        parts = re.split(r"\b(M-\d+)\b", body)
        for reference, said in zip(parts[1::2], parts[2::2], strict=True):
            rows[reference] = numbers(re.split(r" Hidden: | Table \d| \d (?:Where|Leaders|Help) ", said)[0])
    return rows


@pytest.mark.any_database
def test_page_pdf_word_and_spreadsheet_have_the_same_figures_to_the_digit(
    director: FlaskClient, brent: Authority, measures: None
) -> None:
    page = of_page(director)
    director.post("/brent/packs/", data={"kind": "scorecard"})
    pdf = of_pdf(director.post("/brent/packs/1/download").data)
    document = docx.Document(io.BytesIO(director.post("/brent/packs/1/download/docx").data))
    book = openpyxl.load_workbook(io.BytesIO(director.post("/brent/packs/1/download/xlsx").data))
    web = BeautifulSoup(director.post("/brent/packs/1/download/html").text, "html.parser")

    drawn = [one.extract().get_text() for one in web.select("table.scored svg")]
    lines = [numbers(words.partition("oldest first")[2]) for words in drawn]
    in_word = {row[0]: row for table in document.tables for row in table_rows(table) if REFERENCE.fullmatch(row[0])}
    in_book = {
        str(row[0]): row
        for sheet in book
        for row in sheet.iter_rows(values_only=True)
        if REFERENCE.fullmatch(str(row[0]))
    }
    in_web = {
        REFERENCE.findall(row.th.get_text())[0]: [" ".join(cell.get_text(" ").split()) for cell in row.select("td")]
        for row in web.select("table.scored tbody tr")
        if row.th
    }

    assert set(page) == set(pdf) == set(in_word) == set(in_book) == set(in_web) == {f"M-{n}" for n in range(1, 7)}
    for reference, cells in page.items():
        look, figure, target, direction, usual, beside = (cells[column] for column in COLUMNS)
        figure = figure.replace(" No recent figure", "")
        expected = numbers(figure, target, direction, usual, beside)
        assert pdf[reference] == expected, reference
        word = in_word[reference]
        assert (word[3], *map(numbers, (" ".join(word[4:7]), word[7], word[8], word[9], word[10]))) == (
            look, numbers(figure), numbers(target), numbers(direction), numbers(usual), numbers(beside),
        ), reference  # fmt: skip
        assert list(in_book[reference][:12]) == [cell or None for cell in word]
        assert [numbers(cell) for cell in in_web[reference]] == [
            [], numbers(figure), numbers(target), numbers(direction), numbers(usual, beside),
        ], reference  # fmt: skip
    series = [numbers(row[11]) for row in in_word.values() if len(numbers(row[11])) > 1]
    assert [line[: len(told)] for line, told in zip(lines, series, strict=True)] == series
    assert in_book["M-1"][10] == "England 66.3%, October 2026"
    assert in_book["M-1"][12:] == (70.8, 17, 24)
    assert in_book["M-2"][4] == "1,311"
    assert (in_book["M-2"][12], in_book["M-3"][12]) == (1311, 53.7)
    assert in_book["M-5"][4:7] == ("Hidden", None, None)
    assert in_book["M-5"][11:] == ("75", None, None, None)
    pack = queries.pack(brent, 1)
    assert pack is not None
    assert [entry.what for entry in history.of(pack)][:3] == [
        "downloaded as a web page in one file",
        "downloaded as a spreadsheet of its tables",
        "downloaded as a Word document",
    ]  # fmt: skip


def table_rows(table: object) -> Iterator[list[str]]:
    for row in table.rows:  # type: ignore[attr-defined]  # python-docx
        yield [cell.text for cell in row.cells]


def test_every_area_begins_with_what_is_to_be_looked_at_first(brent: Authority, measures: None) -> None:
    contents = PackContents.from_json(commands.freeze(brent, kind=PackKind.SCORECARD, by=None, at=clock.now()).contents)

    first, *areas, _ = contents.chapters
    assert isinstance(first, Standings)
    assert [(area.title, [one.name for one in area.measures]) for area in areas if isinstance(area, Scored)] == [
        ("Leaders", ["Steady", "Contacts"]),
        ("Help and protection", ["Letters", "Rate", "Nothing yet", "Few"]),
    ]
    assert [(line.area, line.all) for line in first.areas] == [("Leaders", 2), ("Help and protection", 4)]
    assert [(figure.label, figure.value) for figure in first.figures] == [
        ("Off target", "2"), ("Not as usual", "1"), ("At target", "1 of 3"), ("Hidden", "1"),
    ]  # fmt: skip


def test_pathways_are_followed_group_by_group_without_what_counts_few(brent: Authority) -> None:
    given_pathways.counts_of(given_pathways.a_pathway())
    contents = PackContents.from_json(commands.freeze(brent, kind=PackKind.SCORECARD, by=None, at=clock.now()).contents)

    told = next(one for one in contents.chapters if isinstance(one, Differences)).pathways[0]
    page = html.page(contents)

    assert told.chart is not None
    assert told.chart.group in told.chart.finding
    assert "1.47" in page
    assert [line.without for line in told.chart.lines if line.population is None] == ["too few to show"]
    assert "Black are counted 1.90 times as often as children in the group White" in page
    document = docx.Document(io.BytesIO(word.word(contents)))
    assert any("times as often as" in paragraph.text for paragraph in document.paragraphs)


def test_a_scorecard_without_counts_along_a_pathway_has_no_chapter_on_them(brent: Authority) -> None:
    given_pathways.a_pathway()
    contents = PackContents.from_json(commands.freeze(brent, kind=PackKind.SCORECARD, by=None, at=clock.now()).contents)

    assert not any(isinstance(one, Differences) for one in contents.chapters)


def test_a_file_whose_name_says_no_kind_is_refused_before_anything_is_made(brent: Authority, tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"“pack.txt” says no kind of file. End its name in .pdf, .docx, .xlsx or .html."):
        jobs.make_file(PackKind.SCORECARD, authority=brent, to=[tmp_path / "pack.pdf", tmp_path / "pack.txt"])

    assert queries.packs(brent) == []
    assert list(tmp_path.iterdir()) == []
