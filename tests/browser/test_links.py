"""Every link that each person meets leads somewhere, and every page behind one is whole."""

import re
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from tests import page_check
from tests.browser.conftest import DIRECTOR, HEAD_OF_SERVICE, PASSWORD, QA_OFFICER, Site

pytestmark = pytest.mark.browser

OF_A_KIND = {DIRECTOR: 2, HEAD_OF_SERVICE: 1, QA_OFFICER: 1}
"""Pages that are looked at of each kind, such as an action's, or a list with one filter, by who looks: the same
templates make most of what the others see."""
RAW = re.compile(
    r"\b(qa_officer|head_of_service|requires_improvement|needs_to_improve|help_protection|children_in_care|care_leavers"
    r"|\w+_id|None|True|False|StrEnum|Undefined|datetime)\b|<[A-Z]\w+ |\{\{|\{%"
)
"""Names that belong in code and in databases, never on a page."""
RIGHTLY_NONE = re.compile(r"\bNone( |$|\n)(yet|open|given|needed|overdue)?", re.MULTILINE)
LINK = re.compile(r'<a [^>]*href="([^"]+)"')
ROBOT = "http://site"


@dataclass(frozen=True)
class Met:
    """What a link led to."""

    address: str
    came_from: str
    status: int
    html: str
    """Empty for what is no page, such as a file."""


@pytest.mark.parametrize("who", [DIRECTOR, HEAD_OF_SERVICE, QA_OFFICER], ids=["director", "head", "qa"])
def test_every_link_leads_to_a_whole_page_in_words(site: Site, who: str) -> None:
    client = signed_in(site, who)
    faults: list[str] = []
    read: set[str] = set()

    for met in everything_met(client, OF_A_KIND[who]):
        if met.status not in (200, 302):
            faults.append(f"{met.address} from {met.came_from}: {met.status}")
        if met.status == 200 and kind(met.address) not in read:
            read.add(kind(met.address))  # another of a kind is made by the same template
            faults += [f"{met.address}: {fault}" for fault in faults_of(met.html)]

    assert faults == []


def signed_in(site: Site, who: str) -> FlaskClient:
    """A client that signs in as everybody does: with a token from the form."""
    client = site.app.test_client()
    form = BeautifulSoup(client.get("/sign-in").text, "html.parser")
    token = form.find("input", {"name": "csrf_token"})
    assert token is not None
    client.post("/sign-in", data={"email": who, "password": PASSWORD, "csrf_token": token["value"]})
    return client


def everything_met(client: FlaskClient, few: int) -> Iterator[Met]:
    """What every link leads to, from one's own work outwards; a ``few`` of a kind."""
    waiting, seen, of_a_kind = deque([("/brent/", "the start")]), {"/brent/"}, Counter[str]()
    while waiting:
        address, came_from = waiting.popleft()
        with client.get(address) as answer:
            is_page = answer.mimetype == "text/html" and answer.status_code == 200
            html = answer.get_data(as_text=True) if is_page else ""
            yield Met(address, came_from, answer.status_code, html)
        for link in links_of(html, address):
            if link not in seen and of_a_kind[kind(link)] < few:
                of_a_kind[kind(link)] += 1
                seen.add(link)
                waiting.append((link, address))


def links_of(html: str, address: str) -> list[str]:
    """Links to other pages of the site. One that adds a second question to an address is another of the same list."""
    found = [link for link in LINK.findall(html) if link.count("=") < 2]
    addresses = [urldefrag(urljoin(ROBOT + address, unescape(link))).url for link in found]
    return [link.removeprefix(ROBOT) for link in addresses if link.startswith(f"{ROBOT}/")]


def kind(address: str) -> str:
    """An address without its numbers, and without what its questions ask for."""
    parts = urlsplit(address)
    path = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d+", "0", parts.path)
    return path + "?" + re.sub(r"=[^&]*", "", parts.query)


def faults_of(html: str) -> Iterator[str]:
    if not html:
        return
    try:
        page_check.check(html)
    except AssertionError as fault:
        yield str(fault)
    main = BeautifulSoup(html, "html.parser").main
    said = RAW.search(RIGHTLY_NONE.sub(" ", main.get_text(" ") if main else ""))
    if said:
        yield f"says {said.group()!r}"
