"""Every way an action changes. Each command checks who asks and what is so, changes, flushes; the edge commits.

``version`` is the one the person saw when she opened the form: if it is no longer the action's, she gets a Conflict
and nothing changes. ``on`` is the day it is done.
"""

from tracker.actions.commands.checks import require_version
from tracker.actions.commands.items import close_item, reopen_item
from tracker.actions.commands.milestones import add_milestone, drop_milestone, move_milestone, reach_milestone
from tracker.actions.commands.planning import Particulars, add_action, reassign, revise, supersede
from tracker.actions.commands.progress import (
    deliver,
    require_difference_owed,
    require_updatable,
    reschedule,
    say_difference,
    take_back,
    update,
)
from tracker.actions.commands.registers import (
    add_board,
    add_partner,
    change_partner,
    remove_board,
    remove_partner,
    rename_board,
)
from tracker.actions.commands.signing import doubt, mark_embedded, require_signable, send_back, sign_off

__all__ = [
    "Particulars", "add_action", "add_board", "add_milestone", "add_partner", "change_partner", "close_item",
    "deliver", "doubt", "drop_milestone", "mark_embedded", "move_milestone", "reach_milestone", "reassign",
    "remove_board", "remove_partner", "rename_board", "reopen_item", "require_difference_owed", "require_signable",
    "require_updatable", "require_version", "reschedule", "revise", "say_difference", "send_back", "sign_off",
    "supersede", "take_back", "update",
]  # fmt: skip
