"""The page of search results with much evidence: statements, CPU beside the empty page, growth with other authorities.

On SQLite, and on the PostgreSQL that TRACKER_TEST_POSTGRESQL names: begin with ``scripts/with-postgresql.sh``.
"""

from benchmarks import pages, search_data
from benchmarks.pages import LARGE, OTHERS
from benchmarks.search_data import word
from tracker.people.rules import Role

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


def run(only: str = "") -> tuple[str, str, bool]:
    """The figure, the target and whether it is met, on every database at hand or on one: "sqlite" or "postgresql"."""
    searches = {search: (f"/{{slug}}/search/?{query}", Role.DIRECTOR) for search, query in SEARCHES.items()}
    worst = pages.worst(pages.Asked("search", searches, _large, _others), only)
    met = worst.statements <= MOST_STATEMENTS and worst.seconds <= MOST_SECONDS and worst.growth <= MOST_GROWTH
    figure = (
        f"{worst.statements} statements, {worst.seconds:.2f} s of CPU, {worst.growth:.2f} times with {OTHERS} others"
    )
    return figure, f"at most {MOST_STATEMENTS}, {MOST_SECONDS} s and {MOST_GROWTH}", met


def _large() -> None:
    search_data.fill(LARGE, search_data.LARGE, seed=1)


def _others() -> None:
    search_data.fill("other", search_data.SMALL, seed=2)
    search_data.copy("other", [f"other{number}" for number in range(1, OTHERS)])
