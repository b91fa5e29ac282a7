"""Every question asked about the self-evaluation."""

from collections.abc import Mapping as ReadOnly
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from uuid import UUID

from sqlalchemy import case, false, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from tracker.improvements.models import ImprovementItem, Mapping
from tracker.people.models import Authority
from tracker.platform.db import db
from tracker.self_evaluation import citing, rules, sentences
from tracker.self_evaluation.citing import CitedThing
from tracker.self_evaluation.glossary import queries as glossary
from tracker.self_evaluation.glossary.rules import Glossary
from tracker.self_evaluation.marks import queries as answers_to_marks
from tracker.self_evaluation.marks.models import MarkAnswer
from tracker.self_evaluation.marks.queries import Answers
from tracker.self_evaluation.marks.rules import key
from tracker.self_evaluation.models import AreaView, Citation, SelfEvaluation, Statement
from tracker.self_evaluation.rules import Mark, Marked
from tracker.self_evaluation.sentences import Form, Sentence

POINTS = frozenset({Form.BULLET, Form.NUMBER})


@dataclass(frozen=True)
class MarkedBlock:
    """A paragraph, point, heading or row, sentence by sentence."""

    form: Form
    sentences: tuple[Marked, ...]
    under: tuple["MarkedBlock", ...] = ()
    """Points under this point."""


@dataclass(frozen=True)
class Reading:
    """A statement as a reader with doubts sees it."""

    statement: Statement
    blocks: tuple[MarkedBlock, ...]
    cited: tuple[CitedThing, ...]
    """In the order of the text."""
    answers: Answers
    """Why marked sentences may stay, by the key of the mark; perhaps more, of words that are gone."""
    glossary: Glossary
    """The authority's own words, in which the text is shown."""

    @property
    def numbers(self) -> ReadOnly[str, int]:
        """What stands in the text for each thing that is cited, from 1."""
        return {thing.reference: place for place, thing in enumerate(self.cited, start=1)}

    @property
    def passages(self) -> list[tuple[Form, list[MarkedBlock]]]:
        """Blocks of one form that stand together: the points of a list, the rows of a table."""
        return [(form, list(group)) for form, group in groupby(self.blocks, key=lambda block: block.form)]

    @property
    def all_marks(self) -> tuple[Marked, ...]:
        """In the order of the text, answered ones too."""
        every = (marked for block in self.blocks for part in (block, *block.under) for marked in part.sentences)
        return tuple(marked for marked in every if marked.mark is not None)

    @property
    def marks(self) -> tuple[Marked, ...]:
        """Those that have to be settled."""
        return tuple(marked for marked in self.all_marks if marked.waits)

    @property
    def answered(self) -> tuple[tuple[Marked, MarkAnswer], ...]:
        return tuple((marked, self.answers[key(marked)]) for marked in self.all_marks if marked.answered)

    def marked(self, called: str) -> Marked | None:
        """The mark with this key."""
        return next((marked for marked in self.all_marks if key(marked) == called), None)

    @property
    def claims(self) -> int:
        """Sentences that claim something without evidence."""
        return sum(marked.mark is Mark.NO_EVIDENCE for marked in self.marks)

    @property
    def first(self) -> Sentence | None:
        """The first sentence that says something: what a summary quotes."""
        every = (marked.sentence for block in self.blocks for marked in block.sentences)
        return next((sentence for sentence in every if sentence.claims and sentence.text), None)


def newest(authority: Authority) -> SelfEvaluation | None:
    """The version people are writing, or else the one last signed."""
    return db.session.scalars(
        select(SelfEvaluation)
        .where(SelfEvaluation.authority_id == authority.id)
        .options(selectinload(SelfEvaluation.views), joinedload(SelfEvaluation.signed_by))
        .order_by(SelfEvaluation.edition.desc())
        .limit(1)
    ).first()


def version(authority: Authority, edition: int) -> SelfEvaluation | None:
    return db.session.scalars(
        select(SelfEvaluation)
        .where(SelfEvaluation.authority_id == authority.id, SelfEvaluation.edition == edition)
        .options(
            selectinload(SelfEvaluation.views),
            selectinload(SelfEvaluation.statements).options(
                joinedload(Statement.author),
                selectinload(Statement.citations),
                joinedload(Statement.item),
                joinedload(Statement.carried_from),
            ),
            joinedload(SelfEvaluation.signed_by),
            joinedload(SelfEvaluation.reviewed_by),
        )
    ).one_or_none()


def versions(authority: Authority) -> Sequence[SelfEvaluation]:
    """All versions, newest first."""
    return db.session.scalars(
        select(SelfEvaluation)
        .where(SelfEvaluation.authority_id == authority.id)
        .options(joinedload(SelfEvaluation.signed_by))
        .order_by(SelfEvaluation.edition.desc())
    ).all()


def statement(authority: Authority, number: int) -> Statement | None:
    """One statement with all that its page shows."""
    return db.session.scalars(
        select(Statement)
        .where(Statement.authority_id == authority.id, Statement.number == number)
        .options(
            joinedload(Statement.self_evaluation).selectinload(SelfEvaluation.views),
            joinedload(Statement.author),
            joinedload(Statement.saved_by),
            joinedload(Statement.item).selectinload(ImprovementItem.mappings).joinedload(Mapping.paragraph),
            joinedload(Statement.carried_from).joinedload(Statement.self_evaluation),
            selectinload(Statement.citations),
        )
    ).one_or_none()


def view(self_evaluation: SelfEvaluation, area_code: str) -> AreaView | None:
    return next((view for view in self_evaluation.views if view.area_code == area_code), None)


def next_position(self_evaluation: SelfEvaluation, area_code: str) -> int:
    last = db.session.scalar(
        select(func.max(Statement.position)).where(
            Statement.self_evaluation_id == self_evaluation.id, Statement.area_code == area_code
        )
    )
    return 0 if last is None else last + 1


def readings(authority: Authority, statements: Sequence[Statement], today: date) -> ReadOnly[str, Reading]:
    """Each statement by reference, marked; a bounded number of database statements however many there are."""
    wanted = {reference for each in statements for reference in sentences.references(each.text)}
    things = citing.things(authority, sorted(wanted), today)
    answers, own = answers_to_marks.answers(statements), glossary.of(authority)
    return {each.reference: _reading(each, things, answers.get(each.id, {}), own) for each in statements}


def _reading(statement: Statement, things: ReadOnly[str, CitedThing], answers: Answers, own: Glossary) -> Reading:
    bears = {reference: thing.bears for reference, thing in things.items()}
    marked: list[MarkedBlock] = []
    for block in sentences.blocks(statement.text):
        read = (rules.mark(each, question=statement.question, cited=bears) for each in block.sentences)
        part = MarkedBlock(block.form, tuple(replace(each, answered=key(each) in answers) for each in read))
        if block.deep and marked and marked[-1].form in POINTS and block.form in POINTS:
            marked[-1] = replace(marked[-1], under=(*marked[-1].under, part))
        else:
            marked.append(part)
    cited = tuple(things[each] for each in sentences.references(statement.text) if each in things)
    return Reading(statement, tuple(marked), cited, answers, own)


def claims(statements: Sequence[Statement], today: date) -> list[str]:
    """References of the statements that claim something without evidence."""
    if not statements:
        return []
    authority = statements[0].authority
    read = readings(authority, statements, today)
    return [reference for reference, reading in read.items() if reading.claims]


def about(authority: Authority, reference: str, *, item_id: UUID | None = None) -> Sequence[Statement]:
    """Statements of the newest version that answer an improvement item, then those that cite a thing, or a paragraph
    of it; one statement, and one more for what they cite."""
    newest = (
        select(SelfEvaluation.id)
        .where(SelfEvaluation.authority_id == authority.id)
        .order_by(SelfEvaluation.edition.desc())
        .limit(1)
        .scalar_subquery()
    )
    cites = (Citation.reference == reference) | Citation.reference.startswith(f"{reference}:")
    answers = Statement.item_id == item_id if item_id else false()
    return db.session.scalars(
        select(Statement)
        .where(Statement.self_evaluation_id == newest, or_(answers, Statement.citations.any(cites)))
        .options(selectinload(Statement.citations))
        .order_by(case((answers, 0), else_=1), Statement.number)
    ).all()
