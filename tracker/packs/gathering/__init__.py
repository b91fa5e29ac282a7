"""Gathering: what the rooms know, as the frozen contents of a pack. Reads much, changes nothing."""

from tracker.packs.gathering.board import gather_board
from tracker.packs.gathering.evidence_register import gather_register
from tracker.packs.gathering.example import gather_example
from tracker.packs.gathering.packs import gather
from tracker.packs.gathering.quality.report import gather_quality
from tracker.packs.gathering.register import with_register

__all__ = ["gather", "gather_board", "gather_example", "gather_quality", "gather_register", "with_register"]
