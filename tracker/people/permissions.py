"""The table of roles and permissions as the documentation prints it."""

from collections.abc import Iterator

from tracker.people.rules import ROLE_LABELS, ROLE_PURPOSES, Permission, Role, may

HEAD = """# Roles, and what each may do

Printed by `tracker permissions` from `tracker/people/rules.py`; a test compares the two. Every address asks for one of
these permissions, and `python -m benchmarks access` tries every address as every role, in its own authority, in another
and without sign-in.

A head of service who has a service area changes items nobody owns, mappings, self-grades and statements in its
judgement areas only. What she owns, leads or wrote stays hers wherever it belongs, and she reads everything.
"""


def table() -> str:
    """Markdown: what each role is for, then every permission with the roles that have it.

    >>> "| sign the self-evaluation | Director |" in table()
    True
    """
    return "\n".join([HEAD, *_roles(), "", *_permissions(), ""])


def _roles() -> Iterator[str]:
    yield from ("## What each role is for", "", "| role | what it is for |", "|---|---|")
    for role in Role:
        yield f"| {ROLE_LABELS[role]} | {ROLE_PURPOSES[role]} |"


def _permissions() -> Iterator[str]:
    yield from ("## Who may do what", "", "| she may | who |", "|---|---|")
    for permission in Permission:
        who = ", ".join(ROLE_LABELS[role] for role in Role if may(role, permission))
        yield f"| {permission.value} | {who} |"
