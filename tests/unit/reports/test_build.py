import io
import logging
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pikepdf
import pypdfium2
import pytest
import weasyprint
from weasyprint.urls import FatalURLFetchingError

from reports import build, html, laying, tagging
from reports.contents import Area, Kind, Plan, PlanAction, Register, Statement
from reports.parts import Word
from tests.unit.reports import sample
from tests.unit.reports.sample_statement import statement_of_action
from tracker.packs.gathering.brief import Part, Told, gather_brief


@pytest.fixture(scope="module")
def made() -> bytes:
    return build.pdf(sample.self_evaluation())


def pages(made: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(made)
    return [page.get_textpage().get_text_bounded() for page in document]


def elements(document: pikepdf.Pdf, kind: str) -> list[pikepdf.Object]:
    """Every structure element of a kind, in reading order."""
    return [element for element in _structure(document.Root.StructTreeRoot.K) if element.get("/S") == f"/{kind}"]


def _structure(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    if isinstance(element, pikepdf.Array):
        for kid in element:
            yield from _structure(kid)
    elif isinstance(element, pikepdf.Dictionary):
        yield element
        yield from _structure(element.get("/K", pikepdf.Array()))


def test_our_tagger_stands_in_for_the_version_it_was_written_against_only(monkeypatch: pytest.MonkeyPatch) -> None:
    own = weasyprint.pdf.add_tags

    with laying._our_tagger():
        assert weasyprint.pdf.add_tags is tagging.add_tags
    monkeypatch.setattr(weasyprint, "__version__", "71.0")
    with laying._our_tagger():
        assert weasyprint.pdf.add_tags is own
    assert weasyprint.pdf.add_tags is own


def test_the_same_contents_make_the_same_bytes(made: bytes) -> None:
    assert build.pdf(sample.self_evaluation()) == made


def test_the_file_says_what_it_is_in_its_own_language(made: bytes) -> None:
    document = pikepdf.open(io.BytesIO(made))

    assert str(document.Root.Lang) == "en-GB"
    assert str(document.docinfo.Title) == "Draft: Brent children’s services: self-evaluation, P-14 (demonstration)"
    assert str(document.docinfo.CreationDate).startswith("D:20261030")


def test_every_page_but_the_cover_says_what_it_is_part_of(made: bytes) -> None:
    cover, *rest = pages(made)
    digest = sample.self_evaluation().digest()

    assert "Page 1 of" not in cover
    for number, text in enumerate(rest, 2):
        assert "Brent children’s services: self-evaluation" in text
        assert f"OFFICIAL · As at 30 October 2026 · P-14 · {digest[:12]} · Demonstration: invented content" in text
        assert f"Page {number} of {len(rest) + 1}" in text


def test_the_contents_list_and_the_bookmarks_lead_to_each_chapter(made: bytes) -> None:
    document, texts = pikepdf.open(io.BytesIO(made)), pages(made)
    plan = next(number for number, text in enumerate(texts, 1) if "Actions by item" in text)

    with document.open_outline() as outline:
        titles = [bookmark.title for top in outline.root for bookmark in (top, *top.children)]

    assert "6 Improvement plan" in titles
    assert re.search(rf"Improvement plan[ .]+{plan}\b", texts[2])


def test_the_register_says_on_which_page_a_thing_is_cited(made: bytes) -> None:
    texts = pages(made)
    page = next(number for number, text in enumerate(texts, 1) if "S-36\r\n" in text and "Return interviews" in text)

    assert f"S-36 p. {page}" in " ".join(texts).replace("\xa0", " ")


def test_a_table_over_several_pages_is_one_table_to_a_screen_reader(made: bytes) -> None:
    source = html.source(sample.self_evaluation(), digest="")
    document = pikepdf.open(io.BytesIO(made))

    assert len(elements(document, "Table")) == source.count("<table")
    assert len(elements(document, "THead")) == source.count("<thead>")


def test_every_head_of_a_table_says_what_it_is_head_of(made: bytes) -> None:
    document = pikepdf.open(io.BytesIO(made))

    assert {str(head.A.Scope) for head in elements(document, "TH")} == {"/Column", "/Row"}


def test_every_chart_is_told_in_words(made: bytes) -> None:
    document = pikepdf.open(io.BytesIO(made))
    told = [str(figure.Alt) for figure in elements(document, "Figure")]

    assert told[0].startswith("Grades by area: Good in every area at the last inspection. Leaders: Good in 2018")
    assert any("Jul to Sep 2026: Outstanding 5, Good 26" in words for words in told)


def test_a_link_is_told_by_its_words(made: bytes) -> None:
    document = pikepdf.open(io.BytesIO(made))
    links = [link for page in document.pages for link in page.get("/Annots", ())]

    assert {"[E-231]", "Evidence register"} <= {str(link.Contents) for link in links}


def test_running_heads_are_no_part_of_the_text(made: bytes) -> None:
    document = pikepdf.open(io.BytesIO(made))
    page = document.pages[3]

    def marks(content: pikepdf.Page | pikepdf.Object) -> list[str]:
        begun = (one for one in pikepdf.parse_content_stream(content) if str(one.operator) in {"BDC", "BMC"})
        return [str(one.operands[0]) for one in begun]

    assert set(marks(page.obj.Resources.XObject.Furniture)) == {"/Artifact"}
    shown = page.obj.Contents[-1].read_bytes()
    assert shown.count(b"/Artifact <</Type /Pagination>> BDC") == shown.count(b"TJ") == 1
    assert "/Artifact" in marks(page)


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script><style>*{display:none}</style></main><h1>x",
        "قالت الأم إنها شعرت بأنها مسموعة [E-210]. שלום \u202eevil",
        "Well done \U0001f44d\U0001f3fd \U0001f469\u200d\U0001f467 \x07 \u4e2d\u6587 \ue000",
        "![x](file:///etc/passwd) ![y](http://elsewhere.example/y.png) [z](javascript:alert(1))",
        "W" * 5000,
        "> " * 400 + "deep",
        "\n".join(f"{'  ' * depth}- item" for depth in range(400)),
        "| a | b |\n|---|---|\n" + "| 1 | words |\n" * 80,
    ],
    ids=["markup", "right to left", "emoji", "addresses", "one word", "quotes", "lists", "table"],
)
def test_a_hostile_statement_changes_nothing_else_in_the_pack(hostile: str) -> None:
    contents = replace(sample.self_evaluation(), chapters=sample.self_evaluation().chapters[3:4])
    attacked = sample.with_statement(contents, Statement(reference="S-31", text=hostile))

    text = " ".join(pages(build.pdf(attacked)))

    assert "In a small audit, 6 of 15 plans used what the child had said" in text.replace("\r\n", " ")
    assert "What are our plans for the next 12 months?" in text


def test_a_statement_of_100_000_characters_is_printed_whole() -> None:
    contents = replace(sample.self_evaluation(), chapters=sample.self_evaluation().chapters[3:4])
    text = " ".join(f"word{number:05}" for number in range(10_000))

    printed = " ".join(pages(build.pdf(sample.with_statement(contents, Statement(reference="S-31", text=text)))))

    assert all(f"word{number:05}" in printed for number in range(10_000))


def test_a_row_of_a_table_that_is_taller_than_a_page_is_printed_whole() -> None:
    contents = replace(sample.self_evaluation(), chapters=sample.self_evaluation().chapters[3:4])
    tall = " ".join(f"word{number:04}" for number in range(1_800))

    text = f"| Team | Why |\n|---|---|\n| North | {tall} |\n| South | after it |"
    printed = pages(build.pdf(sample.with_statement(contents, Statement(reference="S-31", text=text))))

    together = " ".join(printed)
    assert [number for number in range(1_800) if f"word{number:04}" not in together] == []
    assert sum("word" in page for page in printed) >= 2
    assert "after it" in together


def test_a_line_is_filled_before_a_citation_that_does_not_fit_on_it() -> None:
    contents = replace(sample.self_evaluation(), chapters=sample.self_evaluation().chapters[3:4])
    text = "Moderation mostly lowers grades, which tells us that auditors are still a little kind [E-47]."

    printed = " ".join(pages(build.pdf(sample.with_statement(contents, Statement(reference="S-31", text=text)))))

    assert "Moderation mostly lowers" in printed


def test_only_a_self_evaluation_that_nobody_signed_is_called_a_draft() -> None:
    covers = {
        one.kind: pages(build.pdf(replace(one, chapters=one.chapters[-1:])))[0]
        for one in (sample.self_evaluation(), sample.improvement_plan())
    }

    assert "this is a draft" in covers[Kind.SELF_EVALUATION]
    assert "Signed off" not in covers[Kind.IMPROVEMENT_PLAN]


@pytest.mark.parametrize("address", ["http://elsewhere.example/", "file:///etc/passwd", "https://elsewhere.example/a"])
def test_nothing_but_our_own_files_can_be_fetched(address: str) -> None:
    with pytest.raises(FatalURLFetchingError, match="fetches nothing"):
        laying.OurFilesOnly().fetch(address)


def test_what_weasyprint_would_only_log_stops_the_build() -> None:
    with pytest.raises(build.CannotBuild, match="something is missing"), laying._nothing_wrong():
        logging.getLogger("weasyprint").warning("something is missing")


@pytest.mark.parametrize("entries", [22, 25, 28])
def test_a_long_table_never_leaves_one_row_on_its_last_page(entries: int) -> None:
    register = next(chapter for chapter in sample.self_evaluation().chapters if isinstance(chapter, Register))
    rows = tuple(replace(register.entries[0], reference=f"E-{number}") for number in range(300, 300 + entries))
    contents = replace(sample.self_evaluation(), chapters=(replace(register, entries=rows),))

    *_, last = pages(build.pdf(contents))

    assert len(re.findall(r"E-3\d\d", last)) != 1


def test_a_long_item_is_named_again_on_every_page() -> None:
    plan = next(chapter for chapter in sample.improvement_plan().chapters if isinstance(chapter, Plan))
    actions = tuple(_again(plan.items[1].actions[0], number) for number in range(500, 540))
    contents = replace(
        sample.improvement_plan(), chapters=(Plan(items=(replace(plan.items[1], actions=actions),)),)
    )  # fmt: skip

    with_actions = [text for text in pages(build.pdf(contents)) if "A-5" in text]

    assert len(with_actions) > 1
    assert all("“The consideration of children’s…”" in text for text in with_actions)


def _again(action: PlanAction, number: int) -> PlanAction:
    return replace(action, reference=f"A-{number}")


def test_what_stands_beside_a_statement_is_printed_once_where_the_statement_moves_on_to_the_next_page() -> None:
    contents = sample.self_evaluation()
    area = next(chapter for chapter in contents.chapters if isinstance(chapter, Area))
    statements = tuple(
        Statement(
            reference=f"S-{900 + number}",
            title="Visits",
            text="Children are seen alone, and what they say is written down. " * (2 + number % 4),
            word=Word(text="In review"),
            notes=(f"Beside-{number}.",),
        )
        for number in range(60)
    )
    long = replace(area, know=replace(area.know, statements=statements))

    said = " ".join(pages(build.pdf(replace(contents, chapters=(long, contents.chapters[-1])))))

    assert [said.count(f"Beside-{number}.") for number in range(60)] == [1] * 60


def test_how_to_read_a_pack_and_its_contents_share_a_page_where_both_fit() -> None:
    short, long = pages(build.pdf(statement_of_action())), pages(build.pdf(sample.self_evaluation()))

    assert [page for page in (2, 3) if "Method, licence and integrity . ." in short[page - 1]] == [2]
    assert "How to read this pack" in short[1]
    assert [page for page in (2, 3) if "Method, licence and integrity . ." in long[page - 1]] == [3]


def test_a_head_at_the_side_of_one_page_leaves_room_between_itself_and_its_text() -> None:
    meeting = Part("Next: Wednesday 25 March", ["16:30 to 17:00: Keep-in-touch meeting"])
    told = Told(authority="Brent", of="rehearsal N-1", title="Brief of 24 March", facts=[], parts=[meeting])
    contents = gather_brief(told, today=date(2026, 3, 24), demonstration=True)
    page = pypdfium2.PdfDocument(build.pdf(contents))[0].get_textpage()
    words = page.get_text_range()
    boxes = [page.get_charbox(place) for place, letter in enumerate(words)]
    foot = boxes[words.index("Next: Wednesday 25")][1]
    line = sorted((left, right) for left, bottom, right, _ in boxes if right > left and abs(bottom - foot) < 3)

    assert max(left - before for (_, before), (left, _) in pairwise(line)) > 2.9 * 72 / 25.4
