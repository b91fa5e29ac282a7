"""What a test about packs is given, and how it looks into one."""

from datetime import date
from typing import TypeVar

from pypdfium2 import PdfDocument

from reports import contents as pack
from reports.contents import PackContents
from tests import given, given_actions, given_audits, given_evidence, given_indicators
from tests import given_self_evaluation as given_se
from tracker.actions.rules import Status
from tracker.evidence.rules import Kind, VoiceOf
from tracker.improvements.rules import MappedTo
from tracker.packs import commands
from tracker.packs.rules import PackKind
from tracker.people.models import Authority
from tracker.platform import clock
from tracker.self_evaluation.models import SelfEvaluation
from tracker.self_evaluation.rules import Question

TODAY = date(2026, 11, 20)
Chapter = TypeVar("Chapter")
PLAN = PackKind.IMPROVEMENT_PLAN


def chapter(contents: PackContents, kind: type[Chapter]) -> Chapter:
    return next(each for each in contents.chapters if isinstance(each, kind))


def area(contents: PackContents, code: str) -> pack.Area:
    return next(each for each in contents.chapters if isinstance(each, pack.Area) and each.code == code)


def frozen(brent: Authority, kind: PackKind = PackKind.SELF_EVALUATION) -> PackContents:
    return PackContents.from_json(commands.freeze(brent, kind=kind, by=None, at=clock.now()).contents)


def words(document: bytes) -> str:
    with PdfDocument(document) as pdf:
        return " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in pdf)


def a_version(brent: Authority) -> SelfEvaluation:
    """A version with a statement that answers an item, which audits contradict, and evidence of every kind."""
    report = given.an_inspection(
        authority=brent,
        grades={"help_protection": "good"},
        paragraphs={8: ("help_protection", "Pre-proceedings work is not sufficiently robust.")},
    )
    item = given.an_item(inspection=report, wording="Pre-proceedings work", owner=given.a_person(name="Samira Okafor"))
    given_se.mapped(item, MappedTo.AREA, code="help_protection")
    given_se.mapped(item, MappedTo.THEME, code="HP11")
    given_se.mapped(item, MappedTo.PARAGRAPH, paragraph=report.paragraphs[0])
    given.an_action(item=item, title="Weekly panel", due_on=date(2026, 10, 28), status=Status.OFF_TRACK)
    given_actions.a_delivered_action(item=item)
    given_evidence.evidence(item=item, title="Dip sample", kind=Kind.AUDIT)
    voice = given_evidence.evidence(item=item, kind=Kind.VOICE)
    voice.voice_of = VoiceOf.PARENT
    for number in range(4):
        grade = given_audits.GOOD if number == 0 else given_audits.WEAK
        given_audits.an_audit(
            grade, theme_code="HP11", case_reference=f"BR-{number}", on=date(2026, 10, 1), moderated=grade
        )
    given_indicators.a_measure(item=item, figures=[54, 58, 71], until=date(2026, 10, 31))
    version = given_se.a_version(authority=brent)
    given_se.a_statement("Oversight is good [E-1]. It holds [M-1] [R-1:8].", version=version, item=item)
    given_se.a_statement("We will meet weekly.", version=version, question=Question.PLANS)
    given_se.graded(version, reason="Plans hold.", not_sure_of="How fathers fare")
    return version
