"""Pages of case audits and findings."""

from tracker.audits.views import auditing, findings, lists, moderation
from tracker.audits.views.blueprint import bp

__all__ = ["auditing", "bp", "findings", "lists", "moderation"]
