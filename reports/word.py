"""The same contents as a Word document: real styles and headings, numbered captions, a contents field, heads on tables.

For people who have to edit, comment or paste. Charts are given as their tables.
"""

import base64
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

import docx
from docx.document import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph
from markdown_it import MarkdownIt
from markdown_it.token import Token

from reports import contents as pack
from reports.html import day
from reports.prose import in_words, readable
from reports.table_shapes import Table
from reports.tables import answer_table, item_table, tables
from reports.word_parts import CONTENTS, add_field, add_table, fill_contents

NAVY = RGBColor(0x14, 0x32, 0x4A)
WIDEST_CREST, HIGHEST_CREST = 60, 32
"""Millimetres, as on the cover of the PDF."""
ZIPPED_ON = (1980, 1, 1, 0, 0, 0)
"""The date of every part inside the file, so that the same contents make the same bytes."""
GIVEN = frozenset({"Plan", "Proposed actions", "Practice example"})
"""Tables whose rows stand under headings of their own instead."""
FIGURED = pack.Summary | pack.WhatMoved | pack.AreaRegister | pack.Quality | pack.Standings
"""Chapters that begin with figures printed large."""
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).disable(
    ["html_block", "html_inline", "reference", "image", "code"]
)


def word(contents: pack.PackContents) -> bytes:
    """The same bytes for the same contents."""
    digest, contents = contents.digest(), contents.reworded(readable)
    document = docx.Document()
    _look(document, contents.look)
    _properties(document, contents)
    _head_and_foot(document, contents, digest)
    if contents.look and contents.look.crest:
        _crest(document, contents.look.crest)
    if contents.kind in pack.ONE_PAGE:
        return _steady(_one_page(document, contents))
    if contents.kind in pack.SHORT:
        document.styles["Heading 1"].paragraph_format.page_break_before = False
    _cover(document, contents, digest)
    listed = None if contents.kind in pack.SHORT else document.add_paragraph()
    _how_to_read(document, contents)
    for numbered, found in tables(contents):
        document.add_heading(f"{numbered.number}  {numbered.chapter.title}", 1)
        _prose(document, numbered.chapter)
        for table in _shown(document, numbered.chapter, found):
            add_table(document, table.in_documents)
        if numbered.slight:
            document.add_paragraph("Nothing has been recorded here yet.")
    if listed:
        fill_contents(listed, document)
    return _steady(document)


def _one_page(document: Document, contents: pack.PackContents) -> Document:
    """No cover and no list of contents: what the page says, ready to be edited."""
    document.add_paragraph(f"{contents.authority} · {contents.title}")
    for chapter in contents.chapters:
        document.add_paragraph(chapter.title, style="Title")
        if isinstance(chapter, pack.PracticeExample | pack.DailyBrief):
            for fact in chapter.facts:
                _named(document, fact.head, " ".join(fact.points))
            _rows(document, chapter.sections, level=2)
        if isinstance(chapter, pack.DailyBrief):
            document.add_paragraph(chapter.note)
        if isinstance(chapter, pack.PracticeExample) and chapter.voice:
            document.add_heading("Voice", 2)
            document.add_paragraph(f"“{chapter.voice}” {chapter.voice_of}".strip(), style="Intense Quote")
    if contents.look:
        _named(document, "Profile", f"{contents.look.profile}. {contents.look.note}".strip())
    if contents.demonstration:
        _named(document, "Demonstration", contents.demonstration)
    return document


def _crest(document: Document, crest: pack.Crest) -> None:
    """As large as a crest may be, with its words for those who do not see it."""
    across = min(WIDEST_CREST, HIGHEST_CREST * crest.width / crest.height)
    run = document.add_paragraph().add_run()
    shape = run.add_picture(io.BytesIO(base64.b64decode(crest.png)), width=Mm(across))
    shape._inline.docPr.set("descr", crest.alt)


def _named(document: Document, name: str, fact: str) -> None:
    paragraph = document.add_paragraph()
    paragraph.add_run(f"{name}: ").bold = True
    paragraph.add_run(fact)


def _shown(document: Document, chapter: pack.Chapter, found: Sequence[Table]) -> Iterator[Table]:
    """The tables of a chapter that a page has room for; statements have been printed, and a plan goes item by item."""
    if isinstance(chapter, pack.Plan):
        for item in chapter.items:
            document.add_heading(f"{item.reference}  “{item.words}”", 2)
            document.add_paragraph(f"{item.source}. Owner: {item.owner or 'nobody yet'}.")
            yield item_table(item)
    if isinstance(chapter, pack.ProposedActions):
        for answered in chapter.items:
            document.add_heading(f"{answered.reference}  “{answered.words}”", 2)
            document.add_paragraph(f"{answered.source}. Owner: {answered.owner or 'nobody yet'}.")
            yield answer_table(answered)
    yield from (table for table in found if table.name not in GIVEN and not table.name.endswith(" statements"))


def _look(document: Document, look: pack.Look | None) -> None:
    ink = RGBColor.from_string(look.ink.removeprefix("#").upper()) if look else NAVY
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(10.5)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), "Arial")
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-GB")
    normal.element.rPr.append(language)
    for name, size in (("Title", 30), ("Heading 1", 20), ("Heading 2", 14), ("Heading 3", 11.5), ("Caption", 10)):
        style = document.styles[name]
        style.font.name, style.font.size, style.font.color.rgb, style.font.bold = "Arial", Pt(size), ink, True
        style.element.rPr.rFonts.attrib.clear()
        style.element.rPr.rFonts.set(qn("w:ascii"), "Arial")
        style.element.rPr.rFonts.set(qn("w:hAnsi"), "Arial")
    document.styles["Heading 1"].paragraph_format.page_break_before = True
    for name in ("Header", "Footer"):
        document.styles[name].font.size = Pt(8)
    _quoting(document.styles["Intense Quote"], ink)


def _quoting(style: ParagraphStyle, ink: RGBColor) -> None:
    """Words of others: upright, beside a rule, and together with where they stand."""
    style.font.name, style.font.bold, style.font.italic, style.font.color.rgb = "Arial", False, False, ink
    style.paragraph_format.left_indent, style.paragraph_format.right_indent = Mm(6), Mm(0)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(6), Pt(2)
    style.paragraph_format.keep_with_next = style.paragraph_format.keep_together = True
    rules = style.element.pPr.find(qn("w:pBdr"))
    rules.clear()
    rules.append(parse_xml(f'<w:left {nsdecls("w")} w:val="single" w:sz="12" w:space="8" w:color="0B5563"/>'))


def _properties(document: Document, contents: pack.PackContents) -> None:
    core, made = document.core_properties, contents.made_on
    core.title = f"{contents.short_title}, {contents.reference}"
    core.author = core.last_modified_by = contents.authority
    core.language, core.comments = "en-GB", f"{contents.marking}. As at {day(contents.as_at)}."
    core.created = core.modified = datetime(made.year, made.month, made.day)  # noqa: DTZ001 python-docx takes no zone


def _head_and_foot(document: Document, contents: pack.PackContents, digest: str) -> None:
    section = document.sections[0]
    section.header.paragraphs[0].text = " · ".join(filter(None, (contents.watermark, contents.short_title)))
    marks = [contents.marking, f"As at {day(contents.as_at)}", contents.reference, digest[:12]]
    if contents.demonstration:
        marks.append("Demonstration: invented content")
    foot = section.footer.paragraphs[0]
    foot.text = " · ".join(marks) + " · Page "
    add_field(foot, "PAGE", "1")
    foot.add_run(" of ")
    add_field(foot, "NUMPAGES", "1")


def _signed_off(contents: pack.PackContents) -> str:
    """Who signed and when; only a self-evaluation is signed, so only of one is it said that nobody has."""
    signed = contents.signed_off
    if signed and signed.on:
        return f"{day(signed.on)} by {signed.by}"
    return "Not yet: this is a draft" if contents.is_draft else ""


def _cover(document: Document, contents: pack.PackContents, digest: str) -> None:
    document.add_paragraph(contents.authority)
    document.add_paragraph(contents.title, style="Title")
    document.add_paragraph(contents.subtitle)
    facts = {
        "As at": day(contents.as_at),
        "Prepared for": contents.prepared_for,
        "Version": f"{contents.version}, frozen on {day(contents.made_on)}",
        "Signed off": _signed_off(contents),
        "Classification": f"{contents.marking} {contents.marking_note}".strip(),
        "Profile": f"{contents.look.profile}. {contents.look.note}".strip() if contents.look else "",
        "Pack reference": contents.reference,
        "Content hash": digest,
        "Demonstration pack": contents.demonstration,
    }
    for name, fact in facts.items():
        if fact:
            _named(document, name, fact)
    if contents.kind in pack.SHORT:
        return
    document.add_heading(CONTENTS, 1)


def _how_to_read(document: Document, contents: pack.PackContents) -> None:
    if contents.how_to_read or contents.status_meanings:
        document.add_heading("How to read this pack", 1)
        _rows(document, contents.how_to_read, level=2)
    if contents.status_meanings:
        rows = tuple((meaning.word.text, meaning.meaning) for meaning in contents.status_meanings)
        columns = ("Status", "What it means")
        add_table(document, Table(name="", caption="The words used for an action", columns=columns, rows=rows))


def _prose(document: Document, chapter: pack.Chapter) -> None:
    """What a chapter says outside its tables."""
    if lede := getattr(chapter, "lede", ""):
        document.add_paragraph(lede)
    if isinstance(chapter, pack.Area):
        _area(document, chapter)
    if isinstance(chapter, pack.Signatures):
        document.add_paragraph(chapter.declaration)
    for figure in chapter.figures if isinstance(chapter, FIGURED) else ():
        _points(document, [f"**{figure.label}**: {figure.value}. {figure.note}"])
    if isinstance(chapter, pack.OverTime | pack.HowFar | pack.Quality | pack.Differences) and chapter.note:
        document.add_paragraph(chapter.note)
    for note in chapter.notes if isinstance(chapter, pack.Scored) else ():
        document.add_paragraph(note)
    if isinstance(chapter, pack.WhatMoved) and chapter.standing:
        document.add_paragraph(chapter.standing.apart)
    _rows(document, _rows_of(chapter), level=2)


def _rows_of(chapter: pack.Chapter) -> Sequence[pack.Row | pack.Unsure]:
    match chapter:
        case pack.Summary():
            return (*chapter.rows, *_as_row("What we are not yet sure of", chapter.not_sure_of))
        case pack.WhereWeStand(notes=rows) | pack.Voices(notes=rows) | pack.Audits(trust=rows):
            return rows
        case pack.NotYetSure():
            return chapter.entries
        case pack.InspectionFacts(rows=rows) | pack.Watching(rows=rows) | pack.AreaRegister(gaps=rows):
            return rows
        case pack.Differences(pathways=pathways):
            named = ((f"{one.reference} {one.name}, {one.period}", one.finding) for one in pathways)
            return [pack.Row(head=head, points=(finding,)) for head, finding in named]
        case pack.Method():
            return (*chapter.rows, *_as_row("Licence", (chapter.attribution,)))
    return ()


def _as_row(head: str, points: Sequence[str]) -> tuple[pack.Row, ...]:
    """One row, or none when there is nothing to say in it."""
    return (pack.Row(head=head, points=tuple(points)),) if any(points) else ()


def _area(document: Document, area: pack.Area) -> None:
    view = area.own_view
    facts = [("Our own view", view.grade, view.grade_note), ("Our confidence", view.confidence, view.confidence_note)]
    facts += [(figure.label, figure.value, figure.note) for figure in area.figures]
    for label, value, note in facts:
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{label}: {value}").bold = True
        paragraph.add_run(f". {note}" if note else "")
    _points(document, [view.reasons or "No reasons have been given for this view yet."])
    for question in (area.know, area.how, area.plans):
        document.add_heading(question.words, 2)
        if question is area.how:
            _quotations(document, area.inspectors_said)
        _statements(document, question)


def _quotations(document: Document, quotations: Iterable[pack.Quotation]) -> None:
    for one in quotations:
        document.add_paragraph(f"“{one.words}”", style="Intense Quote")
        place = [
            one.source,
            f"page {one.page}" if one.page else "",
            f"paragraph {one.paragraph}" if one.paragraph else "",
        ]
        document.add_paragraph(", ".join(filter(None, place)))


def _statements(document: Document, question: pack.Question) -> None:
    for one in question.statements:
        standing = [one.reference, one.title, one.word.text if one.word else "", *one.notes]
        document.add_heading(" · ".join(filter(None, standing)), 3)
        if one.claim:
            document.add_paragraph("A claim: cites no evidence.")
        _points(document, [one.text])
    if not question.statements:
        document.add_paragraph("Nothing has been written yet in answer to this question.")


def _rows(document: Document, rows: Iterable[pack.Row | pack.Unsure], *, level: int) -> None:
    for row in rows:
        document.add_heading(row.head, level)
        _points(document, row.points)


def _points(document: Document, texts: Sequence[str]) -> None:
    """Markdown as paragraphs, or as bullets when there are several."""
    for text in texts:
        bulleted = len(texts) > 1
        for token in _MARKDOWN.parse(text):
            if token.type == "inline":
                listed = bulleted or token.level > 1
                _runs(document.add_paragraph(style="List Bullet" if listed else None), token.children or [])


def _runs(paragraph: Paragraph, tokens: Iterable[Token]) -> None:
    bold = italic = 0
    for token in tokens:
        bold += {"strong_open": 1, "strong_close": -1}.get(token.type, 0)
        italic += {"em_open": 1, "em_close": -1}.get(token.type, 0)
        words = " " if token.type in {"softbreak", "hardbreak"} else in_words(token.content)
        if words:
            run = paragraph.add_run(words)
            run.bold, run.italic = bold > 0, italic > 0


def _steady(document: Document) -> bytes:
    saved, steady = io.BytesIO(), io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as parts, zipfile.ZipFile(steady, "w", zipfile.ZIP_DEFLATED) as file:
        for name in parts.namelist():
            file.writestr(zipfile.ZipInfo(name, ZIPPED_ON), parts.read(name), zipfile.ZIP_DEFLATED)
    return steady.getvalue()
