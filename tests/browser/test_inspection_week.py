"""A whole inspection in one sitting, by those who play it, on the service as it runs in earnest and is killed once."""

import hashlib
import os
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests import real_server
from tests.browser.conftest import WIDE
from tests.browser.test_journeys_of_quality import decide_everything
from tests.real_server import PASSWORD, Server
from tracker import cli
from tracker.settings import SEED

pytestmark = pytest.mark.browser

STAFF = {"director": "Dana Whitfield", "head_of_service": "Samira Okafor", "qa_officer": "Amina Yusuf"}
ROTA = b"day,team\nMonday,North\nTuesday,South\n"
REPORTS = SEED / "inspections" / "brent"

Enter = Callable[[str], Page]


class Service:
    """The service in processes of its own, at one address however often it is started."""

    def __init__(self, folder: Path) -> None:
        self._environment = os.environ | settings(folder)
        self._server = Server(self._environment)
        self.address = f"http://{self._server.address}"

    def kill(self) -> None:
        """Every process of it at once, as when the power goes."""
        self._server.kill()

    def start(self) -> None:
        self._server = Server(self._environment, port=int(self.address.rpartition(":")[2]))


def settings(folder: Path) -> dict[str, str]:
    """What workers do is done at once by who answers: another process would be begun twice for a file that is read."""
    return real_server.settings_in(folder) | {"TRACKER_JOBS": "inline"}


@pytest.fixture
def service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    for name, value in settings(tmp_path).items():
        monkeypatch.setenv(name, value)
    run = CliRunner().invoke
    assert run(cli.tracker, ["migrate"]).exit_code == 0
    assert run(cli.tracker, ["add-authority", "brent", "Brent"]).exit_code == 0
    for role, name in STAFF.items():
        given = ["add-person", f"{role}@example.org", name, "--authority", "brent", "--role", role]
        assert run(cli.tracker, [*given, "--password", PASSWORD]).exit_code == 0
    service = Service(tmp_path)
    yield service
    service.kill()


@pytest.fixture
def enter(service: Service, chromium: Browser) -> Iterator[Enter]:
    """A window of her own for everybody, signed in; of "inspector" one that is not."""
    contexts: list[BrowserContext] = []

    def entered(role: str) -> Page:
        contexts.append(chromium.new_context(base_url=service.address, viewport=WIDE))
        page = contexts[-1].new_page()
        if role in STAFF:
            sign_in(page, f"{role}@example.org")
        return page

    yield entered
    for context in contexts:
        context.close()


def sign_in(page: Page, email: str) -> None:
    page.goto("/sign-in")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    press(page, "Sign in")


def press(page: Page, button: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=button, exact=True).first.click()


def fill(page: Page, **said: str) -> None:
    """Each field by its name in the form."""
    for name, value in said.items():
        page.locator(f"[name={name}]").fill(value)


def import_report(page: Page, year: str) -> None:
    page.goto("/brent/inspections")
    page.get_by_label("Reports, as PDF files").set_input_files(next(REPORTS.glob(f"*{year}*.pdf")))
    press(page, "Read the report")
    decide_everything(page)
    press(page, "Accept and record the inspection")
    expect(page.get_by_role("heading", level=1)).to_contain_text(year)


def test_an_inspection_is_played_through_in_one_sitting(service: Service, enter: Enter, tmp_path: Path) -> None:
    director, head, officer = enter("director"), enter("head_of_service"), enter("qa_officer")
    import_report(officer, "2023")

    # The telephone rings.
    director.goto("/brent/fieldwork/start")
    director.get_by_label("A real inspection").check()
    director.get_by_label("Short inspection").check()
    fill(director, called_on="13 April 2026", called_at="9:40", lead_inspector="Monique Lindsay")
    fill(director, remote_from="13 April 2026", first_day="20 April 2026", last_day="24 April 2026")
    director.get_by_label("Make every pack as at now, in one zip").uncheck()
    press(director, "Begin")
    expect(director.locator("main")).to_contain_text("N-1 begun: the timetable and the checklist are there.")

    # The dates move; what changes is shown before it is saved.
    director.goto("/brent/fieldwork/1/dates")
    fill(director, first_day="27 April 2026", last_day="1 May 2026", reason="The lead inspector is ill until then")
    press(director, "Show what this changes")
    expect(director.locator("main")).to_contain_text("Nothing is saved yet. With these dates:")
    expect(director.locator("main")).to_contain_text("moves from Friday 24 April to Friday 1 May 2026")
    head.goto("/brent/fieldwork/1")
    expect(head.locator("main")).to_contain_text("20 April 2026 to 24 April 2026")
    press(director, "Save the dates")
    expect(director.locator("main")).to_contain_text("27 April 2026 to 1 May 2026")

    # The head of service staffs a meeting, and writes down what an inspector asks for.
    head.goto("/brent/fieldwork/1/timetable/days/2026-05-01")
    head.get_by_role("link", name=re.compile("^Feedback")).first.click()
    head.get_by_role("link", name=re.compile("^Change")).first.click()
    head.locator("[name=owner]").select_option(label="Samira Okafor")
    press(head, "Save")
    expect(head.locator("main")).to_contain_text("Samira Okafor")
    head.goto("/brent/fieldwork/1/requests/new")
    fill(head, words="Please send the duty rota of May", asked_by="Monique Lindsay")
    head.locator("[name=owner]").select_option(label="Samira Okafor")
    press(head, "Save")
    expect(head.locator("main")).to_contain_text("H-1 written down.")
    head.locator("[name=file]").set_input_files({"name": "Duty rota.csv", "mimeType": "text/csv", "buffer": ROTA})
    fill(head, title="Duty rota of May")
    head.get_by_label("Official-Sensitive", exact=True).check()
    press(head, "Add the file")
    expect(head.locator("main")).to_contain_text("H-1 file 1")

    # Nothing leaves before the second look, which the QA officer takes.
    fill(head, answer="The rota, as it stands.", to="Monique Lindsay")
    press(head, "Hand over now")
    expect(head.locator("body")).to_contain_text("a colleague other than Samira Okafor has to look at it")
    officer.goto("/brent/requests/1")
    press(officer, "I have looked: it may leave H-1 file 1")
    expect(officer.locator("main")).to_contain_text("H-1 file 1 may leave.")

    # The power goes. Nothing that was saved is lost, and everybody is still signed in.
    service.kill()
    service.start()
    director.goto("/brent/requests/1")
    expect(director.locator("main")).to_contain_text("Second look")
    expect(director.locator("main")).to_contain_text("Amina Yusuf")
    head.goto("/brent/requests/1")

    # Two hand over at once: one does, and the other reads who was quicker.
    for page, answer in ((head, "The rota, as it stands."), (director, "Here is the rota.")):
        fill(page, answer=answer, to="Monique Lindsay")
    press(head, "Hand over now")
    expect(head.locator("main")).to_contain_text("H-1 handed over.")
    press(director, "Hand over now")
    expect(director.locator("body")).to_contain_text("Samira Okafor handed H-1 over to Monique Lindsay at")
    expect(director.locator("body")).to_contain_text("Nothing was handed over a second time.")

    # The inspector is added, chooses her password, reads in the room, and takes the file.
    director.goto("/brent/people/new")
    fill(director, name="Monique Lindsay", email="monique.lindsay@example.org", last_day="31 December 2099")
    director.get_by_label("Inspector", exact=True).check()
    press(director, "Add")
    link = director.locator("code").inner_text()
    director.goto("/brent/fieldwork/1/room")
    expect(director.locator("main")).to_contain_text("Monique Lindsay would come in until 31 December 2099")
    press(director, "Open the room")
    inspector = enter("inspector")
    inspector.goto(link)
    fill(inspector, name="Monique Lindsay", password=PASSWORD)
    press(inspector, "Save and go to sign-in")
    sign_in(inspector, "monique.lindsay@example.org")
    inspector.goto("/brent/inspectors-room")
    press(inspector, "Go in")
    expect(inspector.locator("main")).to_contain_text("The rota, as it stands.")
    with inspector.expect_download() as taken:
        inspector.get_by_role("button", name=re.compile("^Take the file")).click()
    assert Path(taken.value.path()).read_bytes() == ROTA
    director.reload()
    expect(director.get_by_role("table", name="Who came in")).to_contain_text("Monique Lindsay")

    # The room is closed with one click: she is out.
    press(director, "Close the room")
    expect(director.locator("main")).to_contain_text("The room is closed: 1 inspector out.")
    inspector.goto("/brent/inspectors-room")
    expect(inspector.locator("main")).not_to_contain_text("The rota, as it stands.")

    # Everything that was given, checked file by file.
    director.goto("/brent/fieldwork/1/requests")
    with director.expect_download() as exported:
        director.get_by_role("button", name="Take everything that was handed over").click()
    assert files_of(Path(exported.value.path())) == {"001 H-1/01 H-1 file 1 Duty rota.csv": ROTA}

    # The final report is imported, and its items stand beside the old ones.
    import_report(officer, "2026")
    officer.goto("/brent/fieldwork/1/afterwards/report")
    officer.get_by_role("radio").first.check()
    press(officer, "Save")
    expect(officer.get_by_role("heading", name="What it moves in the plan")).to_be_visible()
    officer.get_by_role("link", name="See them side by side").click()
    expect(officer.get_by_role("table").get_by_role("columnheader")).to_have_count(2)
    director.goto("/brent/fieldwork/1")
    director.get_by_role("link", name="Close it: the week is over").click()
    press(director, "Close N-1")
    expect(director.locator("main")).to_contain_text("N-1 closed. Everything in it stays and can be read.")


def files_of(path: Path) -> dict[str, bytes]:
    """What inspectors were given, of an export whose every file has the sum that stands beside its name."""
    with zipfile.ZipFile(path) as packed:
        assert packed.testzip() is None
        lines = [line.split("  ", 1) for line in packed.read("SHA256SUMS").decode().splitlines()]
        sums = {name: told for told, name in lines}
        assert set(sums) == set(packed.namelist()) - {"SHA256SUMS"}
        for name, told in sums.items():
            assert hashlib.sha256(packed.read(name)).hexdigest() == told
        return {name: packed.read(name) for name in sums if "/" in name}
