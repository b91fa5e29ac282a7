"""The kinds of pack."""

from enum import StrEnum


class PackKind(StrEnum):
    """Values are part of addresses and of the command line."""

    SELF_EVALUATION = "self-evaluation"
    IMPROVEMENT_PLAN = "improvement-plan"
    STATEMENT_OF_ACTION = "statement-of-action"
    BOARD = "board"
    PRACTICE_EXAMPLE = "practice-example"
    EVIDENCE_REGISTER = "evidence-register"
    QA_QUARTERLY = "qa-quarterly"


PACK_NAMES = {
    PackKind.SELF_EVALUATION: "Self-evaluation",
    PackKind.IMPROVEMENT_PLAN: "Improvement plan",
    PackKind.STATEMENT_OF_ACTION: "Written statement of action",
    PackKind.BOARD: "Board report",
    PackKind.PRACTICE_EXAMPLE: "Practice example",
    PackKind.EVIDENCE_REGISTER: "Evidence register",
    PackKind.QA_QUARTERLY: "Quarterly report on audits",
}

WHAT_FOR = {
    PackKind.SELF_EVALUATION: "For inspection day and the annual engagement meeting: the newest version, whole.",
    PackKind.IMPROVEMENT_PLAN: "For the improvement board: open items, their actions, and what became of earlier ones.",
    PackKind.STATEMENT_OF_ACTION: "For the Secretary of State and HM Chief Inspector: what we propose in answer "
    "to the newest report, for the director to sign.",
    PackKind.BOARD: "For a board: what moved between its last two snapshots, and how far from target all is.",
    PackKind.PRACTICE_EXAMPLE: "For a regional alliance: one page, made from the page of the practice example.",
    PackKind.EVIDENCE_REGISTER: "For inspectors on site: the evidence of each area, what is missing, and the names "
    "of its files in a bundle.",
    PackKind.QA_QUARTERLY: "For leaders and boards: what audits of the last full quarter found, and what they changed.",
}

OF_THE_WHOLE_AUTHORITY = tuple(kind for kind in PackKind if kind is not PackKind.PRACTICE_EXAMPLE)
"""Kinds that need nothing chosen; a practice example is made from its own page."""
