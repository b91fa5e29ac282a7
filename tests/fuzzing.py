"""Requests that nobody would send on purpose: every form of every page, read as it is and filled in wrongly.

Whatever comes, the answer is a page or a sentence, never a fault of ours. The same seed makes the same requests.
"""

import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, cast
from urllib.parse import quote_from_bytes, urlsplit
from uuid import UUID

from bs4 import BeautifulSoup, Tag
from flask import Flask, g, got_request_exception
from flask.testing import FlaskClient
from sqlalchemy import Connection, Engine, select
from werkzeug.routing import Rule

from tests.conftest import signed_in
from tests.fuzzing_values import FILES, QUERIES, TEXTS, WORDS, plausible, value_for
from tracker.people.models import Person
from tracker.platform import history
from tracker.platform.db import db

Field = tuple[str, str, Sequence[str]]
"""Name, type as HTML has it, and what it holds or offers."""
PER_ENDPOINT = 2
"""Addresses of one endpoint that are looked at. Our choice: the second is often in another state."""
BOUNDARY = "between-the-parts"
NOT_ASKED = ("static", "people.ready")
"""Endpoints: whether the service is ready needs a connection of its own, and here there is one for everybody."""


@dataclass(frozen=True)
class Form:
    """A form as a page shows it."""

    method: str
    address: str
    fields: Sequence[Field]
    with_files: bool


@dataclass(frozen=True)
class Fault:
    """A request that ended in a fault of ours."""

    request: str
    why: str


@dataclass
class Fuzz:
    """One run: who asks, what was found, and what became of it."""

    app: Flask
    chance: random.Random
    people: Sequence[str]
    clients: list[FlaskClient] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    faults: list[Fault] = field(default_factory=list)
    endpoints: Counter[str] = field(default_factory=Counter)
    pages: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    forms: dict[tuple[str, str], Form] = field(default_factory=dict)
    known: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """What stands in addresses, by the name of the argument."""
    raised: list[str] = field(default_factory=list)
    signed_out: list[FlaskClient] = field(default_factory=list)

    # Reading the site ---------------------------------------------------------------------------------------------

    def begin(self) -> None:
        got_request_exception.connect(self._note, self.app)
        for email in self.people:
            person = db.session.scalars(select(Person).where(Person.email == email)).one()
            self.clients.append(signed_in(self.app, person))
        db.session.commit()  # or reading the first page would undo that they are signed in

    def read(self, start: str, most: int) -> None:
        """Follow links from ``start`` and keep every form; at most so many pages for each person."""
        for at in range(len(self.clients)):
            waiting, seen = [start], {start}
            while waiting and len(seen) < most * 20 and most > 0:
                address = waiting.pop(0)
                if not self._wanted(address):
                    continue
                most -= 1
                links = self._links(self.clients[at], address)
                self._sign_in_again()
                for found in links:
                    if found not in seen:
                        seen.add(found)
                        waiting.append(found)

    def _wanted(self, address: str) -> bool:
        endpoint, values = self._endpoint(address)
        if not endpoint or endpoint in NOT_ASKED or len(self.pages[endpoint]) >= PER_ENDPOINT * len(self.clients):
            return False
        self.pages[endpoint].append(address)
        for name, value in values.items():
            self.known[name].append(str(value))
        return True

    def _endpoint(self, address: str) -> tuple[str, Mapping[str, Any]]:
        try:
            return self.app.url_map.bind("localhost").match(urlsplit(address).path, method="GET")
        except Exception:
            return "", {}

    def _links(self, client: FlaskClient, address: str) -> list[str]:
        answer = self.ask(client, "GET", address)
        if answer.mimetype != "text/html" or answer.status_code != 200:
            return []
        page = BeautifulSoup(answer.text, "html.parser")
        for form in page.find_all("form"):
            self._keep(form, address)
        links = [str(link["href"]).partition("#")[0] for link in page.find_all("a", href=True)]
        self.chance.shuffle(links)
        return [link for link in links if link.startswith("/")]

    def _keep(self, form: Tag, address: str) -> None:
        action = str(form.get("action") or address)
        method = str(form.get("method") or "get").upper()
        fields = tuple(_fields(form))
        key = (method, re.sub(r"\d+|[0-9a-f-]{36}", "0", action) + str(sorted({name for name, *_ in fields})))
        with_files = form.get("enctype") == "multipart/form-data"
        self.forms.setdefault(key, Form(method, action, fields, with_files))

    # Asking -------------------------------------------------------------------------------------------------------

    def ask(self, client: FlaskClient, method: str, address: str, **body: Any) -> Any:
        self.raised.clear()
        g.pop("_login_user", None)
        answer = client.open(address, method=method, **body)
        answer.get_data()
        self.statuses[answer.status_code] += 1
        if str(answer.location or "").startswith("/sign-in"):
            self.signed_out.append(client)
        if answer.status_code >= 500:
            said = str(body.get("data", ""))[:300]
            why = self.raised[-1] if self.raised else f"{answer.status_code} without an exception"
            self.faults.append(Fault(f"{method} {address} {said}", why))
        return answer

    def _sign_in_again(self) -> None:
        """Signing out is a form like any other. Not while a request is to be undone: signing in would be, too."""
        for client in self.signed_out:
            if client in self.clients:
                at = self.clients.index(client)
                person = db.session.scalars(select(Person).where(Person.email == self.people[at])).one()
                self.clients[at] = signed_in(self.app, person)
                db.session.commit()
        self.signed_out.clear()

    def _note(self, app: Flask, exception: BaseException, **rest: object) -> None:
        trace, last = exception.__traceback__, ""
        while trace is not None:
            file = trace.tb_frame.f_code.co_filename
            if "/tracker/" in file or "/reports/" in file:
                last = f"{file.rpartition('/tracker/')[2]}:{trace.tb_lineno}"
            trace = trace.tb_next
        self.raised.append(f"{type(exception).__name__} {str(exception)[:160]!r} at {last}")

    def requests(self, number: int) -> Iterator[int]:
        """Send so many, one kind after another; after each what it changed is undone."""
        kinds = (self._a_form, self._a_form, self._a_form, self._a_question, self._an_address)
        for done in range(number):
            with undone():
                client = self.chance.choice(self.clients)
                self.chance.choice(kinds)(client)
            self._sign_in_again()
            yield done + 1

    def _a_form(self, client: FlaskClient) -> None:
        form = self.chance.choice([*self.forms.values()])
        pairs = filled(self.chance, form)
        if form.method == "GET":
            self.ask(client, "GET", f"{form.address.partition('?')[0]}?{encoded(pairs)}")
        elif self.chance.random() < 0.03:
            self.ask(client, "POST", form.address, **_odd_body(self.chance))
        elif form.with_files:
            body = multipart(self.chance, pairs, form.fields)
            self.ask(client, "POST", form.address, data=body, content_type=f"multipart/form-data; boundary={BOUNDARY}")
        else:
            self.ask(
                client, "POST", form.address, data=encoded(pairs), content_type="application/x-www-form-urlencoded"
            )

    def _a_question(self, client: FlaskClient) -> None:
        """A page with arguments that it knows, or not, in every wrong way."""
        address = self.chance.choice(self.chance.choice([one for one in self.pages.values() if one]))
        names = [*(pair.partition("=")[0] for pair in urlsplit(address).query.split("&") if pair), *QUERIES]
        pairs = [(self.chance.choice(names), self.chance.choice(TEXTS)) for _ in range(self.chance.randint(1, 4))]
        self.ask(client, "GET", f"{address.partition('?')[0]}?{encoded(pairs)}")

    def _an_address(self, client: FlaskClient) -> None:
        """Any address with what stands in others, with somebody else's, or with what stands in none."""
        rule = self.chance.choice([rule for rule in self.app.url_map.iter_rules() if rule.endpoint not in NOT_ASKED])
        address = self._built(rule)
        method = self.chance.choice(sorted((rule.methods or set()) - {"OPTIONS"}))
        pairs = [(self.chance.choice(QUERIES), self.chance.choice(TEXTS)) for _ in range(self.chance.randint(0, 4))]
        body = {"data": encoded(pairs), "content_type": "application/x-www-form-urlencoded"} if method == "POST" else {}
        self.ask(client, method, address, **body)

    def _built(self, rule: Rule) -> str:
        address = rule.rule
        for name in rule.arguments:
            ours = self.known.get(name) or ["1"]
            odd = ["0", "999999999", "99999999999999999999", "-1", str(UUID(int=1)), "%00", "%ff", "..", "é", "brent"]
            wanted = (
                "brent" if name == "authority" and self.chance.random() < 0.9 else self.chance.choice([*ours, *odd])
            )
            address = re.sub(rf"<[^<>]*\b{name}>", wanted.replace("\\", ""), address)
        return address


def _fields(form: Tag) -> Iterator[Field]:
    for found in form.find_all(["input", "select", "textarea"]):
        name = str(found.get("name") or "")
        if not name or name == "csrf_token":
            continue
        if found.name == "select":
            yield name, "select", [str(one.get("value", "")) for one in found.find_all("option")]
        elif found.name == "textarea":
            yield name, "textarea", [found.get_text()]
        else:
            yield name, str(found.get("type") or "text"), [str(found.get("value") or "")]


def filled(chance: random.Random, form: Form) -> list[tuple[str, bytes]]:
    """As somebody would fill it in, but for what chance makes wrong of it."""
    right = [(name, plausible(chance, name, kind, held)) for name, kind, held in form.fields if kind != "file"]
    pairs = [(name, value) for name, value in right if value is not None]
    wrong = chance.random()
    for _ in range(1 if wrong < 0.6 else 3 if wrong < 0.8 else len(pairs)):
        if pairs:
            at = chance.randrange(len(pairs))
            name = pairs[at][0]
            kind = next(one for other, one, _ in form.fields if other == name)
            pairs[at] = (name, value_for(chance, name, kind))
    change = chance.random()
    if pairs and change < 0.15:
        pairs.pop(chance.randrange(len(pairs)))
    elif pairs and change < 0.3:
        name, _ = chance.choice(pairs)
        pairs.append((name, chance.choice(TEXTS)))
    elif change < 0.35:
        pairs.append((chance.choice(WORDS), chance.choice(TEXTS)))
    return pairs


def encoded(pairs: Sequence[tuple[str, bytes]]) -> str:
    return "&".join(f"{quote_from_bytes(name.encode())}={quote_from_bytes(value)}" for name, value in pairs)


def multipart(chance: random.Random, pairs: Sequence[tuple[str, bytes]], fields: Sequence[Field]) -> bytes:
    parts = [
        b'--%s\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % (BOUNDARY.encode(), name.encode(), value)
        for name, value in pairs
    ]
    for name, kind, _ in fields:
        if chance.random() < (0.9 if kind == "file" else 0.02):
            file_name, content = chance.choice(FILES)
            head = b'--%s\r\nContent-Disposition: form-data; name="%s"; filename="%s"\r\n'
            parts.append(head % (BOUNDARY.encode(), name.encode(), file_name))
            parts.append(b"Content-Type: application/octet-stream\r\n\r\n" + content + b"\r\n")
    return b"".join([*parts, b"--%s--\r\n" % BOUNDARY.encode()])


def _odd_body(chance: random.Random) -> dict[str, Any]:
    return chance.choice(
        [
            {"data": b"{", "content_type": "application/json"},
            {"data": b"[]", "content_type": "application/json"},
            {"data": b"5", "content_type": "application/json"},
            {"data": b'{"version": 0, "because": 5, "reason": ["x"], "name": {}}', "content_type": "application/json"},
            {"data": b"\xff\xfe\x00", "content_type": "text/plain"},
            {"data": b"--nothing", "content_type": "multipart/form-data"},
            {"data": b"--x\r\n\r\nno head", "content_type": "multipart/form-data; boundary=x"},
            {"data": b"a=1&a=2&=3&&;", "content_type": "application/x-www-form-urlencoded; charset=utf-16"},
            {"data": b"", "content_type": ""},
        ]
    )


def nothing(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    """In the place of what takes long: packs and bundles are asked for, and not made."""
    return {}


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is done inside, even by commit, is undone."""
    engines = cast("dict[str | None, Engine | Connection]", db.engines)
    outer = cast("Connection", engines[None])
    with outer.begin_nested() as inside:
        yield
        db.session.remove()
        inside.rollback()


@contextmanager
def on_one_connection(app: Flask) -> Iterator[None]:
    """As the tests have it: one transaction that is never committed."""
    with app.app_context(), history.acting(None, history.NOBODY):
        engines = cast("dict[str | None, Engine | Connection]", db.engines)
        engine = cast("Engine", engines[None])
        with engine.connect() as connection, connection.begin() as outer:
            engines[None] = connection
            db.session.configure(join_transaction_mode="create_savepoint")
            yield
            db.session.remove()
            outer.rollback()
        engines[None] = engine
        engine.dispose()
