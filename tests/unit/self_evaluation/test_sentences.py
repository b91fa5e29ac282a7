"""How a statement's Markdown is read: nothing written is lost, and nothing that people paste breaks it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.self_evaluation import sentences
from tracker.self_evaluation.rules import LONGEST_STATEMENT
from tracker.self_evaluation.sentences import Form

WORDS = st.text(st.characters(categories=["Lu", "Ll", "Lo", "Nd"]), min_size=1, max_size=12)
WRITTEN = st.lists(
    st.one_of(WORDS, st.sampled_from([".", "!", "?", ",", "\n", "\n\n", "[E-231]", "[R-3:8]", "(", ")", "“", "”"])),
    max_size=60,
).map(" ".join)


def said(text: str) -> list[str]:
    return [sentence.text for block in sentences.blocks(text) for sentence in block.sentences]


def forms(text: str) -> list[Form]:
    return [block.form for block in sentences.blocks(text)]


@given(WRITTEN)
def test_sentences_put_together_hold_every_word_of_the_text(text: str) -> None:
    def words(part: str) -> list[str]:
        return re.findall(r"\w+", sentences.CITATION.sub(" ", part))

    assert words(" ".join(said(text))) == words(text)


@given(WRITTEN)
def test_sentences_put_together_hold_every_citation_of_the_text(text: str) -> None:
    cited = [each for block in sentences.blocks(text) for sentence in block.sentences for each in sentence.cites]

    assert set(cited) == set(sentences.references(text))


@given(st.text(max_size=400))
def test_any_text_at_all_can_be_read_and_kept(text: str) -> None:
    kept = sentences.tidied(text)

    sentences.blocks(kept)
    assert sentences.tidied(kept) == kept
    assert "\x00" not in kept


@pytest.mark.parametrize(
    "text",
    [
        "A",
        "[",
        "*a ",
        "- ",
        "| ",
        ". ",
        "`",
        "[E-1]",
        "[a](",
        "<script>alert(1)</script> ",
        "אין ",
        "\u202eright to left ",
        "👍 ",
    ],
)
def test_the_longest_statement_of_the_same_thing_is_read_at_once(text: str) -> None:
    whole = (text * LONGEST_STATEMENT)[:LONGEST_STATEMENT]

    assert isinstance(sentences.blocks(sentences.tidied(whole)), tuple)


def test_four_hundred_lists_within_lists_are_read_as_points() -> None:
    text = "\n".join(f"{' ' * depth}- point {depth}" for depth in range(400))

    assert len(sentences.blocks(text)) == 400


def test_a_citation_belongs_to_the_sentence_before_it() -> None:
    first, second = sentences.blocks("Letters are clear. [E-1] [Q-2] We meet weekly [E-3].")[0].sentences

    assert (first.text, first.cites) == ("Letters are clear.", ("E-1", "Q-2"))
    assert (second.text, second.cites) == ("We meet weekly.", ("E-3",))


@pytest.mark.parametrize(
    "text",
    [
        "See para. 8 of it.",
        "We meet, e.g. on Mondays.",
        "Dr. Jones agreed.",
        "Up from 3.5 to 4.5 per cent.",
        "It rose to 7.1 and fell.",
    ],
)
def test_a_full_stop_within_a_sentence_ends_nothing(text: str) -> None:
    assert said(text) == [text]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Plans drift. 24 children wait.", ["Plans drift.", "24 children wait."]),
        ("She said “yes.” We acted.", ["She said “yes.”", "We acted."]),
        ("Is it good? It is!", ["Is it good?", "It is!"]),
        ("Une page. École ouverte.", ["Une page.", "École ouverte."]),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(text: str, parts: list[str]) -> None:
    assert said(text) == parts


def test_lists_headings_and_tables_are_told_apart() -> None:
    points = "# Now\nWe know:\n- one\n- two\n  goes on\n1. first\n\n"
    text = f"{points}| Team | Number |\n|---|--:|\n| North | 12 [M-7] |\n\n---\n> quoted"

    assert forms(text) == [
        Form.HEADING, Form.PARAGRAPH, Form.BULLET, Form.BULLET, Form.NUMBER, Form.ROW, Form.ROW, Form.PARAGRAPH,
    ]  # fmt: skip
    assert said(text) == ["Now", "We know:", "one", "two goes on", "first", "Team", "Number", "North", "12", "quoted"]


def test_a_point_under_a_point_is_deep() -> None:
    assert [block.deep for block in sentences.blocks("- one\n  - under it\n- two")] == [False, True, False]


def test_headings_cells_questions_and_words_before_a_list_claim_nothing() -> None:
    text = "# Now\n| Team | 12 |\n\nWhat did we do?\n\nWe did this:\n\n- We met."

    claiming = [sentence.text for block in sentences.blocks(text) for sentence in block.sentences if sentence.claims]

    assert claiming == ["We met."]


def test_emphasis_and_links_are_read_as_plain_words() -> None:
    text = "**Plans *are* kept. They hold.** See [our page](https://example.org/plo) and [here](#x) `now`."

    assert said(text) == ["Plans are kept.", "They hold.", "See our page (https://example.org/plo) and here now."]


def test_citations_are_kept_in_the_one_way_they_are_written() -> None:
    assert sentences.tidied("Seen [e-231, Q-88;m-7] and [r-3:8].") == "Seen [E-231] [Q-88] [M-7] and [R-3:8]."
