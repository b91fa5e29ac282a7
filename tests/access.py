"""Everybody tries every door: each route, as each role, in one's own authority and in another's, and without sign-in.

What is let through is what the table of permissions does not allow, and whatever of another authority is reached by an
identifier of it: in an address, or in a field of a form. The test tries a share of it, the benchmark all.
"""

import random
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from bs4 import BeautifulSoup, Tag
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.routing import IntegerConverter, Rule, UUIDConverter

from tests import given
from tests.browser.conftest import DIRECTOR, HEAD_OF_SERVICE, QA_OFFICER
from tests.browser.pages import PAGES, looked_up
from tests.conftest import signed_in
from tests.demonstration import application_in, copied
from tests.two_authorities import MASK, MOVED_ON, Copy, copied_as, crossing, fingerprint
from tracker.people import queries
from tracker.people.limits import limiter
from tracker.people.models import Membership
from tracker.people.rules import Permission, Role, may
from tracker.platform.db import db

READING_FIRST = (Role.DIRECTOR, Role.QA_OFFICER, Role.HEAD_OF_SERVICE)
"""Who tries the identifiers of others: the first of these who may open the page at all, or anybody who may."""
OF_ITS_OWN_THING = frozenset({"page", "version", "wording"})
"""Numbers in an address that count within a thing, and name nothing by themselves."""
OWN = {"tool_id": "supervision", "framework_id": "ilacs-2026", "kind": "voice", "ending": "xlsx"}
"""What stands in the parts of an address that are words, where another part is tried."""
KEPT_OUT = frozenset({400, 403, 404, 405, 409, 413, 422})
"""What may answer a changing request that names something of others; what it changed is looked at afterwards."""

FIELDS_AT_LEAST = 20
"""Most pages hold no field that names a thing: a share of them may hold none at all."""


@dataclass(frozen=True)
class TwoAuthorities:
    """The demonstration, a copy of it as another authority, and somebody of every role signed in to each."""

    app: Flask
    slug: str
    other: Copy
    before: str
    """The fingerprint of the copy when nobody had tried anything."""
    own_people: frozenset[UUID]
    people: Mapping[Role, FlaskClient]
    strangers: Mapping[Role, FlaskClient]

    def pages(self) -> list[tuple[FlaskClient, str]]:
        """The pages of the demonstration that each of its three people meets, with somebody of her role."""
        met = zip(READING_FIRST, (DIRECTOR, QA_OFFICER, HEAD_OF_SERVICE), strict=True)
        with self.app.app_context():
            return [(self.people[role], looked_up(page)) for role, who in met for page in PAGES[who]]

    def reached(self) -> list[str]:
        """What names something over the wall, and whether anything on the other side was changed."""
        with self.app.app_context():
            changed = [] if fingerprint(self.other) == self.before else ["something of the copy was changed"]
            return crossing(self.other) + changed


@contextmanager
def two_authorities_in(demonstration: Path, place: Path) -> Iterator[TwoAuthorities]:
    app = application_in(copied(demonstration, place))
    app.config["WTF_CSRF_ENABLED"] = False  # what is tried is who gets through, not whether a form was ours
    app.config["CONFIRMED_FOR"] = timedelta(days=1)  # nor whether she has shown lately who she is
    app.testing = True
    limited, limiter.enabled = limiter.enabled, False  # nor how often she asks: then 429 would stand for the answer
    with app.app_context():
        brent = queries.only_authority()
        other = copied_as("copied", "Copied")
        people = {role: given.a_person(authority=brent, role=role) for role in Role}
        strangers = {role: given.a_person(authority=other.authority, role=role) for role in Role}
        own_people = frozenset(db.session.scalars(select(Membership.person_id).where(Membership.authority == brent)))
        other.ids["person"] = [one.id for one in strangers.values()]
        other.ids["membership"] = [one.memberships[0].id for one in strangers.values()]
        signed = [{role: signed_in(app, one) for role, one in these.items()} for these in (people, strangers)]
        db.session.commit()
        two = TwoAuthorities(app, brent.slug, other, fingerprint(other), own_people, *signed)
        db.session.remove()
    yield two
    limiter.enabled = limited
    with app.app_context():
        db.engine.dispose()


@dataclass
class Tried:
    """How many doors were tried, and those that opened and should not have."""

    number: int = 0
    let_through: list[str] = field(default_factory=list)

    def one(self, what: str, *, kept_out: bool) -> None:
        self.number += 1
        if not kept_out:
            self.let_through.append(what)


def inside(app: Flask) -> list[tuple[Rule, str]]:
    """Every address within an authority, once for each method that people use."""
    return [
        (rule, method)
        for rule in app.url_map.iter_rules()
        if "authority" in rule.arguments
        for method in sorted((rule.methods or set()) & {"GET", "POST"})
    ]


def permission_of(app: Flask, rule: Rule) -> Permission:
    asked = getattr(app.view_functions[rule.endpoint], "access", None)
    assert isinstance(asked, Permission), f"{rule} asks for no permission"
    return asked


def address(rule: Rule, authority: str, **values: object) -> str:
    """An address that the rule answers to; what is not given names a thing that does not exist."""
    filled: dict[str, Any] = {name: OWN.get(name, "1") for name in rule.arguments}
    for name, converter in rule._converters.items():
        if isinstance(converter, UUIDConverter):
            filled[name] = UUID(int=1)
        elif isinstance(converter, IntegerConverter):
            filled[name] = 1
    built = rule.build(filled | {"authority": authority} | values, append_unknown=False)
    assert built is not None, rule
    return built[1]


def doors(two: TwoAuthorities, share: float = 1) -> Tried:
    """Every route without sign-in, by people of another authority, and by each role that may not open it.

    Of a share, each route is tried by one role, and by a stranger and by nobody as it falls out.
    """
    tried, chance = Tried(), random.Random(9)  # noqa: S311  # a draw that can be repeated
    app, slug, people = two.app, two.slug, two.people
    nobody, strangers = app.test_client(), list(two.strangers.values())
    for rule, method in inside(app):
        where, asked = address(rule, slug), permission_of(app, rule)
        shut = [role for role in Role if not may(role, asked)]
        for role in shut if share == 1 else chance.sample(shut, min(1, len(shut))):
            answer = people[role].open(where, method=method)
            told = answer.status_code == 403 and "you may not" in answer.text
            led_on = where == f"/{slug}/" and answer.status_code == 302 and _opens(people[role], answer.location, where)
            tried.one(f"{method} {where} as {role}: {answer.status_code}", kept_out=told or led_on)
        for stranger in strangers if share == 1 else chance.sample(strangers, chance.choice((0, 1))):
            status = stranger.open(where, method=method).status_code
            tried.one(f"{method} {where} as a stranger: {status}", kept_out=status == 404)
        if share < 1 and chance.choice((True, False)):
            continue
        answer = nobody.open(where, method=method)
        away = answer.status_code == 302 and answer.location.startswith("/sign-in?next=")
        tried.one(f"{method} {where} without sign-in: {answer.status_code}", kept_out=away)
    return tried


def _opens(client: FlaskClient, led_to: str, instead_of: str) -> bool:
    """Whether somebody was led on to another page of her authority, which is open to her."""
    return led_to.startswith(instead_of) and led_to != instead_of and client.get(led_to).status_code == 200


def identifiers(two: TwoAuthorities, share: float = 1) -> Tried:
    """Every part of an address that names a thing, filled with things of another authority, under one's own.

    With an id of every kind of thing there is; of a share, with those whose kind has the name of the part.
    """
    tried, chance = Tried(), random.Random(10)  # noqa: S311  # a draw that can be repeated
    app, slug, people, other = two.app, two.slug, two.people, two.other
    for rule, method in inside(app):
        asked = permission_of(app, rule)
        role = next((one for one in (*READING_FIRST, *Role) if may(one, asked)), None)
        if role is None:
            continue
        for name, foreign in _foreign(rule, other, chance, share):
            where = address(rule, slug, **{name: foreign})
            status = people[role].open(where, method=method).status_code
            out = status == 404 if method == "GET" else status in KEPT_OUT
            tried.one(f"{method} {where} as {role}: {status}", kept_out=out)
    return tried


def _foreign(rule: Rule, other: Copy, chance: random.Random, share: float) -> Iterator[tuple[str, object]]:
    for name, converter in rule._converters.items():
        if isinstance(converter, UUIDConverter):
            kinds = [kind for kind, ids in other.ids.items() if ids]
            if share < 1:
                likely = [kind for kind in kinds if name.removesuffix("_id") in kind]
                kinds = likely[:2] or chance.sample(kinds, 2)
            yield from ((name, other.ids[kind][0]) for kind in kinds)
        elif isinstance(converter, IntegerConverter) and name not in OF_ITS_OWN_THING:
            yield from ((name, number) for number in (other.numbers if share == 1 else other.numbers[:1]))
        elif name == "tool_id":
            yield name, "own-supervision-audit-with-a-question-on-rooms-copied"


def fields(two: TwoAuthorities, share: float = 1) -> Tried:
    """Every field of every form that holds an identifier, posted once with one of another authority in it.

    Of a share of the pages, drawn by chance, and of more where those hold fewer than ``FIELDS_AT_LEAST`` such fields.
    Whether anything came of it is not seen in the answer: ask ``two.reached`` afterwards.
    """
    tried, pages = Tried(), two.pages()
    random.Random(11).shuffle(pages)  # noqa: S311  # a draw that can be repeated
    for looked_at, (client, where) in enumerate(pages):
        if looked_at >= share * len(pages) and tried.number >= FIELDS_AT_LEAST:
            break
        page = BeautifulSoup(client.get(where).text, "html.parser")
        for form in page.select("main form[method=post]"):
            target = str(form.get("action") or where)
            filled = dict(_filled(form))
            for name, foreign in _foreign_values(form, filled, two):
                status = client.post(target, data=filled | {name: foreign}).status_code
                tried.one(f"{target} with {name}={foreign} from {where}: {status}", kept_out=status < 500)
    return tried


WORDS = "Said for a test"


def _filled(form: Tag) -> Iterator[tuple[str, str]]:
    """What a person would post who fills in whatever is empty."""
    for one in form.select("input[name], select[name], textarea[name]"):
        name, kind = str(one["name"]), str(one.get("type", one.name))
        if kind in ("checkbox", "radio"):
            if one.has_attr("checked"):
                yield name, str(one.get("value", "on"))
        elif kind == "select":
            options = [str(option.get("value", "")) for option in one.select("option")]
            chosen = one.select_one("option[selected]")
            yield name, str(chosen.get("value", "")) if chosen else next((each for each in options if each), "")
        elif kind == "textarea":
            yield name, one.text.strip() or WORDS
        elif kind not in ("submit", "button", "file"):
            yield name, str(one.get("value") or _guess(name))


def _guess(name: str) -> str:
    return "1 March 2027" if name.endswith(("_on", "day", "on")) else WORDS


def _foreign_values(form: Tag, filled: Mapping[str, str], two: TwoAuthorities) -> Iterator[tuple[str, str]]:
    """Fields that hold an id or a reference, each with the same kind of thing of another authority."""
    other = two.other
    own = {UUID(int=one.int ^ MASK): one for ids in other.ids.values() for one in ids}
    own |= dict.fromkeys(two.own_people, other.ids["person"][0])
    offered = dict(filled)
    for one in form.select("input[type=radio], input[type=checkbox], option"):
        holder = one if one.name == "input" else one.find_parent("select")
        if holder is not None and holder.get("name") and one.get("value"):
            offered.setdefault(str(holder["name"]), "")
            if _uuid(str(one["value"])) in own:
                offered[str(holder["name"])] = str(one["value"])
    for name, value in offered.items():
        found = own.get(_uuid(value) or UUID(int=0))
        if found is not None:
            yield name, str(found)
        elif re.fullmatch(r"[A-Z]-\d+", value):
            yield name, f"{value[:2]}{int(value[2:]) + MOVED_ON}"
        elif name in ("item", "action", "evidence", "waits_for", "reference"):
            yield name, str(other.numbers[0])


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
