"""Who may change what somebody is here."""

from tracker.people.rules import ROLE_LABELS, Permission, Role, Standing, may


def why_not_change(by: Standing, person: object, before: Role | None, after: Role | None) -> str | None:
    """Why ``by`` may not make of somebody with the role ``before`` one with ``after``; None before or after is nobody.

    >>> from uuid import UUID
    >>> boss = Standing(UUID(int=1), Role.ADMINISTRATOR)
    >>> why_not_change(boss, UUID(int=2), None, Role.DIRECTOR)
    'Only a director can make somebody a director, or change what a director is.'
    >>> why_not_change(boss, UUID(int=2), Role.AUDITOR, Role.QA_OFFICER)
    """
    if not may(by.role, Permission.MANAGE_PEOPLE):
        return f"You may not {Permission.MANAGE_PEOPLE.value}. Ask a director or an administrator."
    if person == by.person:
        return "You cannot change what you are yourself. Ask a director or another administrator."
    if Role.DIRECTOR in {before, after} and by.role is not Role.DIRECTOR:
        return "Only a director can make somebody a director, or change what a director is."
    return None


def why_not_the_last(before: Role, after: Role | None, others: int) -> str | None:
    """Why the last director, or the last who sees to people, cannot become something else; ``others`` have her role.

    >>> why_not_the_last(Role.DIRECTOR, None, 0)
    'She is the only director here. Make somebody else a director first.'
    """
    if before is after or others or before not in {Role.DIRECTOR, Role.ADMINISTRATOR}:
        return None
    label = ROLE_LABELS[before].lower()
    return f"She is the only {label} here. Make somebody else {'an' if label[0] in 'aeiou' else 'a'} {label} first."
