"""Several things in one sentence."""

from collections.abc import Sequence


def listed(words: Sequence[str], joined: str = "and") -> str:
    """
    >>> listed(["A-22"]), listed(["A-22", "A-31", "A-40"]), listed(["data", "audit"], "or"), listed([])
    ('A-22', 'A-22, A-31 and A-40', 'data or audit', '')
    """
    return f" {joined} ".join(part for part in (", ".join(words[:-1]), *words[-1:]) if part)
