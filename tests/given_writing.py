"""What a test about those who write one statement is given."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tests import given
from tests import given_self_evaluation as given_se
from tracker.people.models import Authority, Person
from tracker.self_evaluation import commands
from tracker.self_evaluation.models import Statement
from tracker.self_evaluation.rules import Question

AT = datetime(2026, 9, 2, 10, 0, tzinfo=UTC)


@pytest.fixture
def statement(brent: Authority) -> Statement:
    version = given_se.a_version(authority=brent)
    return given_se.a_statement("We will meet weekly. We will ask families.", version=version, question=Question.PLANS)


@pytest.fixture
def amina(brent: Authority) -> Person:
    return given.a_person(name="Amina Yusuf", authority=brent)


def save(statement: Statement, text: str, **changes: Any) -> None:
    values: dict[str, Any] = {
        "version": statement.version,
        "title": statement.title,
        "text": text,
        "question": statement.question,
        "item": None,
        "by": statement.author,
        "at": AT,
    }
    commands.save_statement(statement, **(values | changes))
