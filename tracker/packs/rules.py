"""The kinds of pack."""

from enum import StrEnum


class PackKind(StrEnum):
    """Values are part of addresses and of the command line."""

    SELF_EVALUATION = "self-evaluation"
    IMPROVEMENT_PLAN = "improvement-plan"


PACK_NAMES = {
    PackKind.SELF_EVALUATION: "Self-evaluation",
    PackKind.IMPROVEMENT_PLAN: "Improvement plan",
}

WHAT_FOR = {
    PackKind.SELF_EVALUATION: "For inspection day and the annual engagement meeting: the newest version, whole.",
    PackKind.IMPROVEMENT_PLAN: "For the improvement board: open items, their actions, and what became of earlier ones.",
}
