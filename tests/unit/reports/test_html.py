from collections import Counter
from itertools import pairwise
from xml.etree.ElementTree import Element

import html5lib
import pytest

from reports import html
from reports.contents import PackContents, Statement
from tests.unit.reports import sample

PACKS = [sample.self_evaluation(), sample.improvement_plan(), sample.nothing_yet()]
HEADINGS = ("h1", "h2", "h3", "h4")


def parsed(contents: PackContents) -> Element:
    parser = html5lib.HTMLParser(namespaceHTMLElements=False, strict=True)
    root: Element = parser.parse(html.page(contents))
    return root


@pytest.mark.parametrize("contents", PACKS)
def test_headings_never_skip_a_level(contents: PackContents) -> None:
    levels = [int(element.tag[1]) for element in parsed(contents).iter() if element.tag in HEADINGS]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("contents", PACKS)
def test_every_link_inside_the_pack_lands_and_no_anchor_is_there_twice(contents: PackContents) -> None:
    root = parsed(contents)

    anchors = Counter(element.attrib["id"] for element in root.iter() if "id" in element.attrib)
    links = {link.attrib["href"] for link in root.iter("a")}

    assert [anchor for anchor, times in anchors.items() if times > 1] == []
    assert {link[1:] for link in links if link.startswith("#")} <= set(anchors)
    assert {link for link in links if not link.startswith("#")} <= {
        "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
    }


@pytest.mark.parametrize("contents", PACKS)
def test_every_table_has_a_caption_and_as_many_cells_in_each_row(contents: PackContents) -> None:
    for table in parsed(contents).iter("table"):
        caption = table.findtext("caption")
        assert caption
        widths = {sum(int(cell.attrib.get("colspan", 1)) for cell in row) for row in table.iter("tr")}
        assert len(widths) == 1, caption
        assert all("scope" in head.attrib for head in table.iter("th"))


def test_the_page_fetches_nothing() -> None:
    root = parsed(sample.self_evaluation())

    assert not [element for element in root.iter() if element.tag in {"link", "script", "img", "iframe", "base"}]
    assert "url(" not in html.page(sample.self_evaluation())


def test_a_claim_is_marked_as_one() -> None:
    assert "A claim: cites no evidence" in html.page(sample.self_evaluation())


def test_a_thing_printed_twice_is_an_anchor_once() -> None:
    contents = sample.with_statement(sample.self_evaluation(), Statement(reference="S-11", text="Again [E-210]."))

    assert html.page(contents).count('id="s-11"') == 1


@pytest.mark.parametrize(
    "words",
    [
        "No judgement areas have been set",
        "No summary has been written",
        "Nothing has been written yet in answer to this question",
        "No paragraph of a report is tied to this area",
        "No audits of this area have been recorded",
        "No measures have been recorded for this area",
        "No improvement items have been recorded",
        "No audit findings have been recorded",
        "Nobody’s words have been recorded yet",
        "No evidence has been recorded",
        "Not yet agreed",
        "this is a draft",
    ],
)
def test_a_pack_with_nothing_in_it_says_so_in_words(words: str) -> None:
    assert words in html.page(sample.nothing_yet())


def test_no_overall_grade_is_printed_where_no_framework_gave_one() -> None:
    assert "Overall effectiveness" not in html.page(sample.nothing_yet())
