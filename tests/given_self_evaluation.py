"""What a test about the self-evaluation is given, by way of its commands."""

import re
from datetime import UTC, date, datetime

from tests.given import a_person, an_authority
from tracker.frameworks import queries as frameworks
from tracker.frameworks.schema import Framework
from tracker.improvements.models import ImprovementItem, Mapping
from tracker.improvements.rules import Decision, MappedTo
from tracker.inspections.models import Paragraph
from tracker.people.models import Authority, Person
from tracker.people.rules import Role
from tracker.platform.db import db
from tracker.self_evaluation import commands, queries
from tracker.self_evaluation.models import AreaView, SelfEvaluation, Statement
from tracker.self_evaluation.rules import Confidence, Question, VersionState

STARTED = date(2026, 9, 1)
AT = datetime(2026, 9, 1, 9, 42, tzinfo=UTC)
WORDS = {"title": "Letters", "question": "know", "text": "Letters are clear [E-1].", "item": ""}


def a_version(*, authority: Authority | None = None, title: str = "Autumn 2026") -> SelfEvaluation:
    return commands.start_version(authority or an_authority(), title=title, framework_id="ilacs-2026", on=STARTED)


def a_statement(
    text: str = "Letters before proceedings are clear.",
    *,
    version: SelfEvaluation | None = None,
    title: str = "Pre-proceedings and the PLO",
    area_code: str = "help_protection",
    question: Question = Question.KNOW,
    author: Person | None = None,
    item: ImprovementItem | None = None,
) -> Statement:
    version = version or a_version()
    return commands.add_statement(
        version,
        area_code=area_code,
        question=question,
        title=title,
        text=text,
        author=author or a_person(name="Samira Okafor", authority=version.authority),
        item=item,
        at=AT,
    )


def graded(
    version: SelfEvaluation,
    area_code: str = "help_protection",
    grade_code: str = "good",
    *,
    confidence: Confidence = Confidence.MEDIUM,
    reason: str = "",
    not_sure_of: str = "",
    agreed: bool = False,
) -> AreaView:
    view = queries.view(version, area_code)
    assert view is not None
    commands.judge_area(
        view,
        version=view.version,
        grade_code=grade_code,
        confidence=confidence,
        reason=reason,
        not_sure_of=not_sure_of,
    )
    if agreed:
        commands.agree_area(view)
    return view


def all_agreed(version: SelfEvaluation) -> None:
    """Every area has a self-grade that the director agrees with."""
    for view in version.views:
        graded(version, view.area_code, agreed=True)


def a_signed_version(*, authority: Authority | None = None, text: str = "", by: Person | None = None) -> SelfEvaluation:
    """A version with one statement that claims nothing, signed by a director."""
    version = a_version(authority=authority)
    a_statement(text or "We will review every plan.", version=version, question=Question.PLANS)
    all_agreed(version)
    if version.state is VersionState.DRAFT:
        commands.send_version_for_review(version)
    director = by or a_person(name="Dana Whitfield", authority=version.authority, role=Role.DIRECTOR)
    passed_on(version)
    commands.sign_off_version(version, by=director, on=date(2026, 9, 30))
    return version


def passed_on(version: SelfEvaluation) -> SelfEvaluation:
    """A version that a head of service has reviewed: the director has it."""
    if version.state is VersionState.DRAFT:
        commands.send_version_for_review(version)
    reviewer = a_person(name="Ruth Adeyemi", authority=version.authority, role=Role.HEAD_OF_SERVICE)
    commands.pass_to_director(version, by=reviewer, on=date(2026, 9, 20))
    return version


def framework_of(version: SelfEvaluation) -> Framework:
    return frameworks.library().framework(version.framework_id)


def mapped(
    item: ImprovementItem, to: MappedTo, *, code: str | None = None, paragraph: Paragraph | None = None
) -> ImprovementItem:
    """The item, which a person placed in an area or a theme, or tied to a paragraph."""
    db.session.add(
        Mapping(
            item=item,
            to=to,
            code=code,
            paragraph=paragraph,
            rank=1,
            score=1.0,
            reason="Said so",
            decision=Decision.CONFIRMED,
            decided_at=AT,
        )
    )
    db.session.flush()
    return item


def hidden(page: str, name: str) -> str:
    """The value of a hidden field of a page."""
    found = re.search(rf'<input[^>]*name="{name}"[^>]*value="([^"]*)"', page)
    assert found, f"no hidden field {name}"
    return found[1]


def the_statement(brent: Authority, text: str = "We will meet weekly.") -> Statement:
    return a_statement(text, version=a_version(authority=brent), question=Question.PLANS)
