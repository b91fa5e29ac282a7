"""Valid PDF/UA-1 and PDF/A-3a, said by a real validator, once for everything that a pack may print.

``python -m benchmarks packs validity`` asks the same of every kind of pack of the whole demonstration.
"""

import io
from collections.abc import Iterator
from dataclasses import replace

import pikepdf
import pytest
import weasyprint
from bs4 import BeautifulSoup, Tag

from reports import build, html, splitting, tagging
from reports.contents import PackContents
from tests.unit.reports import listening, validator
from tests.unit.reports.sample_brief import full_brief, full_briefing
from tests.unit.reports.sample_every import every_construct
from tests.unit.reports.sample_evidence import practice_example
from tests.unit.reports.test_build import elements


@pytest.fixture(scope="module")
def made() -> Iterator[bytes]:
    """In sections that are cut and joined, as those of a long pack are."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(splitting, "LONGEST", 20_000)
        yield build.pdf(every_construct())


@pytest.fixture(scope="module")
def verdicts(made: bytes, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """What the validator says of everything, of a page, of what WeasyPrint itself tagged, and of one with a fault."""
    if missing := validator.missing():
        pytest.skip(missing)
    page = build.pdf(practice_example())
    documents = {
        "everything": made,
        "one-page": page,
        "brief": build.pdf(full_brief("Plans for children drift ")),
        "briefing": build.pdf(full_briefing("Plans for children drift ")),
        "its-own-tagger": _by_its_own_tagger(replace(every_construct(), chapters=every_construct().chapters[3:4])),
        "faulty": _without_a_language(page),
    }
    folder = tmp_path_factory.mktemp("packs")
    for name, content in documents.items():
        (folder / name).write_bytes(content)
    return validator.broken_rules(*(folder / name for name in documents))


def _by_its_own_tagger(contents: PackContents) -> bytes:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("reports.made.TAGGER_FOR", "none")
        return build.pdf(contents)


def _without_a_language(document: bytes) -> bytes:
    saved = io.BytesIO()
    with pikepdf.open(io.BytesIO(document)) as broken:
        del broken.Root.Lang
        broken.save(saved)
    return saved.getvalue()


@pytest.mark.timeout(400)
@pytest.mark.parametrize("pack", ["everything", "one-page", "brief", "briefing"])
def test_a_pack_is_valid_pdf_ua_and_pdf_a(pack: str, verdicts: dict[str, list[str]]) -> None:
    assert verdicts[pack] == []


@pytest.mark.timeout(400)
def test_a_pack_is_valid_with_weasyprints_own_tagger_too(verdicts: dict[str, list[str]]) -> None:
    assert verdicts["its-own-tagger"] == []


@pytest.mark.timeout(400)
def test_the_validator_finds_a_fault(verdicts: dict[str, list[str]]) -> None:
    assert "7.2" in " ".join(verdicts["faulty"])


def test_there_is_an_element_for_each_table_list_and_picture(made: bytes) -> None:
    source = html.source(every_construct(), digest="")
    document = pikepdf.open(io.BytesIO(made))

    for kind, tag in {"Table": "<table", "TR": "<tr", "Figure": "<svg", "BlockQuote": "<blockquote"}.items():
        assert len(elements(document, kind)) == source.count(tag), kind


def test_a_listener_hears_no_dots_in_the_list_of_contents(made: bytes) -> None:
    document = pikepdf.open(io.BytesIO(made))
    page = next(page for page in document.pages if len(page.get("/Annots", ())) > 15)
    begun = [str(one.operands[0]) for one in pikepdf.parse_content_stream(page) if str(one.operator) == "BDC"]

    assert begun.count("/Artifact") > 2 * begun.count("/Span")


def test_a_listener_is_told_every_line_but_the_heads_of_a_table_that_goes_on(made: bytes) -> None:
    assert listening.left_out(made) == []


def test_what_a_listener_would_miss_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """A table whose head is as long as a sentence, over two pages."""
    rows = "".join(f"<tr><th scope='row'>Row {number}</th><td>Said</td></tr>" for number in range(60))
    heads = "<th scope='col'>What is said</th><th scope='col'>What inspectors found when they looked again</th>"
    table = f"<table><caption>Said</caption><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    page = f"<html lang='en'><title>Long</title><body><h1>Long</h1>{table}"
    monkeypatch.setattr("weasyprint.pdf.add_tags", tagging.add_tags)

    document = weasyprint.HTML(string=page).write_pdf(pdf_tags=True)

    assert listening.left_out(document) == ["What is said What inspectors found when they looked again"]


def test_heads_that_may_be_printed_again_on_a_page_are_short(made: bytes) -> None:
    tables = BeautifulSoup(html.source(every_construct(), digest=""), "html.parser").find_all("table")
    heads = listening.heads(made)

    assert len(heads) == len(tables)
    may_go_on = [lines for lines, table in zip(heads, tables, strict=True) if not kept_whole(table)]
    assert len(may_go_on) > len(heads) / 2
    assert [line for lines in may_go_on for line in lines if listening.is_prose(line)] == []


def kept_whole(table: Tag) -> bool:
    return any("together" in (around.get("class") or ()) for around in (table, *table.parents))


def test_every_kind_of_chapter_is_in_what_is_validated() -> None:
    made = (every_construct(), practice_example(), full_brief("Plans drift"))
    known = {chapter.chapter for contents in made for chapter in contents.chapters}

    assert known == {file.stem for file in (html.HERE / "documents").iterdir()} - NO_CHAPTERS


NO_CHAPTERS = {
    "contents",
    "cover",
    "crest",
    "document",
    "facts-and-sections",
    "how-to-read",
    "one-page",
    "pack",
    "parts",
    "short",
}
