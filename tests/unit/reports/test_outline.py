from reports.contents import PlanItem, Statement
from reports.outline import cited, outline, plan_tables, printed
from tests.unit.reports import sample
from tests.unit.reports.sample_plan import plan


def test_chapters_are_numbered_and_annexes_lettered() -> None:
    numbers = [numbered.number for numbered in outline(sample.self_evaluation())]

    assert numbers == ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "Annex A", "Annex B"]


def test_every_place_that_cites_is_found_once_in_the_order_of_the_pack() -> None:
    places = cited(outline(sample.self_evaluation()))

    assert [place.label for place in places["E-220"]] == [
        "Chapter 2", "S-36", "Chapter 4, sources", "F-17", "Chapter 9",
    ]  # fmt: skip
    assert "E-250" not in places


def test_what_the_register_lists_has_a_place_to_land() -> None:
    assert {"S-31", "I-9", "A-104", "F-14", "M-3", "E-231", "R-3"} <= printed(sample.self_evaluation())


def test_an_item_with_many_actions_gets_a_table_of_its_own() -> None:
    short, long, other = item("I-1", actions=2), item("I-2", actions=9), item("I-3", actions=1)

    assert plan_tables([short, other, long, short]) == [[short, other], [long], [short]]


def test_only_a_chapter_that_says_nothing_is_slight() -> None:
    assert [numbered.slight for numbered in outline(sample.nothing_yet())].count(True) == 8
    assert not any(numbered.slight for numbered in outline(sample.self_evaluation()))


def test_a_statement_without_a_citation_is_cited_nowhere_and_cites_nothing() -> None:
    claim = Statement(reference="S-1", text="All is well.", claim=True)
    contents = sample.with_statement(sample.self_evaluation(), claim)

    assert all(place.label != "S-1" for found in cited(outline(contents)).values() for place in found)


def item(reference: str, *, actions: int) -> PlanItem:
    action = plan().items[0].actions[0]
    return PlanItem(reference=reference, words="Words", source="Ofsted", owner="", actions=(action,) * actions)
