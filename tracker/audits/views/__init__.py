"""Pages of case audits and findings."""

from tracker.audits.analysis import views as analysis
from tracker.audits.recurring import views as recurring
from tracker.audits.views import auditing, findings, lists, moderation
from tracker.audits.views.blueprint import bp

__all__ = ["analysis", "auditing", "bp", "findings", "lists", "moderation", "recurring"]
