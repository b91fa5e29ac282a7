"""Pages of audit tools: reading them, and writing an authority's own."""

from tracker.audits.authoring.views import drafting, reading
from tracker.audits.authoring.views.blueprint import bp

__all__ = ["bp", "drafting", "reading"]
