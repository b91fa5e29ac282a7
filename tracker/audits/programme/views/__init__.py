"""Pages of programmes: the plan and how far it has come, draws, and the cases that each auditor was given."""

from tracker.audits.programme.views import allocations, plans, samples
from tracker.audits.programme.views.blueprint import bp

__all__ = ["allocations", "bp", "plans", "samples"]
