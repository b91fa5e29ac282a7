"""Posts instead of names, for packs that go to readers who are to know who answers and not what she is called."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from tracker.people.models import Authority, Membership, Person
from tracker.platform.db import db
from tracker.platform.history import NOBODY, HistoryEntry

SOMEBODY = "Member of staff"
"""Of whom nobody knows the post: she has left."""
STYLES = r"(?:Ms|Mrs|Miss|Mr|Mx|Dr|Prof|Professor|Cllr|Councillor|Sir|Dame|Lord|Lady)"
SENTENCE_BEGINS = re.compile(r"(?:^|[.!?]\s+|\n\s*(?:[-*]\s+)?)$")


@dataclass(frozen=True)
class Posts:
    """By name, as people wrote it."""

    of: Mapping[str, str]

    def instead(self, text: str) -> str:
        """
        >>> posts = Posts({"Dana Whitfield": "Director"})
        >>> posts.instead("Dana Whitfield"), posts.instead("Agreed with Ms Whitfield. D. Whitfield leads.")
        ('Director', 'Agreed with the director. The director leads.')
        """
        if text.strip() in self.of:
            return self.of[text.strip()]
        for name, post in self.of.items():
            text = _pattern(name).sub(lambda found, post=post: _in_a_sentence(found, post), text)  # type: ignore[misc]
        return text

    def left(self, text: str) -> list[str]:
        """First names and surnames that still stand there as words of their own: names, or words like them.

        >>> Posts({"Will Grant": "Director"}).left("Will the grant help? Grant thinks so.")
        ['Grant', 'Will']
        """
        words = {part for name in self.of for part in name.split() if len(part) > 2}
        return sorted(word for word in set(re.findall(r"\b[A-Z][\w’'-]+", text)) if word in words)


def _pattern(name: str) -> re.Pattern[str]:
    """The whole name, a style or initials before the surname."""
    first, *others = name.split()
    whole = re.escape(name).replace(r"\ ", r"\s+")
    if not others:
        return re.compile(rf"\b{whole}\b")
    surname = re.escape(others[-1])
    initials = rf"{re.escape(first[0])}\.?(?:\s?[A-Z]\.?)?\s+{surname}"
    return re.compile(rf"\b(?:{STYLES}\.?\s+)?(?:{whole}|{initials})\b|\b{STYLES}\.?\s+{surname}\b", re.IGNORECASE)


def _in_a_sentence(found: re.Match[str], post: str) -> str:
    begins = SENTENCE_BEGINS.search(found.string[: found.start()])
    return f"{'The' if begins else 'the'} {post[:1].lower()}{post[1:]}"


def posts(authority: Authority) -> Posts:
    """Everybody who serves in the authority or ever did something there: two statements.

    What the service or the command did was done by nobody: “The” is part of no name.
    """
    members = db.session.execute(
        select(Person.name, Membership)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.authority_id == authority.id)
    )
    found = {name: membership.title for name, membership in members}
    acted = db.session.scalars(
        select(HistoryEntry.actor_name)
        .where(
            HistoryEntry.chain == authority.id,
            HistoryEntry.actor_id.is_not(None),
            HistoryEntry.actor_name != NOBODY,
        )
        .distinct()
    )
    everybody = {name: SOMEBODY for name in acted if " " in name} | found
    return Posts(dict(sorted(everybody.items(), key=lambda pair: (-len(pair[0]), pair[0]))))
