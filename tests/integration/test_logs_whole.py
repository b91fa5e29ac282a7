"""Web and worker as they run in earnest, people at work in them with known names, and what the logs then hold."""

import json
import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks.services import Web, Worker, until
from benchmarks.visitors import NotDone, Visitor, token_of
from tests.mail_server import HERE, mail_server
from tests.real_server import settings_in
from tracker.settings import PROJECT

pytestmark = [pytest.mark.any_database, pytest.mark.timeout(600)]

PREPARE = """
from click.testing import CliRunner
from tests import real_server
from tracker import cli
real_server.prepare()
given = ["add-person", "dana.whitfield@example.org", "Dana Whitfield", "--authority", "brent", "--role", "director"]
assert CliRunner().invoke(cli.tracker, [*given, "--password", real_server.PASSWORD]).exit_code == 0
"""
"""In a process of its own, whose connections end with it."""

PERSONAL = (
    "Amina", "Yusuf", "Dana", "Whitfield", "Zebedee", "Quillfeather", "example.org", "copper", "kettle",
    "Marmalade", "minutes of the panel", "CF-77123", "127.0.0.1",
)  # fmt: skip
"""Parts of every name, address, password and text that is typed below."""


@pytest.fixture
def lines(tmp_path: Path) -> list[str]:
    """Every line that web and worker wrote while people worked."""
    log = tmp_path / "log"
    with mail_server() as mailbox:
        mailbox.refuses["zebedee@example.org"] = "550 <zebedee@example.org> Zebedee Quillfeather is unknown"
        environment = (
            os.environ
            | settings_in(tmp_path)
            | {
                "BENCHMARK_LOG": str(log),
                "TRACKER_LOG_LEVEL": "debug",
                "TRACKER_MAIL": "smtp",
                "TRACKER_MAIL_FROM": "no-reply@example.gov.uk",
                "TRACKER_SMTP_HOST": HERE,
                "TRACKER_SMTP_PORT": str(mailbox.port),
                "TRACKER_SMTP_SECURITY": "none",
            }
        )
        subprocess.run([sys.executable, "-c", PREPARE], cwd=PROJECT, env=environment, check=True)
        web, worker = Web(environment, processes=1, threads=2), Worker(environment)
        try:
            work(web.address)
            until(lambda: done_in(log) >= 4, what="The jobs’ end")
        finally:
            web.kill()
            worker.kill()
    return log.read_text(encoding="utf-8").splitlines()


def done_in(log: Path) -> int:
    return sum('"event": "job"' in line for line in log.read_text(encoding="utf-8").splitlines())


def work(address: str) -> None:
    """Sign in wrongly and rightly, add evidence, audit, search, ask for a new password, invite somebody."""
    amina, dana = Visitor(address, "amina.yusuf@example.org"), Visitor(address, "dana.whitfield@example.org")
    stranger = Visitor(address, "")
    with closing(amina.connection), closing(dana.connection), closing(stranger.connection):
        _work(amina, dana, stranger)


def _work(amina: Visitor, dana: Visitor, stranger: Visitor) -> None:
    token = token_of(amina.get("/sign-in"))
    wrong = {"csrf_token": token, "email": "zebedee@example.org", "password": "Marmalade kettle"}
    with pytest.raises(NotDone, match="POST /sign-in"):
        amina.send("/sign-in", wrong)
    amina.sign_in()
    amina.get("/brent/")
    amina.upload("Marmalade minutes of the panel", b"Zebedee Quillfeather,CF-77123\n")
    amina.start_audit("CF-77123")
    amina.get("/brent/search/?q=Zebedee+Quillfeather")
    for missing in ("/brent/people/zebedee@example.org", "/Marmalade/plan", "/brent/items/1?who=Zebedee"):
        with pytest.raises(NotDone):
            amina.get(missing)
    dana.sign_in()
    token = token_of(dana.get("/brent/people/new"))
    said = {"csrf_token": token, "name": "Zebedee Quillfeather", "email": "zebedee@example.org", "role": "auditor"}
    person = dana.send("/brent/people/new", said)
    dana.send(f"{person}/mail", {"csrf_token": token_of(dana.get(person))})
    dana.send(person, {"csrf_token": token_of(dana.get(person)), "role": "auditor", "job_title": "Marmalade taster"})
    token = token_of(stranger.get("/password/forgotten"))
    stranger.ask("POST", "/password/forgotten", f"csrf_token={token}&email=amina.yusuf%40example.org".encode())


def test_neither_web_nor_worker_writes_down_who_somebody_is_or_what_she_typed(lines: list[str]) -> None:
    told = [json.loads(line) for line in lines if line.startswith("{")]

    assert {"overview.my_work", "staff.mail_invitation", "search.results", "people.sign_in"} <= {
        line.get("endpoint") for line in told
    }
    tasks = {line["task"] for line in told if line["event"] == "job"}
    assert tasks >= {"people.mail_invitation", "people.mail_link"}
    for word in PERSONAL:
        found = [line for line in lines if word.lower() in line.lower() and "Listening at" not in line]
        assert found == [], word
