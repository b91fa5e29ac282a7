"""Invented letters and narrative reports in their published forms, set as pages with columns and tables."""

from functools import cache

from weasyprint import HTML

STYLE = """
@page {size: A4; margin: 25mm 22mm; @bottom-right {content: counter(page); font-size: 12pt}}
body {font-family: "Liberation Sans", "DejaVu Sans", sans-serif; font-size: 12pt; line-height: 1.25}
h1 {font-size: 14pt; margin: 14pt 0 8pt} h2 {font-size: 12pt; margin: 12pt 0 6pt} p {margin: 0 0 9pt}
.sender {margin-left: 11cm; font-size: 9pt} .title {font-size: 24pt; margin-bottom: 10pt} .box {border: 1px solid}
ul {list-style-type: '■  '; padding-left: 16pt} table {border-collapse: collapse; width: 100%; table-layout: fixed}
td, th {border: 1px solid; padding: 5pt; vertical-align: top; text-align: left} .last {page-break-before: always}
"""
GOOD = (
    "Social workers know their children well and visit them often. Plans are clear and most are reviewed on time, and "
    "managers look at what has been done and what has not. Leaders know what to do next."
)
LESS = (
    "The quality of supervision is too variable. In some teams it helps workers to think, but in others it is a list "
    "of tasks, and drift goes unseen for weeks at a time."
)
SENDER = """<div class=sender>Ofsted<br>Piccadilly Gate<br>Store Street<br>Manchester<br>M1 2WD<br><br>
T 0300 123 1231<br>enquiries@ofsted.gov.uk<br>www.gov.uk/ofsted</div>"""
NOTICE = """<div class=last><p>The Office for Standards in Education, Children’s Services and Skills (Ofsted) regulates
and inspects to achieve excellence.</p><p>© Crown copyright 2024</p></div>"""
SIGNED = "Yours sincerely"


def said(*paragraphs: str) -> str:
    return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)


def listed(*items: str) -> str:
    return "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>"


def headed(heading: str, *blocks: str, rank: int = 2) -> str:
    return f"<h{rank}>{heading}</h{rank}>" + "".join(blocks)


def tabled(*rows: tuple[str, ...]) -> str:
    head, *others = rows
    cells = ["".join(f"<th>{cell}</th>" for cell in head)]
    cells += ["".join(f"<td>{cell}</td>" for cell in row) for row in others]
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"


def posted(subject: str, *blocks: str, to: str = "Jo Sample") -> str:
    """A letter with its sender at the right, whom it is to, and what it is about."""
    address = said("27 March 2024", f"{to}<br>Director of Children’s Services<br>Civic Centre", f"Dear {to}")
    return SENDER + address + headed(subject, *blocks)


@cache
def set_as_pages(body: str) -> bytes:
    page = f"<html lang=en-GB><style>{STYLE}</style><body>{body}{NOTICE}</body></html>"
    return bytes(HTML(string=page).write_pdf())


def area_send(outcome: str, *lists: str, what: str = "Area SEND inspection", dates: str = "26 to 30 June 2023") -> str:
    """A report of an inspection of a local area's arrangements, with its fixed headings."""
    return "".join(
        [
            f"<div class=title>{what} of Oldham Local Area Partnership</div>",
            said(f"<b>Inspection dates:</b> {dates}", "<b>Dates of previous inspection:</b> 7 to 11 October 2019"),
            headed("Inspection outcome", said(outcome, "A further inspection will follow."), rank=1),
            headed("Information about the local area partnership", said(GOOD), rank=1),
            headed(
                "What is it like to be a child or young person with special educational needs and/or disabilities "
                "(SEND) in this area?",
                said(GOOD, LESS),
                rank=1,
            ),
            headed("What is the area partnership doing that is effective?", listed("Leaders agree.", GOOD), rank=1),
            headed("What does the area partnership need to do better?", listed("Plans are late.", LESS), rank=1),
            *lists,
            headed("Inspection team", rank=1),
            tabled(
                ("Ofsted", "Care Quality Commission"),
                ("Ann Example, HMI Lead inspector", "Bob Instance, CQC Lead inspector"),
                ("Cara Sample HMI", "Dan Specimen, CQC"),
            ),
        ]
    )
