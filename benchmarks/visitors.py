"""People who use the served site: light, since they share the machine with what they measure."""

import http.client
import re
from collections.abc import Mapping
from urllib.parse import urlencode

from tests.real_server import PASSWORD, TOKEN

VERSION = re.compile(r'name="[^"]*version"[^>]*value="(\d+)"')
DUE = re.compile(r'name="[^"]*due_on"[^>]*value="([^"]+)"')
BOUNDARY = "between-the-parts"
FORM = "application/x-www-form-urlencoded"
UPDATE = {"now": "On track"}
AUDIT = {
    "age_band": "5 to 9", "area": "help_protection", "period_from": "20 May 2026", "period_to": "12 November 2026",
    "with_practitioner": "yes", "family_feedback": "Not yet",
}  # fmt: skip
FILE = {
    "shows": "What was decided", "strength": "Activity", "dated": "12 November 2025", "marking": "Official",
}  # fmt: skip


class NotDone(Exception):
    """The site did not acknowledge: what was asked for may be there or not."""


class Visitor:
    """One signed-in person with one connection."""

    def __init__(self, address: str, email: str, *, patience: float = 60.0) -> None:
        self.connection = http.client.HTTPConnection(address, timeout=patience)
        self.email = email
        self.cookies: dict[str, str] = {}
        self.is_in = False
        """Whether she is signed in, as far as she has heard."""

    def ask(self, method: str, path: str, body: bytes | None = None, kind: str = FORM) -> tuple[int, str, str]:
        """Status, where it leads to, and the page. Raises NotDone where nobody answers whole."""
        headers = {"User-Agent": "a benchmark", "Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        try:
            self.connection.request(method, path, body, headers | ({"Content-Type": kind} if body else {}))
            answer = self.connection.getresponse()
            page = answer.read().decode()
        except (OSError, http.client.HTTPException) as fault:
            self.connection.close()
            raise NotDone(type(fault).__name__) from fault
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        location = answer.headers.get("Location", "")
        if answer.status == 302 and "/sign-in" in location:
            self.is_in = False
            raise NotDone("signed out")
        return answer.status, location, page

    def get(self, path: str) -> str:
        status, _, page = self.ask("GET", path)
        if status != 200:
            raise NotDone(f"GET {path}: {status}")
        return page

    def send(self, path: str, said: Mapping[str, str]) -> str:
        """Post a form; where it leads to. Raises NotDone unless it was saved."""
        status, location, _ = self.ask("POST", path, urlencode(said).encode())
        if status != 302:
            raise NotDone(f"POST {path}: {status}")
        return location

    def sign_in(self) -> None:
        self.cookies, self.is_in = {}, False
        token = token_of(self.get("/sign-in"))
        self.send("/sign-in", {"csrf_token": token, "email": self.email, "password": PASSWORD})
        self.is_in = True

    def update(self, number: int, said: str) -> None:
        """Say how an action goes."""
        page = self.get(f"/brent/actions/{number}/update")
        form = {"csrf_token": token_of(page), "version": first(VERSION, page), "due_on": first(DUE, page), "done": said}
        typed = UPDATE | form
        self.send(f"/brent/actions/{number}/update", {**typed, **{f"a{number}-{k}": v for k, v in typed.items()}})

    def start_audit(self, case: str) -> None:
        token = token_of(self.get("/brent/audits/new/pre-proceedings"))
        self.send("/brent/audits/new/pre-proceedings", {"csrf_token": token, "case_reference": case, **AUDIT})

    def upload(self, title: str, content: bytes) -> None:
        """Add a file of evidence."""
        path = "/brent/evidence/add/file"
        said = {"csrf_token": token_of(self.get(path)), "title": title, **FILE}
        parts = [f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n' for k, v in said.items()]
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{title}.csv"\r\n'
        parts.append(f"{head}Content-Type: text/csv\r\n\r\n")
        body = "".join(parts).encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode()
        status, _, _ = self.ask("POST", path, body, f"multipart/form-data; boundary={BOUNDARY}")
        if status != 302:
            raise NotDone(f"POST {path}: {status}")

    def ask_for_pack(self, kind: str) -> int:
        """Its number."""
        token = token_of(self.get("/brent/packs/"))
        return int(self.send("/brent/packs/", {"csrf_token": token, "kind": kind}).rpartition("/")[2])


def token_of(page: str) -> str:
    return first(TOKEN, page)


def first(pattern: re.Pattern[str], page: str) -> str:
    found = pattern.search(page)
    if found is None:
        raise NotDone("The page has no such field")
    return found[1]
