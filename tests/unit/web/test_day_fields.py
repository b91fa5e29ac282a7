"""A day in one box, as people type it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict
from wtforms.validators import Optional

from tracker.web.fields import DayField, Form


class Asked(Form):
    class Meta:
        csrf = False

    day = DayField("Day", [Optional()])


def typed(values: Mapping[str, Any]) -> Asked:
    form = Asked(formdata=MultiDict(values))
    form.validate()
    return form


@pytest.mark.parametrize(
    "text",
    [
        "11 December 2026",
        "11 Dec 2026",
        "11th december 2026",
        "11/12/2026",
        "2026-12-11",
        " 11.12.2026 ",
        "11/12/26",
        "11 Dec 26",
    ],
)
def test_a_day_is_taken_as_people_type_it(kit: Flask, text: str) -> None:
    with kit.test_request_context():
        form = typed({"day": text})

        assert form.day.errors == []
        assert form.day.data == date(2026, 12, 11)


@pytest.mark.parametrize("text", ["31 February 2026", "26/13/11", "soon", "11 Decembre", "11 December 20266"])
def test_what_is_no_day_is_refused_and_shown_again(kit: Flask, text: str) -> None:
    with kit.test_request_context():
        form = typed({"day": text})

        assert form.day.errors == ["Day must be a real date, such as 11 December 2026"]
        assert f'value="{text}"' in form.day()


@pytest.mark.parametrize("text", ["11 December", "11th dec", "11/12", "29 February"])
def test_a_day_without_its_year_asks_for_it(kit: Flask, text: str) -> None:
    with kit.test_request_context():
        assert typed({"day": text}).day.errors == ["Day: add the year, such as 11 December 2026"]


def test_a_day_that_is_known_is_shown_in_full(kit: Flask) -> None:
    with kit.test_request_context():
        assert 'value="4 March 2026"' in Asked(formdata=None, day=date(2026, 3, 4)).day()
