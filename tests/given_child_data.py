"""Files of every kind with invented numbers planted wherever such files can hold words."""

import io
import zipfile
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import docx
import openpyxl
import pikepdf
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from openpyxl.comments import Comment

from tracker.evidence import file_types
from tracker.evidence.file_types import FileType

NHS, OTHER_NHS, UPN, PHONE, MAIL, CASE = (
    "943 476 5919", "401 023 2137", "A123456789012", "07700 900123", "s.okafor@example.org", "CIN-0012345",
)  # fmt: skip
BORN = "DOB 04/03/2012"

TEXT_BOX = (
    "<w:p {}><w:r><w:pict><v:shape xmlns:v='urn:schemas-microsoft-com:vml'><v:textbox><w:txbxContent><w:p><w:r>"
    "<w:t>{}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
)
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"


def written(folder: Path, content: bytes, kind: FileType) -> Path:
    path = folder / f"planted{kind.suffix}"
    path.write_bytes(content)
    return path


def a_word_file() -> bytes:
    """A number in parts of a line, in a table, header, footer, comment, text box and the properties."""
    document = docx.Document()
    paragraph = document.add_paragraph("Seen by ")
    for part in ("943 4", "76 ", "5919"):
        paragraph.add_run(part).bold = part == "76 "
    document.add_table(1, 2).rows[0].cells[1].text = f"Pupil {UPN}"
    document.sections[0].header.paragraphs[0].text = BORN
    document.sections[0].footer.paragraphs[0].text = f"Write to {MAIL}"
    document.add_comment(paragraph.runs, text=f"Ring {PHONE}", author="A", initials="A")
    document.element.body.insert(0, parse_xml(TEXT_BOX.format(nsdecls("w"), f"See {CASE}")))
    document.core_properties.subject = OTHER_NHS
    return _saved(document)


def a_workbook() -> bytes:
    """Numbers as text and as numbers, days that only their heading makes births, a comment, a hidden sheet."""
    book = openpyxl.Workbook()
    plan = book.active
    assert plan is not None
    plan.title = "Plan"
    plan.append(["Case", "Date of birth", "NHS", "Spent"])
    plan.append([CASE, date(2012, 3, 4), 9434765919, 1250000])
    plan["D2"].number_format = "#,##0"
    plan["A3"] = f"Ring {PHONE}"
    plan["A3"].comment = Comment(f"Write to {MAIL}", "A")
    hidden = book.create_sheet("Old")
    hidden.sheet_state = "hidden"
    hidden["B7"] = UPN
    hidden["B8"] = f'=CONCATENATE("{OTHER_NHS}","")'
    return _saved(book)


def a_presentation() -> bytes:
    """A slide, the notes below it and a picture's description."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("ppt/presentation.xml", "<presentation/>")
        package.writestr("ppt/slides/slide1.xml", _slide("Ring 07700 ", "900123"))
        package.writestr("ppt/notesSlides/notesSlide1.xml", _slide(f"Her number is {NHS}"))
    return content.getvalue()


def a_table() -> bytes:
    return f"Case,Date of birth,Number\n{CASE},04/03/2012,{NHS}\nnone,,{UPN}\n".encode()


def a_text() -> bytes:
    return f"Her number is\n943 476\n5919.\n\nRing {PHONE} or write to {MAIL}\n".encode()


def a_mail() -> bytes:
    """The subject, the sender, text and its web page, an attached Word file and a name of a file."""
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["To"] = f"About {CASE}", f"Sam <{MAIL}>", "colleague@brent.gov.uk"
    mail.set_content(f"Her number is {NHS}, she is {BORN}")
    mail.add_alternative("<p>Her number is 943&nbsp;<b>476</b> 5919</p>", subtype="html")
    word = a_word_file()
    mail.add_attachment(word, maintype="application", subtype="octet-stream", filename=f"{UPN} plan.docx")
    return mail.as_bytes()


def a_pdf() -> bytes:
    """A page, a drawing used on it, a note, a field, a bookmark, properties, an attached file, a second clean page."""
    pdf = pikepdf.new()
    form = pdf.make_stream(f"BT /F1 12 Tf 50 600 Td (Pupil {UPN}) Tj ET".encode(), {
        "/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Form, "/BBox": pikepdf.Array([0, 0, 600, 800]),
        "/Resources": _resources(pdf),
    })  # fmt: skip
    said = f"/Span <</ActualText (Her number is {NHS})>> BDC BT /F1 12 Tf 50 700 Td (Her number is {NHS}) Tj ET EMC"
    page = _pdf_page(pdf, f"{said} BT /F1 12 Tf 50 650 Td ({BORN} and more words) Tj ET /X Do")
    page.Resources.XObject = pikepdf.Dictionary(X=form)
    page.Annots = pikepdf.Array([_note(pdf, f"Ring {PHONE}"), _field(pdf, CASE)])
    _pdf_page(pdf, "BT /F1 12 Tf 50 700 Td (Nothing of anybody here) Tj ET")
    pdf.docinfo["/Subject"] = pikepdf.String(f"About {OTHER_NHS}")
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(f"Write to {MAIL}", 0))
    pdf.attachments["plan.txt"] = f"Her number is {NHS}".encode()
    return _saved(pdf)


def a_pdf_saying(*pages: str) -> bytes:
    pdf = pikepdf.new()
    for said in pages:
        _pdf_page(pdf, f"BT /F1 12 Tf 50 700 Td ({said}) Tj ET" if said else "")
    return _saved(pdf)


def a_scan() -> bytes:
    """A page that is a picture, without a letter."""
    pdf = pikepdf.new()
    picture = pdf.make_stream(bytes(300), {
        "/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Image, "/Width": 10, "/Height": 10,
        "/ColorSpace": pikepdf.Name.DeviceRGB, "/BitsPerComponent": 8,
    })  # fmt: skip
    page = _pdf_page(pdf, "q 500 0 0 700 50 50 cm /X Do Q")
    page.Resources.XObject = pikepdf.Dictionary(X=picture)
    return _saved(pdf)


PLANTED = {
    file_types.WORD: (a_word_file, {NHS, UPN, BORN, MAIL, PHONE, CASE, OTHER_NHS}),
    file_types.EXCEL: (a_workbook, {CASE, "4 March 2012", "9434765919", PHONE, MAIL, UPN, OTHER_NHS}),
    file_types.POWERPOINT: (a_presentation, {PHONE, NHS}),
    file_types.CSV: (a_table, {CASE, "04/03/2012", NHS, UPN}),
    file_types.TEXT: (a_text, {NHS, PHONE, MAIL}),
    file_types.EMAIL: (a_mail, {CASE, MAIL, NHS, BORN, UPN, PHONE, OTHER_NHS}),
    file_types.PDF: (a_pdf, {NHS, UPN, BORN, PHONE, CASE, OTHER_NHS, MAIL}),
}
"""Each kind with a file of it and every value that is planted there."""


def _saved(document: object) -> bytes:
    content = io.BytesIO()
    document.save(content)  # type: ignore[attr-defined]  # all three libraries call it so
    return content.getvalue()


def _slide(*runs: str) -> str:
    texts = "".join(f"<a:r><a:t>{run}</a:t></a:r>" for run in runs)
    return f'<p:sld xmlns:p="p" xmlns:a="{DRAWING}"><p:txBody><a:p>{texts}</a:p></p:txBody></p:sld>'


def _resources(pdf: pikepdf.Pdf) -> pikepdf.Dictionary:
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    return pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=pdf.make_indirect(font)))


def _pdf_page(pdf: pikepdf.Pdf, content: str) -> pikepdf.Page:
    page = pdf.add_blank_page(page_size=(595, 842))
    page.Resources = _resources(pdf)
    page.Contents = pdf.make_stream(content.encode())
    return page


def _note(pdf: pikepdf.Pdf, said: str) -> pikepdf.Object:
    return pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[300, 300, 320, 320], Contents=pikepdf.String(said)
        )
    )


def _field(pdf: pikepdf.Pdf, value: str) -> pikepdf.Object:
    field = pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Tx, T=pikepdf.String("ref"),
            V=pikepdf.String(value), Rect=[300, 400, 400, 420],
        )
    )  # fmt: skip
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([field]))
    return field
