"""Who is treated differently, through its pages: pathways, their counts, who may change them, and what leaves."""

from datetime import date
from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy.orm import Session

from tests import given, given_pathways
from tests.given_pathways import HOME, errors, filled, text
from tests.given_pathways import pathway as pathway  # a fixture
from tests.queries_counted import at_most
from tracker.indicators import speaking
from tracker.indicators.difference import commands
from tracker.indicators.difference.models import Counting, Pathway
from tracker.indicators.difference.rules import Group, Least, Stage
from tracker.indicators.reading import full_files
from tracker.people.models import Authority
from tracker.platform import history
from tracker.platform.errors import Refused

pytestmark = pytest.mark.usefixtures("on_the_twentieth_of_november")


def sheet(client: FlaskClient, *, in_full: bool = False) -> list[dict[str, object]]:
    answer = client.open(f"{HOME}/1.xlsx", method="POST" if in_full else "GET")
    assert answer.status_code == 200
    heads, *rows = next(iter(load_workbook(BytesIO(answer.data)))).iter_rows(values_only=True)
    names = [
        f"{head} {place}" if head in {"From", "To", "What it says"} else str(head) for place, head in enumerate(heads)
    ]
    return [dict(zip(names, row, strict=True)) for row in rows]


def test_a_pathway_is_chosen_counted_and_read(
    head_of_service: FlaskClient, director: FlaskClient, brent: Authority, session: Session
) -> None:
    assert "Add a pathway" in head_of_service.get(HOME).text
    chosen = {"pathway": "social-care", "characteristic": "ethnicity"}

    added = head_of_service.post(f"{HOME}/add", data=chosen)
    form = filled(head_of_service.get(added.location))
    assert (form["first_day"], form["last_day"]) == ("1 April 2025", "31 March 2026")
    counts = {
        "population": (22_400, 13_800, 25_200), "contact": (2_900, 3_250, 3_960), "in-care": (40, 118, 112),
    }  # fmt: skip
    for stage, row in counts.items():
        for group, count in zip(("asian", "black", "white"), row, strict=True):
            form[f"count_{stage}_{group}"] = f"{count:,}"
    saved = head_of_service.post(added.location, data=form | {"base_population": "Census 2021", "source": "CIN census"})

    assert saved.status_code == 302
    said = text(director.get(saved.location))
    assert "Black children are counted 1.92 times as often as White children at “In care”" in said
    assert "Not all is counted in April 2025 to March 2026: “Population” (Census 2021)." in said
    assert "no cause follows from them" in said
    assert "9 counts of April 2025 to March 2026 recorded" in said
    assert head_of_service.post(f"{HOME}/add", data=chosen).status_code == 422
    assert "W-1" in director.get(HOME).text


def test_the_page_shows_counts_rates_and_both_indexes(director: FlaskClient, pathway: Pathway) -> None:
    given_pathways.counts_of(pathway)

    page = BeautifulSoup(director.get(f"{HOME}/1?group=black").text, "html.parser")

    tables = {
        str(table.caption.get_text()): [" ".join(row.get_text(" ").split()) for row in table.select("tbody tr")]
        for table in page.select("table")
        if table.caption
    }
    assert "Plan 310 124 per 10,000 8% 330 235.7 per 10,000 10%" in tables["Counts and rates of W-1"][2]
    assert tables["Relative rate index against the population (W-1)"][0] == (
        "Contact 1.47 Higher 1.40 to 1.54 0.64 Lower 0.59 to 0.70"
    )
    assert "0.86 0.60 to 1.19 May be chance" in tables["Relative rate index against the stage before (W-1)"][1]
    assert page.select_one("svg title") is not None
    assert "Black children" not in page.get_text()  # a group of its own is said as it was named
    assert "children in the group Black are counted 2.03 times as often" in page.select("svg title")[0].get_text()


def test_whom_to_compare_with_and_the_period_are_asked_by_the_address(director: FlaskClient, pathway: Pathway) -> None:
    given_pathways.counts_of(pathway)
    given_pathways.counts_of(pathway, until=date(2025, 3, 31))

    assert "the largest group at “Population”" in text(director.get(f"{HOME}/1"))
    assert "everyone else whose group is known" in text(director.get(f"{HOME}/1?against=others"))
    assert "compared with children in the group Other: as chosen" in text(director.get(f"{HOME}/1?against=other"))
    assert "Counted April 2024 to March 2025" in text(director.get(f"{HOME}/1?period=2025-03-31"))
    for nonsense in ("against=nobody", "period=nonsense", "group=nobody", "period=1999-03-31"):
        assert director.get(f"{HOME}/1?{nonsense}").status_code == 200


def test_the_page_sends_few_statements_however_much_is_counted(director: FlaskClient, pathway: Pathway) -> None:
    given_pathways.counts_of(pathway)
    speaking.link_to_item(pathway, item=given.an_item())
    with at_most(9) as few:
        director.get(f"{HOME}/1")
    for year in range(2015, 2026):
        given_pathways.counts_of(pathway, until=date(year, 3, 31))
    for number in range(8):
        given_pathways.counts_of(given_pathways.a_pathway(name=f"Another {number}"))
        speaking.link_to_item(pathway, item=given.an_item(wording=f"Item {number}"))

    with at_most(9) as many:
        director.get(f"{HOME}/1")
    with at_most(6):
        director.get(HOME)

    assert len(many) == len(few)


def test_what_leaves_the_authority_tells_no_small_count(director: FlaskClient, pathway: Pathway) -> None:
    given_pathways.counts_of(pathway)

    inside, outside = sheet(director, in_full=True), sheet(director)

    def of(rows: list[dict[str, object]], stage: str, group: str) -> dict[str, object]:
        return next(row for row in rows if (row["Stage"], row["Group"]) == (stage, group))

    assert of(inside, "In care", "Other")["Count"] == 3
    assert {row["Marking"] for row in inside} == {"Internal: shows small numbers"}
    assert full_files.last_taken(pathway.authority)[0].what == "W-1, counts of April 2025 to March 2026"
    hidden = {(row["Stage"], row["Group"]) for row in outside if row["Count"] == "Not shown"}
    assert hidden >= {("In care", "Other"), ("Plan", "Not recorded")}
    assert len({group for stage, group in hidden if stage == "In care"}) > 1
    gone = of(outside, "In care", "Other")
    assert [gone[name] for name in gone if "ndex" in name or name.startswith(("Per 10,000", "Of the stage"))] == [
        None
    ] * 4
    black = of(outside, "Contact", "Black")
    assert (black["Index against the population"], black["What it says 11"]) == (1.47, "Higher")


def test_final_counts_change_for_a_reason_only_and_never_behind_somebody(
    head_of_service: FlaskClient, pathway: Pathway, session: Session
) -> None:
    given_pathways.counts_of(pathway)
    address = f"{HOME}/1/counts?period=2026-03-31"
    form = filled(head_of_service.get(address))
    changed = form | {"count_in-care_black": "120"}

    assert errors(head_of_service.post(address, data=changed)) == [
        "The counts of this period are final. Say why they change."
    ]
    assert head_of_service.post(address, data=changed | {"reason": "Two came late"}).status_code == 302
    again = head_of_service.post(address, data=form | {"reason": "I saw the old ones"})
    assert "were changed after you opened them" in errors(again)[0]
    taken = head_of_service.post(f"{HOME}/1/counts", data=form | {"counting_version": ""})
    assert "There are counts of April 2025 to March 2026 already" in errors(taken)[0]
    told = history.of(pathway, limit=5)
    assert "In care, Black from 118 to 120" in told[0].what
    assert told[0].why == "Two came late"


@pytest.mark.parametrize(
    ("box", "typed", "sentence"),
    [
        ("count_plan_black", "many", "must be a number"),
        ("count_plan_black", "-3", "A count cannot be less than 0."),
        ("count_plan_black", "99999999999", "too large"),
        ("first_day", "1 April 2027", "The period ends before it starts"),
        ("last_day", "31 June 2026", "must be a real date"),
    ],
)
def test_wrong_counts_are_refused_in_a_sentence_and_change_nothing(
    head_of_service: FlaskClient, pathway: Pathway, session: Session, box: str, typed: str, sentence: str
) -> None:
    form = filled(head_of_service.get(f"{HOME}/1/counts")) | {"count_plan_white": "4"}

    answer = head_of_service.post(f"{HOME}/1/counts", data=form | {box: typed})

    assert answer.status_code == 422
    assert sentence in " ".join(errors(answer))
    assert session.query(Counting).count() == 0


def test_stages_and_groups_are_the_authoritys_own(
    head_of_service: FlaskClient, pathway: Pathway, session: Session
) -> None:
    given_pathways.counts_of(pathway)
    form = filled(head_of_service.get(f"{HOME}/1/stages"))
    form |= {f"stage_{n}_of": "" for n in range(7)}
    form |= {
        "stage_4_name": "Early help",
        "stage_4_order": "2.5",
        "stage_4_of": "contact",
        "group_1_name": "Black British",
    }

    assert head_of_service.post(f"{HOME}/1/stages", data=form).status_code == 302
    shape = session.query(Pathway).one().shape
    assert [stage.name for stage in shape.stages] == ["Population", "Contact", "Early help", "Plan", "In care"]
    assert (shape.groups[1].code, shape.groups[1].name) == ("black", "Black British")
    gone = (
        filled(head_of_service.get(f"{HOME}/1/stages")) | {f"stage_{n}_of": "" for n in range(8)} | {"stage_1_name": ""}
    )
    assert errors(head_of_service.post(f"{HOME}/1/stages", data=gone)) == [
        "“Contact” has counts, so this stage cannot be taken out. Call it something else instead."
    ]


def test_how_a_pathway_is_read_is_a_choice_with_a_history(head_of_service: FlaskClient, pathway: Pathway) -> None:
    given_pathways.counts_of(pathway)
    form = filled(head_of_service.get(f"{HOME}/1/settings"))

    saved = head_of_service.post(
        f"{HOME}/1/settings", data=form | {"compared_with": "others", "area": "leadership", "fewest": "10"}
    )

    assert saved.status_code == 302
    assert "Each group is compared with everyone else whose group is known, as chosen." in text(
        head_of_service.get(f"{HOME}/1")
    )
    assert head_of_service.post(f"{HOME}/1/settings", data=form).status_code == 422  # of an older version


def test_a_pathway_of_ones_own_is_made_in_words(
    head_of_service: FlaskClient, brent: Authority, session: Session
) -> None:
    form = {
        "name": "Early help", "characteristic": "First language", "many": "families", "one": "family", "kind": "flow",
        "stages": "Population\nEarly help plan", "groups": "English\nAnother", "area": "help_protection",
    }  # fmt: skip

    assert head_of_service.post(f"{HOME}/add/own", data=form).status_code == 302
    assert session.query(Pathway).one().shape.groups[1].said == "families in the group Another"
    twice = head_of_service.post(f"{HOME}/add/own", data=form | {"name": "Other", "groups": "English\nenglish"})
    assert "“English” stands there twice" in errors(twice)[0]


def test_a_pathway_speaks_for_an_item_and_for_none_of_another_authority(
    head_of_service: FlaskClient, pathway: Pathway
) -> None:
    item = given.an_item(title="Identity in plans")
    elsewhere = given.an_item(authority=given.an_authority(slug="barnet", name="Barnet"))

    assert head_of_service.post(f"{HOME}/1/items/new", data={"item": item.number}).status_code == 302
    assert "Identity in plans" in text(head_of_service.get(f"{HOME}/1"))
    with pytest.raises(Refused, match="another authority"):
        speaking.link_to_item(pathway, item=elsewhere)
    head_of_service.post(f"{HOME}/1/items/{item.number}/remove")
    assert pathway.items == []


def test_counts_of_the_wrong_days_are_taken_out_for_a_reason(
    head_of_service: FlaskClient, pathway: Pathway, session: Session
) -> None:
    counting = given_pathways.counts_of(pathway)
    address = f"{HOME}/1/counts/{counting.id}/remove"

    assert head_of_service.post(address, data={"reason": ""}).status_code == 422
    assert head_of_service.post(address, data={"reason": "Of another year"}).status_code == 302
    assert session.query(Counting).count() == 0
    assert "Enter counts" in head_of_service.get(f"{HOME}/1").text


def test_what_may_not_be_is_refused_by_the_commands(pathway: Pathway) -> None:
    shape = pathway.shape
    with pytest.raises(Refused, match="only out of a stage that stands before it"):
        commands.change_shape(
            pathway,
            version=pathway.version,
            stages=[shape.stages[0], Stage("contact", "Contact", of="plan"), *shape.stages[2:]],
            groups=shape.groups,
        )
    with pytest.raises(Refused, match="at least two groups"):
        commands.change_shape(pathway, version=pathway.version, stages=shape.stages, groups=[Group("", "One", "")])
    with pytest.raises(Refused, match="The least counts"):
        commands.change(
            pathway,
            version=pathway.version,
            name="A",
            source="",
            compared_with="",
            least=Least(-1, 0),
            area_code="leadership",
        )
    with pytest.raises(Refused, match="at least one count"):
        given_pathways.counts_of(pathway, rows={})
