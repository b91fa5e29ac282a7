import html5lib
import pytest

from reports.prose import Prose, breakable, readable

PRINTED = frozenset({"E-231", "A-104", "R-3"})


def passage(text: str) -> str:
    return str(Prose(PRINTED).passage(text))


def test_a_citation_of_something_in_the_pack_is_a_link_to_it() -> None:
    assert passage("Seen [E-231].") == '<p>Seen <a class="c" href="#e-231">[E-231]</a>.</p>\n'


def test_a_paragraph_of_a_report_is_cited_in_words() -> None:
    assert '<a class="c" href="#r-3">[R-3, paragraph 8]</a>' in passage("As inspectors said [R-3:8]")


def test_a_reference_in_running_text_is_a_link_too() -> None:
    assert '(<a href="#a-104">A-104</a>)' in passage("A review (A-104)")


def test_what_the_pack_does_not_print_is_named_without_a_link() -> None:
    assert passage("Seen [E-999] and A-999.") == "<p>Seen [E-999] and A-999.</p>\n"


def test_a_link_definition_cannot_take_over_a_citation() -> None:
    assert 'href="http' not in passage("Seen [E-231].\n\n[E-231]: http://elsewhere.example/")


@pytest.mark.parametrize(
    ("hostile", "words"),
    [
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ('<img src="x" onerror="alert(1)">', '<img src="x" onerror="alert(1)">'),
        ("</p></section><h1>Mine</h1>", "</p></section><h1>Mine</h1>"),
        ("`<b>` and\n\n```\n<i>\n```", "<b> and"),
        ("<http://elsewhere.example>", "<http://elsewhere.example>"),
    ],
)
def test_markup_in_a_statement_is_printed_as_its_letters(hostile: str, words: str) -> None:
    fragment = html5lib.parseFragment(passage(hostile), namespaceHTMLElements=False)

    assert words in "".join(fragment.itertext())
    assert {element.tag for element in fragment.iter()} <= {"DOCUMENT_FRAGMENT", "p"}


def test_a_picture_is_left_out_and_says_so() -> None:
    assert passage("![A cat](http://elsewhere.example/cat.png)") == "<p>[picture left out: A cat]</p>\n"


def test_a_link_elsewhere_is_its_words_and_its_address() -> None:
    assert passage("[our site](https://example.org/a)") == "<p>our site (https://example.org/a)</p>\n"


def test_headings_become_bold_lines_so_that_no_level_is_skipped() -> None:
    assert passage("#### Four") == '<p class="head"><b>Four</b></p>\n'


def test_nothing_is_lost_of_lists_nested_past_reason() -> None:
    text = "\n".join(f"{'  ' * depth}- point {depth}" for depth in range(400))

    printed = passage(text)

    assert printed.startswith("<p>")
    assert all(f"- point {depth}" in printed for depth in range(400))


def test_a_table_pasted_from_a_spreadsheet_keeps_its_heads_and_equal_rows() -> None:
    fragment = html5lib.parseFragment(passage("| a | b |\n|---|---|\n| 1 |\n"), namespaceHTMLElements=False)

    assert [head.attrib["scope"] for head in fragment.iter("th")] == ["col", "col"]
    assert [len(list(row)) for row in fragment.iter("tr")] == [2, 2]


def test_a_lone_paragraph_in_a_list_item_is_just_its_words() -> None:
    prose = Prose(PRINTED)

    assert prose.line("One *thing*") == "One <em>thing</em>"
    assert prose.line("One\n\nTwo") == "<p>One</p>\n<p>Two</p>"


def test_characters_that_no_font_has_are_told_by_name() -> None:
    has = "é \u0645".__contains__

    assert readable("é \u0645 \u4e2d", has) == "é \u0645 [cjk unified ideograph-4e2d]"


def test_characters_that_nobody_can_see_are_dropped() -> None:
    assert readable("a\x00b\u202ec\ufeffd\ue000e\ufe0f") == "abcde"


def test_a_long_word_gets_places_to_break_and_loses_no_letter() -> None:
    broken = breakable("w" * 1000)

    assert broken.replace("\u200b", "").replace(" ", "") == "w" * 1000
    assert max(len(part) for part in broken.replace(" ", "\u200b").split("\u200b")) == 20


def test_an_ordinary_word_is_left_alone() -> None:
    assert breakable("counter-intuitive https://example.org/") == "counter-intuitive https://example.org/"
