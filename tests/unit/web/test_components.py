import re
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from flask import Flask, render_template_string

from tests.page_check import check
from tracker.platform.previews import Outcome, Verdict
from tracker.settings import PROJECT
from tracker.web.links import Filter, Sort
from tracker.web.paging import Page
from tracker.web.preview_page import PreviewPage

COMPONENTS = PROJECT / "templates" / "components"
NAMES = {
    "action": SimpleNamespace(reference="A-104", title="Weekly <panel>", status="Off track"),
    "filters_of_plan": [Filter("All", "/all", current=True, count=8), Filter("Overdue", "/late")],
    "heading_of_due": Sort("Due", "/sorted", "ascending"),
    "entries": [
        SimpleNamespace(
            at=datetime(2026, 11, 3, tzinfo=UTC), actor_name="Samira Okafor", why="Vacancy", reference="A-104",
            thing_kind="action", what="changed", changes={"status": ["At risk", "Off track"]},
        )
    ],
    "told": SimpleNamespace(
        changes=["Up 1 since May."],
        appraisal=SimpleNamespace(
            on=date(2026, 11, 11), scale=6, aim=8, by=None, together_with="Helen Marsh", worried_about="Delay\nGaps",
            working_well="", needs_to_happen="Reviews", next_step="No delay",
        ),
    ),
    "of_a_file": PreviewPage(
        rows=Page([Verdict(4, Outcome.REFUSED, "Weekly <panel>", reason="No such team", cell="C4")], number=1, total=1),
        counts={}, shows=[], digest="",
    ),
    "applying": PreviewPage(
        rows=Page([], number=1, total=0), counts={"Refused": 0, "New": 3, "Changed": 2}, shows=[], digest="",
    ),
    "refused": PreviewPage(
        rows=Page([], number=1, total=0), counts={"Refused": 1, "New": 3, "Changed": 2}, shows=[], digest="",
    ),
    "sheet": SimpleNamespace(
        id=1, file_name="Plan <2026>.xlsx", sheet_name="Plan", headings_row=3, applied={"New": 3},
        brought_at=datetime(2026, 11, 3, tzinfo=UTC), brought_by=SimpleNamespace(name="Samira Okafor"),
    ),
    "waiting": SimpleNamespace(
        id=2, file_name="Old plan.csv", sheet_name="", headings_row=1, applied=None,
        brought_at=datetime(2026, 11, 2, tzinfo=UTC), brought_by=SimpleNamespace(name="Samira Okafor"),
    ),
    "box": {"x": 84, "y": 98, "width": 456, "height": 63, "label": "1"},
    "bundle": SimpleNamespace(asked_at=datetime(2026, 11, 3, tzinfo=UTC), made_at=None, file_sha256="0" * 64),
}  # fmt: skip

CALLS = {
    "words": (
        "{{ heading(action.title, action.reference) }}{{ tag(action.status) }}{{ gap('No voice', line=true) }}"
        "{{ link('Change', '/x', hidden='due date') }}{{ reference('A-104') }}{{ strong(3) ~ ' due' }}{{ small('x') }}"
    ),
    "crumbs": "{{ crumbs([('Plan', '/plan')], here='A-104') }}",
    "facts": (
        "{{ facts([('Owner', 'Samira Okafor'), ('Themes', ['HP11', 'LD08']), ('Left out', none)]) }}"
        "{{ line(['x', ('Due', 'soon'), none]) }}"
    ),
    "filters": "{{ filters(filters_of_plan, label='Actions:', end='Export') }}",
    "layout": (
        "{% call section('Actions (8)', 'actions') %}x{% endcall %}{% call side('About it') %}x{% endcall %}"
        "{{ doings(['x', none]) }}{{ empty('No actions yet', 'Start from an item.', '/add', 'Add an action') }}"
    ),
    "table": (
        "{% call table('Actions', ['Action', heading_of_due]) %}{% call row(id='a-104') %}{{ row_head('A-104') }}"
        "{% call cell('Due') %}4 March{% endcall %}{% endcall %}{% endcall %}"
        "{% call table('Shares', ['Team', 'Good or better']) %}"
        "{{ plain_rows(['Team', 'Good or better'], [['North', '12 of 20']]) }}{% endcall %}"
    ),
    "paging": "{{ paging(page, 'actions') }}",
    "preview": (
        "{{ preview_rows(of_a_file, '/choices') }}"
        "{% call choosing('/choices', true) %}"
        "{{ whose_stands('stands-C4', 'Due', 'C4', '1 May', '2 May', '3 May', chosen='file') }}{% endcall %}"
    ),
    "sheets": (
        "{{ file_and_sheets(sheet, [sheet, {'name': 'Notes'}], '/sheet', 'Is the plan in one of them?') }}"
        "{{ words_by_column({'Status': ['Amber?', 'Red?'], 'Due': ['Soon?']}) }}"
        "{% call(sheet) brought_in_before([sheet, waiting], 'flashing') %}{{ sheet.applied['New'] }} added{% endcall %}"
        "{% call(said) would_do(applying, '/choices', 'Nothing', 'All here.', '/more') %}Apply: {{ said }}{% endcall %}"
        "{% call(said) would_do(refused, '/choices', 'Nothing', 'All here.', '/more') %}never{% endcall %}"
    ),
    "form": (
        "{% call update_form('/save', 'Save update', multipart=true, beside='Cancel') %}fields{% endcall %}"
        "{{ post_button('Undo', '/undo', style='link', values={'version': 3}, hidden='A-104') }}"
    ),
    "work": (
        "{% call work_list() %}{% call work_item('A-104', action.title, 'Off track', 'Due 28 October, 23 days late', "
        "late=true, note='Last update', summary='Update A-104') %}form{% endcall %}{% endcall %}"
    ),
    "history": "{{ history(entries, more_url='/history', total=31) }}{{ history([]) }}",
    "quote": "{{ quote(action.title, 'Report', '/page', 'See it on page 2', para=true) }}{{ quote('x', 'Report') }}",
    "missing": (
        "{{ missing([{'url': '/x', 'text': 'No voice', 'rest': '; none', 'detail': 'who'}], "
        "more_url='/all', more_count=4) }}"
    ),
    "grades": "{{ grade_bar(3, 4, 'Good') }}{{ scale([(4, 'Sep'), (6, 'Nov')], aim=8) }}",
    "appraisal": "{{ three(['Delay'], [], ['Reviews']) }}{{ appraisal_history([told]) }}",
    "says": (
        "{{ says([{'who': 'Audits say', 'word': 'Disagrees', 'text': 'x'}]) }}"
        "{{ contradiction('One says, the other') }}"
        "{% call contradiction_box('Kinder than the evidence.', 'One says') %}x{% endcall %}"
    ),
    "statement": (
        "<p id='c2'>{{ mark('stale', 'words') }} {{ mark_word('stale', 'b: stale') }} {{ citation(2, '#c2') }}</p>"
    ),
    "steps": "{{ steps([{'name': 'Plan', 'url': '/plan', 'state': 'Now', 'current': true}], 'Domains, 3 of 8 done') }}",
    "matrix": (
        "<table><tbody><tr>{% call matrix_head('/x') %}I-9{% endcall %}"
        "{% call matrix_cell('Actions', '/x', gap='2 overdue') %}{{ spark([54, 58, 71], target=90) }}{% endcall %}"
        "</tr></tbody></table>"
    ),
    "page_image": (
        "{% call page_image('/p.png', 695, 983, 'Page 2', (595.32, 841.92), [box]) %}Page 2 of 12{% endcall %}"
    ),
    "zipped": "{{ about_zip('About this bundle', bundle, entries) }}",
}  # fmt: skip
"""One call of every macro, by file. select.html is drawn by the fields."""


def macros(name: str) -> list[str]:
    return re.findall(r"{%-? macro (\w+)\(", (COMPONENTS / f"{name}.html").read_text())


def rendered(kit: Flask, name: str) -> str:
    heading = "" if name == "words" else "<h1>Components</h1>"
    source = (
        '{% extends "layout/base.html" %}{% from "components/'
        + name
        + '.html" import '
        + ", ".join(macros(name))
        + " %}"
        "{% block title %}Components{% endblock %}{% block content %}" + heading + CALLS[name] + "{% endblock %}"
    )
    with kit.test_request_context("/brent/actions/plan?page=2"):
        return render_template_string(source, page=Page(range(50, 100), number=2, total=120), **NAMES)


@pytest.mark.parametrize("name", CALLS)
def test_every_component_makes_a_whole_page(kit: Flask, name: str) -> None:
    check(rendered(kit, name))


def test_every_macro_is_called_here_and_named_in_the_readme() -> None:
    readme = (COMPONENTS / "README.md").read_text()
    files = {path.stem for path in COMPONENTS.glob("*.html")} - {"select"}

    assert files == set(CALLS)
    for name in files:
        for macro in macros(name):
            assert f"{macro}(" in CALLS[name], f"{macro} of {name}.html is not called here"
            assert f"`{macro}" in readme, f"{macro} of {name}.html is not in the README"


def test_what_people_wrote_is_never_taken_for_markup(kit: Flask) -> None:
    for name in ("words", "work", "quote"):
        assert "Weekly &lt;panel&gt;" in rendered(kit, name)


def test_a_status_is_a_word_and_its_colour_an_echo(kit: Flask) -> None:
    assert '<strong class="govuk-tag govuk-tag--red">Off track</strong>' in rendered(kit, "words")


def test_a_spreadsheet_says_what_became_of_it_and_is_applied_only_with_no_row_refused(kit: Flask) -> None:
    shown = BeautifulSoup(rendered(kit, "sheets"), "html.parser").get_text(" ", strip=True)

    assert "Plan <2026>.xlsx 3 November 2026 Samira Okafor 3 added" in shown
    assert "Old plan.csv 2 November 2026 Samira Okafor Not applied yet" in shown
    assert "Apply: 3 new, 2 changed" in shown
    assert "1 row refused Nothing is applied while a row is refused" in shown
    assert "never" not in shown


def test_a_long_list_says_where_it_is(kit: Flask) -> None:
    shown = rendered(kit, "paging")

    assert "Actions 51 to 100 of 120" in shown
    assert 'href="/brent/actions/plan?page=3"' in shown


def test_an_appraisal_at_its_aim_and_two_with_one_score_can_be_read(kit: Flask) -> None:
    with kit.test_request_context():
        page = kit.jinja_env.from_string(
            "{% from 'components/grades.html' import scale %}{{ scale([(6, 'Jun'), (6, 'Sep'), (8, 'Nov')], aim=8) }}"
        ).render()

    drawn = BeautifulSoup(page, "html.parser")
    words = {text.text: float(str(text["y"])) for text in drawn.select("svg text")}

    assert "Jun" not in words, "it would lie under the newer one"
    assert words["Sep"] == words["Nov"]
    assert words["aim"] < words["Nov"] - 13, "the aim stands over what is said of the same score"
    assert "6 in Jun, 6 in Sep, 8 in Nov; aiming for 8" in page
