"""Pages of the self-evaluation."""

from tracker.self_evaluation.glossary import views as glossary
from tracker.self_evaluation.marks import views as marks
from tracker.self_evaluation.remarks import views as remarks
from tracker.self_evaluation.views import areas, cycle, statements, versions, writing
from tracker.self_evaluation.views.blueprint import bp
from tracker.self_evaluation.wordings import views as wordings

__all__ = ["areas", "bp", "cycle", "glossary", "marks", "remarks", "statements", "versions", "wordings", "writing"]
