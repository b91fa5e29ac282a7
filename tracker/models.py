"""Every table, so that migrations and tests know the whole database."""

from tracker.actions import models as actions
from tracker.audits import models as audits
from tracker.evidence import models as evidence
from tracker.improvements import models as improvements
from tracker.indicators import models as indicators
from tracker.inspections import models as inspections
from tracker.packs import models as packs
from tracker.people import models as people
from tracker.platform import history, jobs, references
from tracker.self_evaluation import models as self_evaluation

__all__ = [
    "actions", "audits", "evidence", "history", "improvements", "indicators", "inspections", "jobs", "packs",
    "people", "references", "self_evaluation",
]  # fmt: skip
