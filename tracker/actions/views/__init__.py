"""Pages of the improvement plan, of one action and of what an action names."""

from tracker.actions.dependencies import views as dependencies
from tracker.actions.views import action, items, milestones, plan, progress, registers, signing
from tracker.actions.views.blueprint import BACK_TO_MY_WORK, action_or_404, bp
from tracker.actions.views.progress import save_update, saved, update_form
from tracker.actions.views.two_versions import (
    TwoVersions,
    two_versions,
    two_versions_of_difference,
    two_versions_of_line,
    two_versions_of_update,
)

__all__ = [
    "BACK_TO_MY_WORK", "TwoVersions", "action", "action_or_404", "bp", "dependencies", "items", "milestones", "plan",
    "progress", "registers", "save_update", "saved", "signing", "two_versions", "two_versions_of_difference",
    "two_versions_of_line",
    "two_versions_of_update", "update_form",
]  # fmt: skip
