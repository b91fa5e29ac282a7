"""What the log says of requests and jobs: enough to find a fault, and nothing about a person."""

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from structlog.testing import capture_logs

from tests import given
from tests.conftest import signed_in
from tracker.people.models import Authority
from tracker.people.rules import Role
from tracker.platform import clock, jobs
from tracker.platform.logging import configure_logging, json_lines

pytestmark = pytest.mark.any_database

Lines = list[Any]


@pytest.fixture
def lines() -> Iterator[Lines]:
    with capture_logs() as said:
        yield said


def requests_in(lines: Lines) -> Lines:
    return [line for line in lines if line["event"] == "request"]


def test_a_request_is_one_line_that_says_which_kind_of_page_and_how_it_went(
    head_of_service: FlaskClient, lines: Lines
) -> None:
    head_of_service.get("/brent/plan?q=Samira")

    (line,) = requests_in(lines)
    assert (line["method"], line["page"], line["status"]) == ("GET", "/<authority>/plan", 200)
    assert line["ms"] > 0
    assert line["statements"] > 1


def test_nothing_in_it_is_about_a_person(app: Flask, brent: Authority, lines: Lines) -> None:
    person = given.a_person(name="Samira Okafor", email="samira@example.org", authority=brent, role=Role.DIRECTOR)
    signed_in(app, person).get(
        "/brent/people/samira@example.org?name=Samira", headers={"X-Request-ID": "samira@example.org"}
    )
    app.test_client().post("/sign-in", data={"email": "samira@example.org", "password": "three random words"})

    assert len(requests_in(lines)) == 2
    written = json.dumps(lines, default=str)
    assert "amira" not in written
    assert "random" not in written
    assert str(person.id) not in written
    assert "127.0.0.1" not in written


def test_the_number_of_a_request_is_told_to_whoever_asked_and_taken_from_a_proxy_if_it_is_one(
    client: FlaskClient,
) -> None:
    assert client.get("/help", headers={"X-Request-ID": "7f3a-99.b_c"}).headers["X-Request-ID"] == "7f3a-99.b_c"

    for wrong in ("short", "x" * 65, "who@example.org", "one two three", "", "<script>alert"):
        given_back = client.get("/help", headers={"X-Request-ID": wrong}).headers["X-Request-ID"]
        assert len(given_back) == 32
        assert given_back != client.get("/help").headers["X-Request-ID"]


def test_a_fault_shows_a_number_that_its_lines_in_the_log_carry(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(**_: Any) -> str:
        raise ZeroDivisionError("of ours")

    monkeypatch.setitem(app.view_functions, "web.help", broken)
    monkeypatch.setattr(app, "testing", False)
    answer = client.get("/help", headers={"X-Request-ID": "quoted-number-1"})

    assert answer.status_code == 500
    assert "Number: <strong>quoted-number-1</strong>" in answer.text
    assert answer.headers["X-Request-ID"] == "quoted-number-1"
    (record,) = [one for one in caplog.records if one.levelno == logging.ERROR]
    assert "ZeroDivisionError: of ours" in json.loads(json_lines().format(record))["exception"]


def test_a_page_that_is_asked_for_all_day_is_no_line_unless_the_level_is_debug(
    client: FlaskClient, capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        configure_logging("info")
        client.get("/health")
        client.get("/help")
        said = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
        assert [line["endpoint"] for line in requests_in(said)] == ["web.help"]

        configure_logging("warning")
        client.get("/help")
        assert capsys.readouterr().err == ""
    finally:
        configure_logging()


def test_a_job_is_one_line(app: Flask, client: FlaskClient, lines: Lines) -> None:
    job = jobs.Job(task="packs.render", payload={"who": "Samira"}, queued_at=clock.now(), tries=1)
    given.stored(job)
    job.started_at, job.state = clock.now(), jobs.JobState.DONE
    jobs._tell(job, 1.25)

    (line,) = [one for one in lines if one["event"] == "job"]
    assert (line["task"], line["state"], line["tries"], line["ms"]) == ("packs.render", "done", 1, 1250.0)
    assert "Samira" not in json.dumps(line, default=str)
