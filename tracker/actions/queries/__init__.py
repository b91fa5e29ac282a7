"""Every question asked about actions. The authority comes first: nothing is found across authorities."""

from tracker.actions.queries.one import (
    OtherVersion,
    action,
    actions_numbered,
    count_open,
    item,
    last_said,
    milestone_of,
    milestones,
    newest_update,
    next_milestones,
    other_version,
    signer,
    trail,
    update_of,
)
from tracker.actions.queries.plan import (
    NEWEST_ITEMS_FIRST,
    SORTS,
    Lines,
    PlanChoices,
    PlanCounts,
    PlanRow,
    Wanted,
    came_back_in,
    choices,
    count_rows,
    page,
    plan,
    plan_counts,
    rows,
)
from tracker.actions.queries.registers import board, boards, boards_in_use, partner, partners, partners_in_use
from tracker.actions.queries.work import (
    Owed,
    OwedCounts,
    awaiting_sign_off,
    led_by,
    owed,
    shared_of_item,
    shared_with,
    signer_id,
)

__all__ = [
    "NEWEST_ITEMS_FIRST", "SORTS", "Lines", "OtherVersion", "Owed", "OwedCounts", "PlanChoices", "PlanCounts",
    "PlanRow", "Wanted", "action", "actions_numbered", "awaiting_sign_off", "board", "boards", "boards_in_use",
    "came_back_in", "choices", "count_open", "count_rows", "item", "last_said", "led_by", "milestone_of",
    "milestones", "newest_update", "next_milestones", "other_version", "owed", "page", "partner", "partners",
    "partners_in_use", "plan", "plan_counts", "rows", "shared_of_item", "shared_with", "signer", "signer_id", "trail",
    "update_of",
]  # fmt: skip
