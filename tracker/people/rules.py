"""Roles and what each may do: one table, which docs/permissions.md prints and which every route is tried against."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID


class Role(StrEnum):
    """In the order in which lists offer them."""

    DIRECTOR = "director"
    HEAD_OF_SERVICE = "head_of_service"
    QA_OFFICER = "qa_officer"
    AUDITOR = "auditor"
    ACTION_LEAD = "action_lead"
    PARTNER_LEAD = "partner_lead"
    INFORMATION_GOVERNANCE_LEAD = "information_governance_lead"
    LEAD_MEMBER = "lead_member"
    SCRUTINY_READER = "scrutiny_reader"
    INSPECTOR = "inspector"
    ADMINISTRATOR = "administrator"


ROLE_LABELS: Mapping[Role, str] = {
    Role.DIRECTOR: "Director",
    Role.HEAD_OF_SERVICE: "Head of service",
    Role.QA_OFFICER: "QA officer",
    Role.AUDITOR: "Auditor",
    Role.ACTION_LEAD: "Action lead",
    Role.PARTNER_LEAD: "Partner lead",
    Role.INFORMATION_GOVERNANCE_LEAD: "Information governance lead",
    Role.LEAD_MEMBER: "Lead member",
    Role.SCRUTINY_READER: "Scrutiny reader",
    Role.INSPECTOR: "Inspector",
    Role.ADMINISTRATOR: "Administrator",
}

SEVERAL_OF = {role: f"{label}s" for role, label in ROLE_LABELS.items()} | {Role.HEAD_OF_SERVICE: "Heads of service"}

ROLE_PURPOSES: Mapping[Role, str] = {
    Role.DIRECTOR: "The director of children’s services, or who acts for her: answers for everything and signs.",
    Role.HEAD_OF_SERVICE: "Owns improvement items, plans what is done about them and signs off what others deliver.",
    Role.QA_OFFICER: "Runs quality assurance: tools, draws, audits, moderation, findings; reads reports in.",
    Role.AUDITOR: "A practitioner or manager who audits the cases given to her, and sees no audit but her own.",
    Role.ACTION_LEAD: "A manager who delivers actions: reads the plan, updates what she leads, adds its evidence.",
    Role.PARTNER_LEAD: (
        "Somebody at the police, a health trust or another partner: sees the actions her organisation shares and the "
        "items they are for, and updates those actions. Nothing else of the plan."
    ),
    Role.INFORMATION_GOVERNANCE_LEAD: (
        "Decides how long evidence is kept, what is disposed of, and about warnings that a child could be recognised."
    ),
    Role.LEAD_MEMBER: (
        "The councillor who answers for children’s services: reads reports, plan, self-evaluation and packs, and "
        "notes the self-evaluation herself."
    ),
    Role.SCRUTINY_READER: "A councillor or officer of scrutiny: opens the public report, and nothing besides.",
    Role.INSPECTOR: "An inspector, until a last day: reads what was handed over to her, and nothing of the plan.",
    Role.ADMINISTRATOR: "Sees to people, roles and settings, and reads none of the content.",
}
"""What each role is for."""

TIME_BOXED = frozenset({Role.INSPECTOR})
"""Roles that are only ever given until a last day."""

OF_A_SERVICE_AREA = frozenset({Role.HEAD_OF_SERVICE})
"""Roles that a service area bounds."""

OF_A_PARTNER = frozenset({Role.PARTNER_LEAD})
"""Roles of somebody who works for a partner organisation, not for the council."""


class PartnerKind(StrEnum):
    POLICE = "Police"
    HEALTH = "Health"
    SCHOOLS = "Schools"
    VOLUNTARY = "Voluntary sector"
    HOUSING = "Housing"
    PROBATION = "Probation and youth justice"
    OTHER = "Other"


class Permission(StrEnum):
    """What a page or a button asks for. Each value completes the sentence "You may not …"."""

    READ = "read this authority's pages"
    SEE_OWN_WORK = "see work of your own here"
    SEARCH = "search"
    READ_REPORTS = "read inspection reports here"
    READ_PLAN = "read the improvement plan"
    OPEN_ACTIONS = "open actions"
    READ_EVIDENCE = "read the evidence"
    READ_AUDITS = "read case audits"
    READ_EVERY_AUDIT = "read audits other than your own"
    READ_SELF_EVALUATION = "read the self-evaluation"
    OPEN_PACKS = "open packs"
    OPEN_EVERY_PACK = "open packs other than the public report"
    UPDATE_OWN_WORK = "update actions"
    TIE_ACTIONS = "say what actions wait for"
    SHOW_DIFFERENCE = "say what difference an action made"
    PLAN = "change the improvement plan"
    SIGN_OFF_ACTIONS = "sign off actions"
    IMPORT_REPORTS = "import inspection reports"
    MAP_ITEMS = "decide what an improvement item is mapped to"
    ADD_EVIDENCE = "add or change evidence"
    DECIDE_ABOUT_CHILD_DATA = "see every warning about child data and decide about files that are held back"
    KEEP_RECORDS = "decide how long evidence is relied on and kept"
    APPROVE_DISPOSAL = "approve what evidence is disposed of"
    LOG_AUDITS = "log case audits"
    BRING_IN_PAST_AUDITS = "bring in past audits"
    MODERATE_AUDITS = "moderate case audits"
    WRITE_AUDIT_TOOLS = "write audit tools"
    PLAN_AUDITS = "plan case audits"
    RAISE_FINDINGS = "raise or close audit findings"
    MAKE_ITEMS_OF_THEMES = "make an improvement item of a theme that recurs"
    ANSWER_FOR_SAFETY = "answer for the safety of an audited child"
    COMPARE_AUDITORS = "compare auditors by name"
    RECORD_MEASURES = "record measures"
    TAKE_SMALL_NUMBERS = "take away files that show small numbers"
    WRITE_SELF_EVALUATION = "write the self-evaluation"
    REVIEW_SELF_EVALUATION = "pass the self-evaluation on to the director"
    SIGN_SELF_EVALUATION = "sign the self-evaluation"
    NOTE_SELF_EVALUATION = "record that the lead member noted the self-evaluation"
    MAKE_PACKS = "make packs"
    KEEP_PACK_PROFILES = "decide what packs print and how they look"
    SET_REMINDERS = "decide when reminders are sent"
    READ_HISTORY = "read the history of everything"
    HAND_OVER_DATA = "take away everything that names a member of staff"
    MANAGE_PEOPLE = "see to people and what they may do"
    KEEP_ANNEX_A = "say how ready the Annex A lists are"
    READ_FIELDWORK = "read the inspection week"
    RUN_FIELDWORK = "run the inspection week"
    OPEN_INSPECTORS_ROOM = "open the inspectors’ room"


_COLLEAGUE = frozenset({Permission.SEE_OWN_WORK, Permission.SEARCH, Permission.READ_REPORTS})
"""Somebody of the council who has work of her own here."""

_READS_EVERYTHING = _COLLEAGUE | {
    Permission.READ,
    Permission.READ_PLAN,
    Permission.OPEN_ACTIONS,
    Permission.READ_EVIDENCE,
    Permission.READ_AUDITS,
    Permission.READ_EVERY_AUDIT,
    Permission.READ_SELF_EVALUATION,
    Permission.OPEN_PACKS,
    Permission.OPEN_EVERY_PACK,
    Permission.READ_FIELDWORK,
}

_EVERYDAY = _READS_EVERYTHING | {
    Permission.UPDATE_OWN_WORK,
    Permission.TIE_ACTIONS,
    Permission.SHOW_DIFFERENCE,
    Permission.ADD_EVIDENCE,
    Permission.MAKE_PACKS,
    Permission.TAKE_SMALL_NUMBERS,
    Permission.MAKE_ITEMS_OF_THEMES,
    Permission.KEEP_ANNEX_A,
    Permission.RUN_FIELDWORK,
}
"""What director, head of service and QA officer all do."""

ALLOWED: Mapping[Role, frozenset[Permission]] = {
    Role.DIRECTOR: _EVERYDAY
    | {
        Permission.PLAN,
        Permission.SIGN_OFF_ACTIONS,
        Permission.ANSWER_FOR_SAFETY,
        Permission.IMPORT_REPORTS,
        Permission.MAP_ITEMS,
        Permission.COMPARE_AUDITORS,
        Permission.WRITE_SELF_EVALUATION,
        Permission.REVIEW_SELF_EVALUATION,
        Permission.SIGN_SELF_EVALUATION,
        Permission.KEEP_PACK_PROFILES,
        Permission.NOTE_SELF_EVALUATION,
        Permission.SET_REMINDERS,
        Permission.READ_HISTORY,
        Permission.HAND_OVER_DATA,
        Permission.DECIDE_ABOUT_CHILD_DATA,
        Permission.KEEP_RECORDS,
        Permission.APPROVE_DISPOSAL,
        Permission.MANAGE_PEOPLE,
    },
    Role.HEAD_OF_SERVICE: _EVERYDAY
    | {
        Permission.PLAN,
        Permission.SIGN_OFF_ACTIONS,
        Permission.ANSWER_FOR_SAFETY,
        Permission.MAP_ITEMS,
        Permission.WRITE_SELF_EVALUATION,
        Permission.REVIEW_SELF_EVALUATION,
        Permission.KEEP_PACK_PROFILES,
        Permission.NOTE_SELF_EVALUATION,
        Permission.RECORD_MEASURES,
        Permission.APPROVE_DISPOSAL,
    },
    Role.QA_OFFICER: _EVERYDAY
    | {
        Permission.READ_HISTORY,
        Permission.IMPORT_REPORTS,
        Permission.MAP_ITEMS,
        Permission.DECIDE_ABOUT_CHILD_DATA,
        Permission.KEEP_RECORDS,
        Permission.LOG_AUDITS,
        Permission.BRING_IN_PAST_AUDITS,
        Permission.MODERATE_AUDITS,
        Permission.COMPARE_AUDITORS,
        Permission.WRITE_AUDIT_TOOLS,
        Permission.PLAN_AUDITS,
        Permission.RAISE_FINDINGS,
        Permission.RECORD_MEASURES,
        Permission.WRITE_SELF_EVALUATION,
    },
    Role.AUDITOR: _COLLEAGUE | {Permission.READ_AUDITS, Permission.LOG_AUDITS, Permission.READ_FIELDWORK},
    Role.ACTION_LEAD: _COLLEAGUE
    | {
        Permission.READ_PLAN,
        Permission.OPEN_ACTIONS,
        Permission.UPDATE_OWN_WORK,
        Permission.TIE_ACTIONS,
        Permission.SHOW_DIFFERENCE,
        Permission.READ_EVIDENCE,
        Permission.ADD_EVIDENCE,
        Permission.READ_FIELDWORK,
    },
    Role.PARTNER_LEAD: frozenset({Permission.SEE_OWN_WORK, Permission.OPEN_ACTIONS, Permission.UPDATE_OWN_WORK}),
    Role.INFORMATION_GOVERNANCE_LEAD: frozenset(
        {
            Permission.SEARCH,
            Permission.READ_EVIDENCE,
            Permission.READ_FIELDWORK,
            Permission.READ_HISTORY,
            Permission.HAND_OVER_DATA,
            Permission.DECIDE_ABOUT_CHILD_DATA,
            Permission.KEEP_RECORDS,
            Permission.APPROVE_DISPOSAL,
        }
    ),
    Role.LEAD_MEMBER: frozenset(
        {
            Permission.SEARCH,
            Permission.READ_REPORTS,
            Permission.READ_PLAN,
            Permission.OPEN_ACTIONS,
            Permission.READ_SELF_EVALUATION,
            Permission.NOTE_SELF_EVALUATION,
            Permission.OPEN_PACKS,
            Permission.OPEN_EVERY_PACK,
        }
    ),
    Role.SCRUTINY_READER: frozenset({Permission.OPEN_PACKS}),
    Role.INSPECTOR: frozenset({Permission.OPEN_INSPECTORS_ROOM}),
    Role.ADMINISTRATOR: frozenset({Permission.MANAGE_PEOPLE, Permission.SET_REMINDERS}),
}


@dataclass(frozen=True)
class Standing:
    """What somebody is in one authority: all that rules about people need to know of her."""

    person: UUID
    role: Role
    partner: UUID | None = None
    """The partner organisation that she works for; nothing: the council."""
    areas: frozenset[str] | None = None
    """Codes of the judgement areas of her service area; nothing: all of children's services."""


def reaches(who: Standing, areas: Collection[str]) -> bool:
    """Whether something of these judgement areas, or of none, is within the service area of somebody.

    >>> from uuid import UUID
    >>> reaches(Standing(UUID(int=1), Role.HEAD_OF_SERVICE, areas=frozenset({"care_leavers"})), ["children_in_care"])
    False
    >>> reaches(Standing(UUID(int=1), Role.HEAD_OF_SERVICE), ["children_in_care"])
    True
    """
    return not areas or who.areas is None or who.role not in OF_A_SERVICE_AREA or not who.areas.isdisjoint(areas)


def why_not_role(role: Role, *, of_partner: bool, last_day: date | None) -> str | None:
    """Why somebody cannot have a role as asked for; None if she can.

    >>> why_not_role(Role.INSPECTOR, of_partner=False, last_day=None)
    'Give the last day on which the inspector gets in.'
    """
    if role in OF_A_PARTNER and not of_partner:
        return f"Choose the organisation that the {ROLE_LABELS[role].lower()} works for."
    if of_partner and role not in OF_A_PARTNER:
        return "Only a partner lead works for a partner organisation. Take the organisation out, or change the role."
    if role in TIME_BOXED and last_day is None:
        return f"Give the last day on which the {ROLE_LABELS[role].lower()} gets in."
    return None


def may(role: Role, permission: Permission) -> bool:
    return permission in ALLOWED[role]


def those_who_may(permission: Permission) -> frozenset[Role]:
    return frozenset(role for role in Role if may(role, permission))


def is_named(name: str, words: Collection[str]) -> bool:
    """Whether each of these words begins a part of a name.

    >>> [is_named("Tom O’Brien-Ferris", words) for words in (["tom"], ["ferris", "t"], ["om"], ["Tom", "plans"])]
    [True, True, False, False]
    """
    parts = [part.casefold() for part in re.findall(r"\w+", name)]
    return all(any(part.startswith(word.casefold()) for part in parts) for word in words)
