"""Packs opened by programs that are none of ours: two readers of PDF, and LibreOffice for Word and for spreadsheets."""

import io
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pypdfium2
import pytest
from openpyxl import load_workbook

from reports import build, excel, word
from reports.contents import PackContents
from reports.tables import tables
from tests.unit.reports.sample_every import every_construct
from tests.unit.reports.sample_evidence import practice_example

PACKS = {"everything": every_construct(), "one-page": practice_example()}


@pytest.fixture(scope="module", params=PACKS)
def contents(request: pytest.FixtureRequest) -> PackContents:
    return PACKS[request.param]


@pytest.fixture(scope="module")
def pdf(contents: PackContents, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("read") / "pack.pdf"
    file.write_bytes(build.pdf(contents))
    return file


@pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="Poppler is not installed")
def test_poppler_draws_every_page_and_finds_nothing_wrong(pdf: Path) -> None:
    run = subprocess.run(["pdftoppm", "-r", "20", "-png", pdf, pdf.with_suffix("")], check=True, capture_output=True)

    assert run.stderr == b""
    assert len(list(pdf.parent.glob("*.png"))) == len(pypdfium2.PdfDocument(pdf))


def test_pdfium_draws_every_page_and_says_nothing(pdf: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for page in pypdfium2.PdfDocument(pdf):
        drawn = page.render(scale=0.3, grayscale=True)
        inks = set(bytes(drawn.buffer))
        assert len(inks) > 2, "a page is blank"

    assert capfd.readouterr() == ("", "")


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_the_word_document_and_prints_all_of_it(contents: PackContents, tmp_path: Path) -> None:
    (tmp_path / "pack.docx").write_bytes(word.word(contents))

    printed = pypdfium2.PdfDocument(converted(tmp_path / "pack.docx", "pdf"))

    text = " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in printed)
    assert [title for title in titles(contents) if title not in text] == []


def titles(contents: PackContents) -> Sequence[str]:
    return [" ".join(chapter.title.split()) for chapter in contents.chapters]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_the_spreadsheet_with_a_sheet_for_each_table(contents: PackContents, tmp_path: Path) -> None:
    (tmp_path / "pack.xlsx").write_bytes(excel.xlsx(contents))
    (tmp_path / "again").mkdir()

    again = load_workbook(converted(tmp_path / "pack.xlsx", "xlsx", to=tmp_path / "again"))

    assert len(again.sheetnames) == 1 + sum(len(found) for _, found in tables(contents))
    assert all(sheet.max_row > 1 for sheet in again)


def converted(file: Path, ending: str, to: Path | None = None) -> io.BytesIO:
    folder = to or file.parent
    home = f"-env:UserInstallation=file://{file.parent}/profile"
    command = ["soffice", home, "--headless", "--convert-to", ending, "--outdir", str(folder), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return io.BytesIO((folder / f"{file.stem}.{ending}").read_bytes())
