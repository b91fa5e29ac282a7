"""Pages put into a file in other ways than Word puts them: what is read is what a person sees."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Page, Pdf

from tests.given_reports import saved
from tests.report_truth import REPORTS, library, reading
from tracker.inspections.reading.reader import read

REPORT = REPORTS / "ilacs" / "80455_isles-of-scilly_2023-08-25.pdf"
Change = Callable[[Pdf, Page], None]


def seen_through(page: Page, pdf: Pdf, matrix: str, box: tuple[float, float, float, float]) -> None:
    """Draw a page through a matrix, on paper of another shape or place."""
    page.contents_add(pdf.make_stream(f"q {matrix} cm\n".encode()), prepend=True)
    page.contents_add(pdf.make_stream(b"\nQ"))
    page.MediaBox = Array(box)
    if "/CropBox" in page:
        del page.CropBox


def size(page: Page) -> tuple[float, float]:
    return float(page.MediaBox[2]), float(page.MediaBox[3])


def turned(pdf: Pdf, page: Page) -> None:
    width, height = size(page)
    seen_through(page, pdf, f"0 1 -1 0 {height} 0", (0, 0, height, width))
    page.Rotate = 90


def upside_down(pdf: Pdf, page: Page) -> None:
    width, height = size(page)
    seen_through(page, pdf, f"-1 0 0 -1 {width} {height}", (0, 0, width, height))
    page.Rotate = 180


def half_size(pdf: Pdf, page: Page) -> None:
    width, height = size(page)
    seen_through(page, pdf, ".5 0 0 .5 0 0", (0, 0, width / 2, height / 2))


def off_the_origin(pdf: Pdf, page: Page) -> None:
    width, height = size(page)
    seen_through(page, pdf, "1 0 0 1 100 200", (100, 200, 100 + width, 200 + height))


def within_a_form(pdf: Pdf, page: Page) -> None:
    page.contents_coalesce()
    form = pdf.make_stream(page.Contents.read_bytes())
    form.Type, form.Subtype, form.BBox, form.Resources = Name.XObject, Name.Form, page.MediaBox, page.Resources
    page.Resources = Dictionary(XObject=Dictionary(Whole=form))
    page.Contents = pdf.make_stream(b"/Whole Do")


def watermarked(pdf: Pdf, page: Page) -> None:
    page.Resources.Font.Mark = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    page.contents_add(pdf.make_stream(b"\nq 0.9 g BT /Mark 80 Tf .7 .7 -.7 .7 150 250 Tm (SPECIMEN) Tj ET Q"))


def changed(change: Change, encryption: pikepdf.Encryption | bool = False) -> bytes:
    out = BytesIO()
    with pikepdf.open(REPORT) as pdf:
        for page in pdf.pages:
            change(pdf, page)
        pdf.save(out, encryption=encryption)
    return out.getvalue()


@pytest.mark.parametrize(
    "change", [turned, upside_down, half_size, off_the_origin, within_a_form, watermarked], ids=lambda one: one.__name__
)
def test_a_page_is_read_as_it_is_seen(change: Change, tmp_path: Path) -> None:
    again, published = read(saved(tmp_path, changed(change)), library()), reading(REPORT)

    assert [one.text.value for one in again.paragraphs] == [one.text.value for one in published.paragraphs]
    assert [item.text.value for item in again.items] == [item.text.value for item in published.items]
    assert [(one.area.value, one.grade.value) for one in again.judgements] == [
        (one.area.value, one.grade.value) for one in published.judgements
    ]
    assert again.lead_inspectors.value == published.lead_inspectors.value


def test_a_report_that_may_not_be_printed_is_read_without_a_password(tmp_path: Path) -> None:
    kept = pikepdf.Encryption(user="", owner="secret", allow=pikepdf.Permissions(extract=False))
    restricted = changed(lambda pdf, page: None, encryption=kept)

    assert read(saved(tmp_path, restricted), library()).paragraphs == reading(REPORT).paragraphs
