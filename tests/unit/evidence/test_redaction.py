"""What is taken out of a file is gone from it: for its reader, for other programs, and in its bytes."""

import re
import subprocess
import zipfile
from email import message_from_bytes, policy
from email.message import Message
from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pikepdf
import pypdfium2 as pdfium
import pytest
from PIL import Image

from tests import given_child_data as planted
from tracker.evidence import file_types
from tracker.evidence.file_types import EMAIL, EXCEL, PDF, POWERPOINT, TEXT, WORD, FileType
from tracker.evidence.redaction import proof, redact, values
from tracker.evidence.words import reading
from tracker.platform import child_data
from tracker.platform.child_data import BLOCK
from tracker.platform.errors import Refused


def bare(words: str) -> str:
    return "".join(letter for letter in words.casefold() if letter.isalnum())


def redacted(folder: Path, content: bytes, kind: FileType, *, only: str = "") -> Path:
    """The file without everything that was found in it, or without what looks like ``only``."""
    old, new = planted.written(folder, content, kind), folder / f"redacted{kind.suffix}"
    found = reading.read(str(old), kind.media_type)["found"]
    redact.redact(str(old), kind.media_type, str(new), [one for one in found if only in one[0]])
    return new


def everything_in(content: bytes) -> str:
    """Every part of a package, a mail or a PDF, unpacked, with packages and mails in it unpacked too."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(content)) as package:
            texts = [everything_in(package.read(name)) + name for name in package.namelist()]
        return re.sub(r"<[^<>]*>", "", " ".join(texts)) + " ".join(texts)
    if content.startswith(b"%PDF"):
        with pikepdf.open(BytesIO(content)) as pdf:
            return " ".join(_object(one) for one in pdf.objects) + str(pdf.trailer)
    if content.startswith(b"Subject"):
        mail = message_from_bytes(content, policy=policy.default)
        parts = [everything_in(_content(part)) for part in mail.walk() if not part.is_multipart()]
        return " ".join([*parts, *(str(part.items()) for part in mail.walk())])
    return content.decode("utf-8", errors="replace")


def _content(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _object(one: pikepdf.Object) -> str:
    if isinstance(one, pikepdf.Stream) and one.get("/Subtype") != "/Image":
        return f"{one.read_bytes().decode('latin-1')} {dict(one)}"
    return str(dict(one)) if isinstance(one, pikepdf.Dictionary | pikepdf.Stream) else str(one)


@pytest.mark.parametrize("kind", planted.PLANTED, ids=lambda kind: kind.suffix)
def test_no_planted_number_is_left_in_any_byte_of_the_file(kind: FileType, tmp_path: Path) -> None:
    make, planted_there = planted.PLANTED[kind]
    assert [value for value in planted_there if bare(value) in bare(everything_in(make()))]

    new = redacted(tmp_path, make(), kind)

    left = bare(everything_in(new.read_bytes()))
    assert [value for value in planted_there if bare(value.replace("DOB", "")) in left] == []
    assert reading.read(str(new), kind.media_type)["found"] == []


def test_a_second_program_finds_nothing_in_a_redacted_pdf(tmp_path: Path) -> None:
    new = redacted(tmp_path, planted.a_pdf(), PDF)

    read = subprocess.run(["pdftotext", str(new), "-"], capture_output=True, text=True, check=True).stdout

    assert not any(bare(value) in bare(read) for value in planted.PLANTED[PDF][1])
    assert "Something was taken out of this page" in read
    assert "Nothing of anybody here" in read


def test_a_page_without_a_number_is_left_as_it_was(tmp_path: Path) -> None:
    new = redacted(tmp_path, planted.a_pdf_saying(f"Number {planted.NHS}", "Plain words"), PDF)

    with pdfium.PdfDocument(new) as document:
        assert document[1].get_textpage().get_text_range() == "Plain words"
        assert document[1].get_size() == (595, 842)


def test_the_picture_is_black_where_the_number_was_and_shows_the_rest(tmp_path: Path) -> None:
    new = redacted(tmp_path, planted.a_pdf_saying(f"{planted.NHS} was seen in time"), PDF)

    picture = _picture(new)

    number, rest = picture.crop((55, 130, 110, 150)), picture.crop((130, 130, 200, 150))
    assert _share_of_black(number) > 0.5
    assert 0.02 < _share_of_black(rest) < 0.4


def test_a_page_that_is_turned_is_black_in_the_right_place(tmp_path: Path) -> None:
    with pikepdf.open(BytesIO(planted.a_pdf_saying(f"{planted.NHS} was seen in time"))) as pdf:
        pdf.pages[0].Rotate = 90
        content = BytesIO()
        pdf.save(content)

    picture = _picture(redacted(tmp_path, content.getvalue(), PDF))

    assert _share_of_black(picture.crop((692, 55, 712, 110))) > 0.5
    assert picture.width > picture.height


def test_pages_that_share_a_drawing_all_become_pictures(tmp_path: Path) -> None:
    with pikepdf.open(BytesIO(planted.a_pdf())) as pdf:
        pdf.pages[1].Resources.XObject = pdf.pages[0].Resources.XObject
        content = BytesIO()
        pdf.save(content)

    new = redacted(tmp_path, content.getvalue(), PDF)

    assert bare(planted.UPN) not in bare(everything_in(new.read_bytes()))


def test_only_what_was_chosen_is_taken_out(tmp_path: Path) -> None:
    new = redacted(tmp_path, planted.a_text(), TEXT, only="NHS")

    text = new.read_text("utf-8-sig")
    assert text == f"Her number is\n{BLOCK}.\n\nRing {planted.PHONE} or write to {planted.MAIL}\n"


def test_a_word_file_still_opens_and_keeps_its_other_words(tmp_path: Path) -> None:
    new = docx.Document(str(redacted(tmp_path, planted.a_word_file(), WORD)))

    assert [paragraph.text for paragraph in new.paragraphs if paragraph.text] == [f"Seen by {BLOCK}"]
    assert new.tables[0].cell(0, 1).text == f"Pupil {BLOCK}"
    assert new.core_properties.subject == BLOCK


def test_a_workbook_still_opens_and_keeps_its_other_cells(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(redacted(tmp_path, planted.a_workbook(), EXCEL))

    rows = [[cell.value for cell in row] for row in book["Plan"].iter_rows(max_row=2)]
    assert rows == [["Case", "Date of birth", "NHS", "Spent"], [BLOCK, BLOCK, BLOCK, 1250000]]
    assert book["Old"].sheet_state == "hidden"


def test_a_mail_still_has_its_parts(tmp_path: Path) -> None:
    mail = message_from_bytes(redacted(tmp_path, planted.a_mail(), EMAIL).read_bytes(), policy=policy.default)

    assert mail["Subject"] == f"About {BLOCK}"
    assert mail["To"] == "colleague@brent.gov.uk"
    assert [part.get_filename() for part in mail.iter_attachments()] == [f"{BLOCK} plan.docx"]


def test_a_picture_of_the_first_page_is_left_out(tmp_path: Path) -> None:
    content = BytesIO(planted.a_presentation())
    with zipfile.ZipFile(content, "a") as package:
        package.writestr("docProps/thumbnail.jpeg", b"a picture")

    new = redacted(tmp_path, content.getvalue(), POWERPOINT)

    assert "docProps/thumbnail.jpeg" not in zipfile.ZipFile(new).namelist()


def test_what_cannot_be_proven_is_refused(tmp_path: Path) -> None:
    content = BytesIO(planted.a_presentation())
    with zipfile.ZipFile(content, "a") as package:
        package.writestr("ppt/9434765919.xml", "<a/>")

    with pytest.raises(Refused, match="could not be taken out of this file for certain, so nothing was changed"):
        redacted(tmp_path, content.getvalue(), POWERPOINT)


def test_what_is_not_there_any_more_is_refused(tmp_path: Path) -> None:
    path = planted.written(tmp_path, b"Nothing", TEXT)

    with pytest.raises(Refused, match="is not in the file any more"):
        redact.redact(str(path), TEXT.media_type, str(tmp_path / "new"), [["an NHS number", "line 1", "943"]])


def test_a_birth_is_taken_out_however_its_day_is_written() -> None:
    found = child_data.found_in({"": "DOB 04/03/2012"})

    text = values.blotted("4.3.2012? 04/03/2012, 2012-03-04, 4 March 2012; 14/03/2012", values.patterns(found))

    assert text == f"{BLOCK}? {BLOCK}, {BLOCK}, {BLOCK}; 14/03/2012"


def test_the_proof_sees_what_is_left(tmp_path: Path) -> None:
    patterns = values.patterns(child_data.found_in({"": planted.NHS}))

    assert not proof.is_clean(planted.written(tmp_path, planted.a_pdf(), PDF), PDF, patterns)
    assert not proof.is_clean(planted.written(tmp_path, planted.a_table(), file_types.CSV), file_types.CSV, patterns)


def _picture(path: Path) -> Image.Image:
    """The first page, a pixel a point."""
    with pdfium.PdfDocument(path) as document:
        picture: Image.Image = document[0].render(scale=1).to_pil()
        return picture.convert("L")


def _share_of_black(picture: Image.Image) -> float:
    return sum(picture.histogram()[:64]) / (picture.width * picture.height)
