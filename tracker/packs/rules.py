"""The kinds of pack."""

from enum import StrEnum


class PackKind(StrEnum):
    """Values are part of addresses and of the command line."""

    SELF_EVALUATION = "self-evaluation"
    IMPROVEMENT_PLAN = "improvement-plan"
    STATEMENT_OF_ACTION = "statement-of-action"
    BOARD = "board"


PACK_NAMES = {
    PackKind.SELF_EVALUATION: "Self-evaluation",
    PackKind.IMPROVEMENT_PLAN: "Improvement plan",
    PackKind.STATEMENT_OF_ACTION: "Written statement of action",
    PackKind.BOARD: "Board report",
}

WHAT_FOR = {
    PackKind.SELF_EVALUATION: "For inspection day and the annual engagement meeting: the newest version, whole.",
    PackKind.IMPROVEMENT_PLAN: "For the improvement board: open items, their actions, and what became of earlier ones.",
    PackKind.STATEMENT_OF_ACTION: "For the Secretary of State and HM Chief Inspector: what we propose in answer "
    "to the newest report, for the director to sign.",
    PackKind.BOARD: "For a board: what moved between its last two snapshots, and how far from target all is.",
}
