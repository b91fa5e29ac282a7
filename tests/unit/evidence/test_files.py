"""What a file is follows from its content, and its name can do no harm."""

import io
import zipfile
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.given_evidence import PDF, an_office_file
from tracker.evidence import file_names, file_soundness, file_types
from tracker.evidence.file_types import FileType
from tracker.platform.errors import Refused

ZIP = an_office_file("notes.txt")
PNG = b"\x89PNG\r\n\x1a\n" + bytes(20) + b"IEND\xaeB`\x82"
JPEG = b"\xff\xd8\xff\xe0" + bytes(20) + b"\xff\xd9"
HUGE = (100_000).to_bytes(4)
HUGE_PNG = PNG[:8] + b"\0\0\0\x0dIHDR" + HUGE + HUGE + PNG[8:]
HUGE_JPEG = b"\xff\xd8\xff\xe0\0\x04ab\xff\xc2\0\x11\x08\xff\xff\xff\xff" + JPEG[4:]
ACTIVE_PDF = PDF.replace(b"<<>>", b"<</OpenAction<</S/JavaScript/JS(app.alert(1))>>/Names<</EmbeddedFiles 2 0 R>>>>", 1)
MAIL = b"From: a team\r\nSubject: Thank you\r\n  to all\r\n\r\nThe family wrote to thank us.\r\n"


def a_bomb() -> bytes:
    """A Word file of 20 kB whose one picture unpacks to 20 MB."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", "<w:document/>")
        archive.writestr("word/media/image1.bmp", bytes(20_000_000))
    return stream.getvalue()


def a_nested_bomb() -> bytes:
    """A Word file that holds an archive that holds an archive."""
    return with_parts({"word/embeddings/more.zip": with_parts({"again.zip": a_bomb()})})


def a_packed_program() -> bytes:
    """A Word file with an object into which Windows packed a program, across two pieces of what is read at once."""
    packed = b"\xd0\xcf\x11\xe0" + bytes(file_soundness.TAIL - 10) + "\x01Ole10Native".encode("utf-16-le") + b"MZ\x90"
    return with_parts({"word/embeddings/oleObject1.bin": packed})


def with_parts(parts: Mapping[str, bytes]) -> bytes:
    """A Word file with some parts more."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", "<w:document/>")
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def a_quine() -> bytes:
    """A Word file that says that a part of it is itself, as archives that unpack for ever do."""
    whole = with_parts({"word/embeddings/oleObject1.bin": b"the whole of it"})
    entry = whole.index(b"PK\x01\x02", whole.index(b"PK\x01\x02") + 4)
    return whole[: entry + 42] + (0).to_bytes(4, "little") + whole[entry + 46 :]


def encrypted(package: bytes) -> bytes:
    """The same, said in its own list to need a password."""
    entry = package.index(b"PK\x01\x02")
    return package[: entry + 8] + b"\x01" + package[entry + 9 :]


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (PDF, "holiday.png", file_types.PDF),
        (PNG, "chart.png", file_types.PNG),
        (JPEG, "board.pdf", file_types.JPEG),
        (an_office_file("word/document.xml"), "plan.docx", file_types.WORD),
        (an_office_file("xl/workbook.xml"), "plan.docx", file_types.EXCEL),
        (an_office_file("ppt/presentation.xml"), "plan", file_types.POWERPOINT),
        (b"month,late\nMay,7\n", "late.csv", file_types.CSV),
        ("Für alle".encode("cp1252"), "notes.pdf", file_types.TEXT),
        (MAIL, "Thanks.eml", file_types.EMAIL),
        (MAIL, "Thanks.txt", file_types.TEXT),
        (b"No mail: at all", "Thanks.eml", file_types.TEXT),
        (ACTIVE_PDF, "form.pdf", file_types.PDF),
        (with_parts({"word/embeddings/Worksheet1.xlsx": b"x", "word/media/a.bin": b"x"}), "a.docx", file_types.WORD),
        (PDF + ZIP + b"\nendstream\n%%EOF\n", "with an attachment.pdf", file_types.PDF),
    ],
)
def test_content_decides_what_a_file_is(content: bytes, name: str, kind: FileType) -> None:
    stream = io.BytesIO(content)

    assert file_types.recognise(stream, name) is kind
    assert stream.tell() == 0


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty"),
        (b"MZ\x90\x00" + bytes(200), "of the kind .exe, which cannot be added. You can add PDF, Word"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "older Office kind, a mail saved by Outlook, or protected"),
        (PDF[:-6], "begins as a PDF and stops before its end"),
        (PNG[:-8], "begins as a PNG picture and stops"),
        (JPEG[:-2], "begins as a JPEG picture and stops"),
        (PDF + ZIP, "is a PDF and a zip archive at once"),
        (PNG + ZIP, "is a PNG picture and a zip archive at once"),
        (b"<%PDF-1.7" + PDF, "is a web page"),
        (an_office_file("xl/workbook.xml", "xl/macrosheets/sheet1.xml"), "holds macros"),
        (an_office_file("word/document.xml", "word/embeddings/invoice.exe"), "holds a program"),
        (
            an_office_file("word/document.xml", *(f"word/media/{n}" for n in range(10_000))),
            "far more than it can rightly",
        ),
        (HUGE_PNG, "100,000 by 100,000 pixels"),
        (HUGE_JPEG, "65,535 by 65,535 pixels"),
        (a_nested_bomb(), "holds an archive of other files"),
        (a_packed_program(), "holds another file, packed"),
        (a_quine(), "is damaged"),
        (with_parts({})[:-30], "is damaged"),
        (b"\xef\xbb\xbf<html><p>Not a plan</p>", "is a web page"),
        (a_bomb(), "far more than it can rightly hold"),
        (encrypted(an_office_file("word/document.xml")), "protected by a password"),
        (b"<!doctype html><script>alert(1)</script>", "is a web page"),
        (b"\xef\xbb\xbf \n<svg onload=alert(1)>", "is a web page"),
        (an_office_file("word/document.xml", "word/vbaProject.bin"), "holds macros"),
        (an_office_file("../../etc/passwd"), "is a zip archive"),
        (b"PK\x03\x04" + b"junk" * 40, "is damaged"),
        (bytes(range(1, 200)), "cannot be added"),
    ],
)
def test_a_file_of_another_kind_is_refused_with_what_would_be_taken(content: bytes, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        file_types.recognise(io.BytesIO(content), "plan.pdf")


@pytest.mark.parametrize("name", ["../../etc/passwd", "..\\..\\boot.ini", "C:\\plan.pdf", "a/b.pdf", "..", "a\0.pdf"])
def test_a_name_that_leads_elsewhere_is_refused(name: str) -> None:
    with pytest.raises(Refused, match="holds a path to a folder"):
        file_names.safe(name, file_types.PDF)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("PLO tracker.pdf", "PLO tracker.pdf"),
        ("invoice.exe", "invoice.pdf"),
        ("plan‮fdp.exe", "planfdp.pdf"),
        ('say "yes"\r\nX-Header: no.pdf', "say yes X-Header no.pdf"),
        (".htaccess", "htaccess.pdf"),
        ("", "file.pdf"),
        ("Évaluation à jour.pdf", "Évaluation à jour.pdf"),
        ("CON.pdf", "file CON.pdf"),
        ("lpt1.minutes.docx", "file lpt1.minutes.pdf"),
        ("Conference.pdf", "Conference.pdf"),
        ("a" * 5000 + ".pdf", "a" * file_names.LONGEST + ".pdf"),
    ],
)
def test_a_name_is_made_safe(name: str, safe: str) -> None:
    assert file_names.safe(name, file_types.PDF) == safe


@given(st.text())
def test_a_safe_name_is_one_short_line_that_ends_as_its_content_says(name: str) -> None:
    try:
        safe = file_names.safe(name, file_types.PDF)
    except Refused:
        return

    assert safe.endswith(".pdf")
    assert safe.isprintable()
    assert not set(safe) & set('/\\<>:"|?*')
    assert len(safe) <= file_names.LONGEST + 4
