"""Which passwords are taken: long ones that nobody else would try. No rules about digits or signs, as the National
Cyber Security Centre advises.
"""

import re
from collections.abc import Callable, Iterable
from datetime import timedelta

SHORTEST = 12
"""Characters. Our choice: the National Cyber Security Centre's three random words are seldom shorter."""
LONGEST = 200
"""Characters; a longer one would only cost time."""
FEWEST_KINDS = 5
"""Different characters. Our choice: fewer is a pattern."""
OWN_WORDS_LEAVE = 8
"""Characters that must be left of a password without the words that anybody would guess. Our choice."""

LINK_HOLDS_FOR = timedelta(hours=1)
"""A mailed link to choose a new password. Our choice."""
MOST_LINKS = 3
"""Links mailed to one person within the time that one holds. Our choice: more would be somebody else's doing."""

OBVIOUS = (
    "password", "passwort", "welcome", "letmein", "qwerty", "admin", "council", "children", "childrens", "services",
    "social", "safeguarding", "inspection", "readiness", "tracker", "ofsted", "summer", "winter", "spring", "autumn",
)  # fmt: skip
"""What people of a children's service write when a password must be new, besides their names."""
ROWS = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm")


def why_refused(password: str, *, own_words: Iterable[str], is_known: Callable[[str], bool]) -> str | None:
    """Why a password is not taken, in a sentence; None when it is.

    ``own_words``: names and addresses of the person and her authorities. ``is_known``: whether lists of breached
    passwords have it; asked only of passwords that are long enough.

    >>> why_refused("copper kettle lantern", own_words=["Samira Okafor"], is_known=lambda password: False)
    >>> why_refused("Samira.Okafor.2026", own_words=["Samira Okafor"], is_known=lambda password: False)[:44]
    'Somebody who knows you would guess this pass'
    """
    if len(password) < SHORTEST:
        return f"The password must have {SHORTEST} characters or more. Three random words are enough."
    if len(password) > LONGEST:
        return f"The password must have {LONGEST} characters or fewer."
    if _is_a_pattern(password.lower()):
        return "That password is a pattern that many people use. Choose three random words instead."
    if len(_without(password, own_words)) < OWN_WORDS_LEAVE:
        return (
            "Somebody who knows you would guess this password: it is made of names, your address or words such as "
            "“council”. Choose three random words instead."
        )
    if is_known(password) or is_known(password.lower()):
        return "That password is on lists of passwords that have been stolen. Choose three random words instead."
    return None


def _is_a_pattern(password: str) -> bool:
    """
    >>> [_is_a_pattern(one) for one in ("abcabcabcabc", "aaaaaaaaaaab", "qwertyuiop12", "copper kettle")]
    [True, True, True, False]
    """
    is_repeated = any(
        password == (password[:length] * len(password))[: len(password)] for length in range(1, len(password) // 2 + 1)
    )
    runs = [*ROWS, *(row[::-1] for row in ROWS)]
    in_rows = sum(any(password[at : at + 3] in row for row in runs) for at in range(len(password) - 2))
    return is_repeated or len(set(password)) < FEWEST_KINDS or in_rows > (len(password) - 2) * 0.6


def _without(password: str, own_words: Iterable[str]) -> str:
    """The letters of a password that are left without words anybody would guess, digits and signs.

    >>> _without("Brent-Council-2026!", ["Brent"]), _without("kettle Brent lantern", ["Brent"])
    ('', 'kettlelantern')
    """
    left = password.lower()
    words = {part for word in (*own_words, *OBVIOUS) for part in re.split(r"[^a-z]+", word.lower()) if len(part) > 2}
    for word in sorted(words, key=len, reverse=True):
        left = left.replace(word, " ")
    return re.sub(r"[\W\d_]+", "", left)
