from tracker.frameworks.queries import library
from tracker.improvements.mapping import rules
from tracker.improvements.mapping.rules import NumberedText
from tracker.improvements.mapping.similarity import Collection, marked
from tracker.improvements.rules import title_from

ILACS_2026 = library().framework("ilacs-2026")
TEXTS = [
    "Early help is easy to find and families value it.",
    "Escalation to the pre-proceedings stage is too slow where plans do not work.",
    "Assessments of kinship carers do not follow statutory guidance.",
]


def test_the_text_that_shares_the_rarest_words_comes_first() -> None:
    places = [match.place for match in Collection(TEXTS).like("Statutory guidance for kinship care")]

    assert places == [2]


def test_endings_and_hyphens_make_no_difference() -> None:
    found = Collection(TEXTS).like("Escalating cases to preproceedings")

    assert (found[0].place, found[0].shared) == (1, ("escalating", "preproceedings"))


def test_a_pair_of_words_is_told_instead_of_its_words() -> None:
    found = Collection(TEXTS).like("Compliance with statutory guidance")

    assert found[0].shared == ("statutory guidance",)


def test_words_that_every_item_has_are_no_reason() -> None:
    assert rules.suggest_paragraphs("The quality of social work with families", _numbered(TEXTS)) == []


def test_only_telling_words_are_marked() -> None:
    pieces = marked("Families wait for kinship assessments.", "Kinship assessment of families")

    assert [text for text, shared in pieces if shared] == ["kinship", "assessments"]


def test_paragraphs_that_the_report_names_come_before_those_that_are_alike() -> None:
    found = rules.suggest_paragraphs("Kinship assessments (paragraph 1).", _numbered(TEXTS))

    assert [(one.place, one.rank) for one in found] == [(0, 1), (2, 2)]
    assert found[0].reason == "The report itself names this paragraph for the item"


def test_a_theme_is_suggested_by_its_name() -> None:
    found = rules.suggest_themes("The timeliness of visits to privately fostered children", ILACS_2026)

    assert found[0].code == "HP19"


def test_an_area_is_suggested_because_of_the_themes_and_paragraphs_under_it() -> None:
    texts = [NumberedText(7, "children_in_care_and_care_leavers", "Pathway plans are late.")]
    themes = rules.suggest_themes("Pathway plans", ILACS_2026)
    paragraphs = rules.suggest_paragraphs("Pathway plans", texts)

    areas = rules.suggest_areas(ILACS_2026, themes=themes, paragraphs=paragraphs, texts=texts)

    assert [(area.code, area.reason) for area in areas[:1]] == [
        ("care_leavers", "The likely theme CL03 and paragraph 7 belong to it")
    ]


def test_an_item_without_words_in_common_has_no_echo() -> None:
    assert rules.suggest_echoes("Life-story work.", ["Private fostering visits."], ILACS_2026) == []


def test_an_item_that_says_it_again_is_an_echo_with_its_reason() -> None:
    found = rules.suggest_echoes(
        "The consistency of supervision and recording.",
        ["Foster carer training.", "The quality of case recording and of supervision records."],
        ILACS_2026,
    )

    assert [one.place for one in found] == [1]
    assert found[0].reason.startswith("Both say: supervision")


def test_a_long_wording_makes_a_title_of_one_line() -> None:
    title = title_from(
        "The routine inclusion by the local authority of partner agencies in child protection strategy work"
    )

    assert title == "Routine inclusion by the local authority of partner agencies in child…"


def _numbered(texts: list[str]) -> list[NumberedText]:
    return [NumberedText(number, "help_protection", text) for number, text in enumerate(texts, start=1)]
