from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from flask import Flask, render_template_string
from werkzeug.datastructures import MultiDict
from wtforms.validators import InputRequired, Optional

from tests.page_check import check
from tracker.platform.errors import Refused
from tracker.web.fields import (
    CheckboxesField,
    CheckboxField,
    ChoiceField,
    DateField,
    DayField,
    FilesField,
    Form,
    HiddenVersionField,
    NumberField,
    PersonField,
    RadiosField,
    ReferenceField,
    SelectField,
    TextAreaField,
    TextField,
)
from tracker.web.form import error_list

SAMIRA = UUID("00000000-0000-0000-0000-000000000031")


class Judgement(StrEnum):
    OUTSTANDING = "Outstanding"
    GOOD = "Good"


class Question(Form):
    class Meta:
        csrf = False


class InspectionForm(Question):
    due = DateField("Due date", [InputRequired("Enter a due date")])
    judgement = ChoiceField("Judgement", Judgement, [InputRequired("Select a judgement")])


class EveryField(Question):
    title = TextField("Title", hint="In a few words", width=20)
    note = TextAreaField("Note", rows=2)
    start = DateField("Start", [Optional()], hint="For example, 4 3 2026")
    day = DayField("Day", [Optional()])
    grade = ChoiceField("Grade", Judgement, hints={Judgement.GOOD: "Most of it"}, wide=True)
    area = RadiosField("Area", inline=True)
    kind = SelectField("Kind", choices={"Graded": [("s", "Standard")], "Not graded": [("f", "Focused visit")]})
    lead = PersonField("Lead")
    voices = CheckboxesField("Voices", choices=[("child", "Child"), ("parent", "Parent")])
    seen = CheckboxField("Seen alone")
    files = FilesField("Files")
    target = NumberField("Target", suffix="%")
    item = ReferenceField("Item", prefix="I")
    version = HiddenVersionField()


def typed(values: Mapping[str, Any]) -> EveryField:
    form = EveryField(formdata=MultiDict(values))
    form.area.offer([("leaders", "Leaders")])
    form.lead.offer([(SAMIRA, "Samira Okafor")])
    form.validate()
    return form


GOOD = {"grade": "Good", "area": "leaders", "kind": "s", "lead": str(SAMIRA), "version": "3"}


@pytest.mark.parametrize(
    ("boxes", "expected"),
    [
        ([], "Enter a due date"),
        (["", "", ""], "Enter a due date"),
        (["31", "2", "2026"], "Due date must be a real date"),
        (["5", "3"], "Due date must be a real date"),
        (["", "3", "2026"], "Due date must be a real date"),
        (["5", "3", "26"], "Due date must have a year of 4 digits"),
        (["9" * 30, "3", "2026"], "Due date must be a real date"),
    ],
)
def test_a_date_error_says_what_is_wrong_and_links_to_the_day(kit: Flask, boxes: list[str], expected: str) -> None:
    with kit.test_request_context(method="POST", data={"due": boxes, "judgement": "Good"}):
        form = InspectionForm()

        assert not form.validate()
        assert error_list(form) == [{"text": expected, "href": "#due-day"}]
        assert 'id="due-day"' in form.due()


def test_a_date_and_a_choice_arrive_as_python_values(kit: Flask) -> None:
    with kit.test_request_context(method="POST", data={"due": ["5", " 3 ", "2026"], "judgement": "Good"}):
        form = InspectionForm()

        assert form.validate()
        assert form.due.data == date(2026, 3, 5)
        assert form.judgement.data is Judgement.GOOD


def test_an_optional_date_without_its_day_is_not_taken_for_blank(kit: Flask) -> None:
    with kit.test_request_context():
        form = EveryField(formdata=MultiDict([("start", ""), ("start", "3"), ("start", "2026")]))
        form.validate()

        assert form.start.errors == ["Start must be a real date"]
        assert 'value="2026"' in form.start()


def test_radios_without_a_description_have_no_hint(kit: Flask) -> None:
    with kit.test_request_context():
        assert "govuk-hint" not in InspectionForm().judgement()


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("70,5", "Target: use a point, as in 70.5"),
        ("70,55 %", "Target: use a point, as in 70.55"),
        ("1,0000", "Target must be a number, such as 71"),
        ("1,2,3", "Target must be a number, such as 71"),
    ],
)
def test_a_comma_before_a_fraction_is_no_thousands_comma(kit: Flask, text: str, error: str) -> None:
    with kit.test_request_context():
        assert typed({**GOOD, "target": text}).target.errors == [error]
        assert typed({**GOOD, "target": "1,204,500.5"}).target.data == Decimal("1204500.5")


@pytest.mark.parametrize(
    ("text", "number"), [("71", Decimal(71)), (" 71.5% ", Decimal("71.5")), ("1,204", Decimal(1204)), ("", None)]
)
def test_a_number_is_taken_as_people_write_it(kit: Flask, text: str, number: Decimal | None) -> None:
    with kit.test_request_context():
        form = typed({**GOOD, "target": text})

        assert form.target.errors == []
        assert form.target.data == number


class EveryBoxNeeded(Question):
    title = TextField("Title", [InputRequired("Enter it")])
    note = TextAreaField("Note", [InputRequired("Enter it")])
    day = DayField("Day", [InputRequired("Enter it")])
    start = DateField("Start", [InputRequired("Enter it")])
    target = NumberField("Target", [InputRequired("Enter it")])
    item = ReferenceField("Item", [InputRequired("Enter it")], prefix="I")


@pytest.mark.parametrize("blank", ["", " ", "\t\r\n", "\u2028", "\u00a0\u2003", "\x1f"])
def test_white_space_of_any_kind_is_nothing_where_something_is_needed(kit: Flask, blank: str) -> None:
    with kit.test_request_context():
        form = EveryBoxNeeded(formdata=MultiDict(dict.fromkeys(EveryBoxNeeded()._fields, blank)))
        form.validate()

        assert form.errors == {name: ["Enter it"] for name in form._fields}


@pytest.mark.parametrize("name", ["title", "note"])
def test_a_character_that_no_database_holds_is_nothing_either(kit: Flask, name: str) -> None:
    with kit.test_request_context():
        form = EveryBoxNeeded(formdata=MultiDict({name: "\x00 "}))
        form.validate()

        assert form.errors[name] == ["Enter it"]


@pytest.mark.parametrize("name", ["title", "note", "day", "start", "grade", "area", "kind", "lead", "target", "item"])
def test_a_file_sent_for_a_box_of_words_is_nothing(kit: Flask, name: str) -> None:
    files = {name: (BytesIO(b"a"), "a.txt"), "files": (BytesIO(b"b"), "b.txt")}

    with kit.test_request_context(method="POST", data=files):
        form = EveryField()
        form.validate()

        assert not form[name].data
        assert [file.filename for file in form.files.data] == ["b.txt"]


@pytest.mark.parametrize("sent", ["5", "[1]", '"x"', "null", '{"title": 5, "day": ["x"]}', "{"])
def test_no_form_reads_json(kit: Flask, sent: str) -> None:
    with kit.test_request_context(method="POST", data=sent, content_type="application/json"):
        form = EveryBoxNeeded()

        assert not form.validate()
        assert form.title.data is None


def test_no_files_are_an_empty_list_however_the_form_came(kit: Flask) -> None:
    with kit.test_request_context(method="POST"):
        assert EveryField().files.data == []
        assert EveryField(formdata=None).files.data == []


def test_a_whole_number_that_is_known_is_shown_without_a_fraction(kit: Flask) -> None:
    with kit.test_request_context():
        assert 'value="365"' in EveryField(formdata=None, target=365).target()


@pytest.mark.parametrize("text", ["many", "NaN", "1e99", "7 1", "%", ","])
def test_what_is_no_number_is_refused(kit: Flask, text: str) -> None:
    with kit.test_request_context():
        assert typed({**GOOD, "target": text}).target.errors == ["Target must be a number, such as 71"]


def test_values_arrive_as_the_rooms_use_them(kit: Flask) -> None:
    with kit.test_request_context():
        form = typed({**GOOD, "title": "  Two spaces  ", "note": "one\r\ntwo", "item": "i-9", "voices": "child"})

        assert form.errors == {}
        assert form.title.data == "Two spaces"
        assert form.note.data == "one\ntwo"
        assert form.lead.data == SAMIRA
        assert form.item.data == 9
        assert form.voices.data == ["child"]
        assert form.files.data == []
        assert form.version.data == 3


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"grade": "Perfect"}, "grade"),
        ({"area": "harbour"}, "area"),
        ({"kind": "x"}, "kind"),
        ({"lead": "somebody"}, "lead"),
        ({"lead": str(UUID(int=7))}, "lead"),
        ({"voices": "ghost"}, "voices"),
    ],
)
def test_a_choice_that_was_not_offered_is_refused(kit: Flask, values: dict[str, str], field: str) -> None:
    with kit.test_request_context():
        form = typed({**GOOD, **values})

        assert list(form.errors) == [field]
        assert form.errors[field] == [f"{form[field].label.text}: choose from the list"]


def test_nothing_chosen_is_none_and_no_error(kit: Flask) -> None:
    with kit.test_request_context():
        form = typed({"kind": "s"})

        assert form.errors == {}
        assert (form.grade.data, form.area.data, form.lead.data, form.version.data) == (None, None, None, None)


def test_a_version_that_was_altered_counts_as_missing(kit: Flask) -> None:
    with kit.test_request_context():
        assert typed({**GOOD, "version": "3; drop"}).version.data is None


def test_a_select_shows_its_groups(kit: Flask) -> None:
    with kit.test_request_context():
        shown = EveryField(formdata=None, kind="f").kind()

        assert '<optgroup label="Not graded"><option value="f" selected>Focused visit</option></optgroup>' in shown


PAGE = """{% extends "layout/base.html" %}{% block title %}Ask{% endblock %}
{% block content %}<h1>Ask</h1>{% for field in forms[0] %}{{ field }}{% endfor %}
{% for field in forms[1] %}{{ field }}{% endfor %}{% endblock %}"""


@pytest.mark.parametrize(
    "values", [None, {}, {"day": "soon", "grade": "x", "area": "x", "kind": "x", "lead": "x", "item": "x"}]
)
def test_every_field_is_whole_twice_on_a_page_with_and_without_errors(
    kit: Flask, values: dict[str, str] | None
) -> None:
    with kit.test_request_context():
        forms = [EveryField(formdata=None if values is None else MultiDict(values)).distinct(f"a-{n}") for n in (1, 2)]
        for form in forms:
            form.area.offer([("leaders", "Leaders")], hints={"leaders": "The impact of leaders"})
            form.lead.offer([(SAMIRA, "Samira Okafor")])
            if values is not None:
                form.validate()

        check(render_template_string(PAGE, forms=forms, form=forms[0]))


class Guarded(Question):
    said = TextAreaField("What did they say?")
    where = TextField("Where?", [Optional()])
    contract = TextField("Contract", guard=False)


def test_every_text_box_refuses_what_leads_to_a_child_and_keeps_what_was_typed(kit: Flask) -> None:
    number = "943 476 5919"

    with kit.test_request_context():
        form = Guarded(formdata=MultiDict({"said": f"{number} waits", "where": f"At {number}", "contract": number}))
        form.validate()

        sentence = "This looks like an NHS number: 943 476 5919. Take it out; use the case reference."
        assert form.errors == {"said": [sentence], "where": [sentence]}
        assert "943 476 5919 waits" in form.said()


def test_what_a_command_refuses_stands_in_the_form(kit: Flask) -> None:
    def refuse() -> None:
        raise Refused("This action was completed on 4 March 2026")

    with kit.test_request_context(method="POST", data={"due": ["5", "3", "2026"], "judgement": "Good"}):
        form = InspectionForm()

        assert not form.carries_out(refuse)
        assert error_list(form) == [{"text": "This action was completed on 4 March 2026"}]
        assert form.status == 422
        assert 'value="5"' in form.due()


def test_a_refusal_may_be_about_one_field(kit: Flask) -> None:
    with kit.test_request_context(method="POST", data={"due": ["5", "3", "2026"], "judgement": "Good"}):
        form = InspectionForm()
        form.validate()
        form.refuse("The new date is before the old one", on="due")

        assert error_list(form) == [{"text": "The new date is before the old one", "href": "#due-day"}]


def test_a_form_that_is_only_shown_carries_nothing_out(kit: Flask) -> None:
    done: list[str] = []

    with kit.test_request_context():
        form = InspectionForm()

        assert not form.carries_out(lambda: done.append("done"))
        assert (done, form.status) == ([], 200)


def test_a_form_that_is_in_order_is_carried_out_once(kit: Flask) -> None:
    done: list[Judgement] = []

    with kit.test_request_context(method="POST", data={"due": ["5", "3", "2026"], "judgement": "Good"}):
        form = InspectionForm()

        assert form.carries_out(lambda: done.append(form.judgement.data))
        assert done == [Judgement.GOOD]


def test_what_is_given_by_name_goes_before_what_a_thing_has_under_that_name(app: Flask) -> None:
    @dataclass
    class Owned:
        owner: str
        title: str

    class OwnedForm(Form):
        owner = PersonField("Owner")
        title = TextField("Title")

    with app.test_request_context("/"):
        form = OwnedForm(obj=Owned("a person", "Rotas"), owner=SAMIRA)

    assert (form.owner.data, form.title.data) == (SAMIRA, "Rotas")
