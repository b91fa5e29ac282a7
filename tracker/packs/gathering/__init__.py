"""Gathering: what the rooms know, as the frozen contents of a pack. Reads much, changes nothing."""

from tracker.packs.gathering.board import gather_board
from tracker.packs.gathering.evidence_register import gather_register
from tracker.packs.gathering.example import gather_example
from tracker.packs.gathering.exceptions import gather_exceptions
from tracker.packs.gathering.packs import gather
from tracker.packs.gathering.peer import gather_peer
from tracker.packs.gathering.posts import posts
from tracker.packs.gathering.public import gather_public
from tracker.packs.gathering.quality.report import gather_quality
from tracker.packs.gathering.register import with_register
from tracker.packs.gathering.scorecard import gather_scorecard
from tracker.packs.gathering.summary import gather_summary

__all__ = [
    "gather",
    "gather_board",
    "gather_example",
    "gather_exceptions",
    "gather_peer",
    "gather_public",
    "gather_quality",
    "gather_register",
    "gather_scorecard",
    "gather_summary",
    "posts",
    "with_register",
]
