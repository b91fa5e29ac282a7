"""Colleagues who are found by their names: where it says what each of them has, as far as that is open to who asks."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import url_for

from tracker.people import queries as people
from tracker.people.models import Authority, Membership
from tracker.web.doors import opens

MOST = 5
"""Colleagues who are shown. Our choice: with more of one name, a surname tells them apart."""
MOST_WORDS = 4
WORD = re.compile(r"\w+")
PAGES: Sequence[tuple[str, str, Callable[[Membership], str]]] = (
    ("staff.show", "What {} has in hand", lambda one: url_for("staff.show", membership_id=one.id)),
    ("actions.plan", "What {} leads or owns in the plan", lambda one: url_for("actions.plan", who=one.person_id)),
)
"""Endpoint, what its link says, and its address."""


@dataclass(frozen=True)
class Colleague:
    name: str
    title: str
    links: Sequence[tuple[str, str]]
    """What each says, and where it leads; at least one."""


def found(authority: Authority, typed: str) -> Sequence[Colleague]:
    """Those whose name was typed, or its beginnings: one statement, and none where no page about them is open."""
    words = WORD.findall(typed)
    pages = [page for page in PAGES if opens(page[0])]
    if not pages or not 0 < len(words) <= MOST_WORDS or not any(len(word) > 1 for word in words) or '"' in typed:
        return ()
    return [
        Colleague(
            one.person.name,
            one.title,
            [(says.format(one.person.name), address(one)) for _, says, address in pages],
        )
        for one in people.named(authority, words, most=MOST)
    ]
