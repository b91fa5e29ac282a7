"""The page of search results with much evidence: statements, CPU beside the empty page, growth with other authorities.

On SQLite, and on the PostgreSQL that TRACKER_TEST_POSTGRESQL names: begin with ``scripts/with-postgresql.sh``.
"""

import os
from pathlib import Path

from benchmarks import search_data
from benchmarks.plan import (
    EMPTY,
    LARGE,
    OTHERS,
    application,
    empty_authority,
    folders,
    measured,
    new_database,
    settle,
)
from benchmarks.search_data import word
from tracker.people.rules import Role
from tracker.platform.db import db

SEARCHES = {
    "a rare word": f"q={word(3_500)}",
    "a word of some": f"q={word(60)}",
    "a word of most": f"q={word(0)}",
    "three words": f"q={word(2)} {word(5)} {word(9)}",
    "words that stand together": f"q=%22{word(0)} {word(1)}%22",
    "a word and one to leave out": f"q={word(40)} -{word(0)}",
    "with filters": f"q={word(8)}&kind=evidence&strength=impact&year=2026",
    "a later page": f"q={word(8)}&page=20",
    "a word that nothing has": "q=unheardof",
}
MOST_STATEMENTS = 8
MOST_SECONDS = 0.5
"""CPU of the dearest page. Our choice: a page that comes at once."""
MOST_GROWTH = 1.2
"""What is measured twice in one run differs by so much on a quiet machine."""


def run() -> tuple[str, str, bool]:
    """The figure, the target and whether it is met, on every database at hand."""
    results = [_on("SQLite", f"sqlite:///{Path(folder) / 'search.sqlite'}") for folder in folders()]
    server = os.environ.get("TRACKER_TEST_POSTGRESQL")
    if server is not None:
        results.append(_on("PostgreSQL", new_database(server)))
    statements, seconds, growth = (max(values) for values in zip(*results, strict=True))
    met = statements <= MOST_STATEMENTS and seconds <= MOST_SECONDS and growth <= MOST_GROWTH
    figure = f"{statements} statements, {seconds:.2f} s of CPU, {growth:.2f} times with {OTHERS} others"
    return figure, f"at most {MOST_STATEMENTS}, {MOST_SECONDS} s and {MOST_GROWTH}", met


def _on(name: str, url: str) -> tuple[int, float, float]:
    """The worst page's statements, its CPU, and that over its own before the others came."""
    with application(url) as app:
        with app.app_context():
            db.create_all()
            empty_authority()
            search_data.fill(LARGE, search_data.LARGE, seed=1)
            settle()
        pages = {search: f"/{{slug}}/search/?{query}" for search, query in SEARCHES.items()}
        alone = {page: measured(app, LARGE, address, Role.DIRECTOR) for page, address in pages.items()}
        with app.app_context():
            search_data.fill("other", search_data.SMALL, seed=2)
            search_data.copy("other", [f"other{number}" for number in range(1, OTHERS)])
            settle()
        among = {page: measured(app, LARGE, address, Role.DIRECTOR) for page, address in pages.items()}
        empty = {page: measured(app, EMPTY, address, Role.DIRECTOR) for page, address in pages.items()}
    for page in pages:
        now, before, bare = among[page], alone[page], empty[page]
        print(
            f"{name}, {page}: {now.statements} statements, {now.seconds * 1000:.0f} ms of CPU, "
            f"{now.seconds / bare.seconds:.1f} times the empty page, {now.seconds / before.seconds:.2f} times alone"
        )
    return (
        max(one.statements for one in among.values()),
        max(one.seconds for one in among.values()),
        max(among[page].seconds / alone[page].seconds for page in pages),
    )
