"""What was saved for several actions at once can be undone right after it: each, or all of them."""

from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from tests import given
from tests.given_actions import samira
from tests.integration.test_my_work_several import SEVERAL, line
from tracker.actions import queries
from tracker.actions.models import Action
from tracker.actions.rules import Status
from tracker.overview.my_work import PER_PAGE

TAKE_BACK = "/brent/my-work/several/take-back"


def two() -> tuple[Action, Action]:
    """Hers, both on track."""
    return given.an_action(lead=samira()), given.an_action(lead=samira())


def buttons(html: str) -> dict[str, dict[str, object]]:
    """What each button of the message posts, by its words."""
    form = BeautifulSoup(html, "html.parser").select_one(f"form[action='{TAKE_BACK}']")
    if form is None:
        return {}
    said = [str(field["value"]) for field in form.select("input[name=said]")]
    return {
        " ".join(button.get_text().split()): {"said": said}
        | ({"only": button["value"]} if "value" in button.attrs else {})
        for button in form.select("button")
    }


def saved(client: FlaskClient, *lines: dict[str, object]) -> str:
    data = {name: value for each in lines for name, value in each.items()}
    return client.post(SEVERAL, data=data, follow_redirects=True).text


def test_all_of_them_are_undone_with_one_button(head_of_service: FlaskClient) -> None:
    first, second = two()
    page = saved(
        head_of_service, line(first, now="At risk", done="One team is left"), line(second, now="Off track", done="None")
    )

    found = buttons(page)
    undone = head_of_service.post(TAKE_BACK, data=found["Undo all"], follow_redirects=True).text

    assert list(found) == ["Undo all", "Undo A-1", "Undo A-2"]
    assert "Taken back. A-1 is On track again and A-2 is On track again." in undone
    assert [one.status for one in (first, second)] == [Status.ON_TRACK, Status.ON_TRACK]
    assert buttons(undone) == {}


def test_one_is_undone_and_the_other_can_be_after_it(head_of_service: FlaskClient) -> None:
    first, second = two()
    page = saved(
        head_of_service, line(first, now="At risk", done="One team is left"), line(second, now="Off track", done="None")
    )

    undone = head_of_service.post(TAKE_BACK, data=buttons(page)["Undo A-2"], follow_redirects=True).text

    assert [one.status for one in (first, second)] == [Status.AT_RISK, Status.ON_TRACK]
    assert list(buttons(undone)) == ["Undo the update of A-1"]


def test_what_was_saved_before_a_refusal_was_mended_can_be_undone_too(head_of_service: FlaskClient) -> None:
    first, second = two()
    answer = saved(head_of_service, line(first, done="One team is left"), line(second, now="At risk"))
    kept = [str(one["value"]) for one in BeautifulSoup(answer, "html.parser").select("input[name=said]")]

    page = saved(head_of_service, line(second, now="At risk", done="A post is empty"), {"said": kept})

    assert list(buttons(page)) == ["Undo all", "Undo A-1", "Undo A-2"]


def test_what_somebody_changed_since_is_not_undone_and_the_others_are(
    head_of_service: FlaskClient, director: FlaskClient
) -> None:
    first, second = two()
    page = saved(
        head_of_service, line(first, done="One team is left"), line(second, now="At risk", done="A post is empty")
    )
    director.post(
        "/brent/actions/1/update",
        data={"version": first.version, "now": "Off track", "done": "Theirs", "due_on": f"{first.due_on:%-d %B %Y}"},
    )

    undone = head_of_service.post(TAKE_BACK, data=buttons(page)["Undo all"], follow_redirects=True).text

    assert "A-1 has been changed since, so this can no longer be taken back" in undone
    assert "A-2 is On track again" in undone
    assert [one.status for one in (first, second)] == [Status.OFF_TRACK, Status.ON_TRACK]


def test_nobody_undoes_what_somebody_else_saved(head_of_service: FlaskClient, director: FlaskClient) -> None:
    first, second = two()
    page = saved(
        head_of_service, line(first, done="One team is left"), line(second, now="At risk", done="A post is empty")
    )

    answer = director.post(TAKE_BACK, data=buttons(page)["Undo all"], follow_redirects=True)

    assert "Only the person who saved an update can take it back" in answer.text
    assert second.status is Status.AT_RISK


def test_names_that_our_page_never_made_undo_nothing(head_of_service: FlaskClient) -> None:
    first, _ = two()
    saved(head_of_service, line(first, done="One team is left"))

    for said in ("", "1", "x:y", "1:00000000-0000-0000-0000-000000000000", "0:" + "f" * 36):
        assert head_of_service.post(TAKE_BACK, data={"said": said}).status_code == 302

    assert len(queries.trail(first)) == 1


def test_a_whole_page_of_updates_can_be_undone(head_of_service: FlaskClient) -> None:
    actions = [given.an_action(lead=samira()) for _ in range(PER_PAGE)]
    page = saved(head_of_service, *(line(each, done="One team is left") for each in actions))

    undone = head_of_service.post(TAKE_BACK, data=buttons(page)["Undo all"], follow_redirects=True).text

    assert undone.count("is On track again") == PER_PAGE
