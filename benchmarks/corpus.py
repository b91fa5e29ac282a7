"""How the time of a search grows with the corpus: the same questions over the test reports once, and ten times over.

``python -m benchmarks corpus`` on SQLite; with ``scripts/with-postgresql.sh`` before it, on PostgreSQL.
"""

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from pydantic import SecretStr
from sqlalchemy import func, select

from tests.report_truth import REPORTS, reading
from tracker.application import create_app
from tracker.corpus import commands, queries
from tracker.corpus.models import Passage
from tracker.corpus.queries import Wanted
from tracker.corpus.words import question
from tracker.people import commands as people
from tracker.people.models import Authority
from tracker.platform.db import db
from tracker.settings import Settings

TIMES = 10
TARGET = 12.0
"""Times as long over ten times as many passages: in proportion, with a fifth for what is uneven. Our choice."""
LONGEST = 0.5
"""Seconds of the slowest answer over the large corpus. Our choice: a page that comes at once."""
ROUNDS = 9
QUESTIONS = (
    "return home interviews",
    '"life-story work"',
    "supervision -leaders",
    "children",
    "neglect drift homeless",
)
"""Rare words, a phrase, words to leave out, a word that most passages have, words that hardly stand together."""


def run() -> tuple[str, str, bool]:
    """The figure, the target and whether it is met."""
    small, few = _measured(1)
    large, many = _measured(TIMES)
    growth = [after / before for before, after in zip(small, large, strict=True)]
    print(f"{'':28}{few:>9,} passages{many:>9,} passages")
    for asked, before, after, ratio in zip(QUESTIONS, small, large, growth, strict=True):
        print(f"{asked:28}{1000 * before:15.1f} ms{1000 * after:15.1f} ms{ratio:8.1f} times")
    figure = f"{max(growth):.1f} times as long over {many / few:.0f} times as many, slowest {max(large):.2f} s"
    return figure, f"at most {TARGET:.0f} times, {LONGEST} s", max(growth) <= TARGET and max(large) <= LONGEST


def _measured(times: int) -> tuple[list[float], int]:
    """Seconds of each question over a corpus that holds every report ``times`` times, and how many passages that is."""
    with _corpus(times) as authority:
        return [_took(authority, asked) for asked in QUESTIONS], db.session.scalar(select(func.count(Passage.id))) or 0


@contextmanager
def _corpus(times: int) -> Iterator[Authority]:
    with tempfile.TemporaryDirectory() as folder:
        url = os.environ.get("TRACKER_TEST_POSTGRESQL") or f"sqlite:///{Path(folder) / 'corpus.sqlite'}"
        secret = SecretStr("a key for measurements only")
        app = create_app(Settings(_env_file=None, secret_key=secret, database_url=url, storage_url=f"file://{folder}"))
        with app.app_context():
            db.create_all()
            authority = people.create_authority(slug="all", name="All")
            for number in range(times):
                _add_reports(authority, number)
            yield authority
            db.session.remove()
            db.drop_all()
            db.engine.dispose()


def _add_reports(authority: Authority, number: int) -> None:
    for path in sorted((REPORTS / "ilacs").glob("*.pdf")):
        name = f"{number}-{path.name}"
        commands.keep_reading(authority, replace(reading(path), doubts=()), sha256=name, file_name=name)
    db.session.commit()


def _took(authority: Authority, asked: str) -> float:
    """Seconds of all that a page of results asks of the database, in the best of several rounds."""
    wanted, took = Wanted(question(asked)), []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        queries.tallies(authority, wanted)
        queries.theme_tallies(authority, wanted)
        queries.passages(authority, wanted, limit=20)
        took.append(time.perf_counter() - begun)
        db.session.rollback()
    return min(took)
