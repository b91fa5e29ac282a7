"""Roles and what each may do. One table, printed in the documentation and proved against the routes."""

from collections.abc import Mapping
from enum import StrEnum


class Role(StrEnum):
    DIRECTOR = "director"
    HEAD_OF_SERVICE = "head_of_service"
    QA_OFFICER = "qa_officer"


ROLE_LABELS: Mapping[Role, str] = {
    Role.DIRECTOR: "Director",
    Role.HEAD_OF_SERVICE: "Head of service",
    Role.QA_OFFICER: "QA officer",
}


class Permission(StrEnum):
    """What a page or a button asks for. Each value completes the sentence "You may not …"."""

    READ = "read this authority's pages"
    UPDATE_OWN_WORK = "update actions"
    PLAN = "change the improvement plan"
    SIGN_OFF_ACTIONS = "sign off actions"
    IMPORT_REPORTS = "import inspection reports"
    MAP_ITEMS = "decide what an improvement item is mapped to"
    ADD_EVIDENCE = "add or change evidence"
    DECIDE_ABOUT_CHILD_DATA = "see every warning about child data and decide about files that are held back"
    KEEP_RECORDS = "decide how long evidence is relied on and kept"
    APPROVE_DISPOSAL = "approve what evidence is disposed of"
    LOG_AUDITS = "log case audits"
    MODERATE_AUDITS = "moderate case audits"
    WRITE_AUDIT_TOOLS = "write audit tools"
    PLAN_AUDITS = "plan case audits"
    RAISE_FINDINGS = "raise or close audit findings"
    MAKE_ITEMS_OF_THEMES = "make an improvement item of a theme that recurs"
    ANSWER_FOR_SAFETY = "answer for the safety of an audited child"
    COMPARE_AUDITORS = "compare auditors by name"
    RECORD_MEASURES = "record measures"
    WRITE_SELF_EVALUATION = "write the self-evaluation"
    SIGN_SELF_EVALUATION = "sign the self-evaluation"
    MAKE_PACKS = "make packs"
    SET_REMINDERS = "decide when reminders are sent"


_EVERYONE = frozenset(
    {
        Permission.READ,
        Permission.UPDATE_OWN_WORK,
        Permission.ADD_EVIDENCE,
        Permission.MAKE_PACKS,
        Permission.MAKE_ITEMS_OF_THEMES,
    }
)

ALLOWED: Mapping[Role, frozenset[Permission]] = {
    Role.DIRECTOR: _EVERYONE
    | {
        Permission.PLAN,
        Permission.SIGN_OFF_ACTIONS,
        Permission.ANSWER_FOR_SAFETY,
        Permission.IMPORT_REPORTS,
        Permission.MAP_ITEMS,
        Permission.COMPARE_AUDITORS,
        Permission.WRITE_SELF_EVALUATION,
        Permission.SIGN_SELF_EVALUATION,
        Permission.SET_REMINDERS,
        Permission.DECIDE_ABOUT_CHILD_DATA,
        Permission.KEEP_RECORDS,
        Permission.APPROVE_DISPOSAL,
    },
    Role.HEAD_OF_SERVICE: _EVERYONE
    | {
        Permission.PLAN,
        Permission.SIGN_OFF_ACTIONS,
        Permission.ANSWER_FOR_SAFETY,
        Permission.MAP_ITEMS,
        Permission.WRITE_SELF_EVALUATION,
        Permission.RECORD_MEASURES,
        Permission.APPROVE_DISPOSAL,
    },
    Role.QA_OFFICER: _EVERYONE
    | {
        Permission.IMPORT_REPORTS,
        Permission.MAP_ITEMS,
        Permission.DECIDE_ABOUT_CHILD_DATA,
        Permission.KEEP_RECORDS,
        Permission.LOG_AUDITS,
        Permission.MODERATE_AUDITS,
        Permission.COMPARE_AUDITORS,
        Permission.WRITE_AUDIT_TOOLS,
        Permission.PLAN_AUDITS,
        Permission.RAISE_FINDINGS,
        Permission.RECORD_MEASURES,
        Permission.WRITE_SELF_EVALUATION,
    },
}


def may(role: Role, permission: Permission) -> bool:
    return permission in ALLOWED[role]
