"""Which tests are run again on PostgreSQL: so many that it is sent every statement that SQLite was sent by any test.

``scripts/test-all.sh`` names a folder in TRACKER_TEST_STATEMENTS. The run on SQLite notes there what each test sent
and how long it took. The run on PostgreSQL reads it and leaves out tests all of whose statements another test sends.
What is marked ``both_databases``, what failed or was skipped, and what is new is run whatever it sends; without the
folder, everything is.
"""

import os
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

IN_A_ROW = re.compile(r"\((?:\?|:\w+|%\(\w+\)s)(?:, (?:\?|:\w+|%\(\w+\)s))*\)(?:, \(\?(?:, \?)*\))*")
"""Values of a list: how many there are makes no other statement."""

A_CHANGE = re.compile(r"(?P<before>UPDATE \S+ SET) (?P<columns>\w+=\?(?:, \w+=\?)*) (?P<after>WHERE .*)", re.DOTALL)
"""Of one row, by a flush."""


@dataclass(frozen=True)
class Sent:
    """What one test sent: statements by their checksums, and the seconds that it took."""

    statements: frozenset[int]
    seconds: float


def checksums(statement: str) -> frozenset[int]:
    """Of a statement, however many values its lists have; of one that changes a row, one for each column.

    >>> checksums("SELECT a FROM b WHERE c IN (?, ?)") == checksums("SELECT a FROM b WHERE c IN (?, ?, ?)")
    True
    >>> checksums("SELECT a FROM b") == checksums("SELECT a FROM c")
    False
    >>> checksums("UPDATE a SET b=?, c=? WHERE a.id = ?") > checksums("UPDATE a SET c=? WHERE a.id = ?")
    True
    """
    parts = [IN_A_ROW.sub("(…)", statement)]
    if changed := A_CHANGE.fullmatch(statement):
        parts = [f"{changed['before']} {column} {changed['after']}" for column in changed["columns"].split(", ")]
    return frozenset(zlib.crc32(part.encode()) for part in parts)


def enough(tests: Mapping[str, Sent]) -> set[str]:
    """Names of tests that together send every statement of all of them, those with most to a second first.

    >>> sent = {"a": Sent(frozenset({1, 2}), 1), "b": Sent(frozenset({2}), 1), "c": Sent(frozenset({3}), 9)}
    >>> sorted(enough(sent))
    ['a', 'c']
    """
    left = {name: set(sent.statements) for name, sent in sorted(tests.items()) if sent.statements}
    taken = set()
    while left:
        best = max(left, key=lambda name: len(left[name]) / (tests[name].seconds + 0.05))
        taken.add(best)
        known = left.pop(best)
        left = {name: rest for name, sent in left.items() if (rest := sent - known)}
    return taken


class Noting:
    """Notes what each test sends, as a plug-in of pytest."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / f"{os.environ.get('PYTEST_XDIST_WORKER', 'main')}.txt"
        self.sent: set[int] = set()
        self.passed: float | None = None
        self.known: dict[str, frozenset[int]] = {}
        event.listen(Engine, "before_cursor_execute", self.note)

    def note(self, connection: object, cursor: object, statement: str, *rest: object) -> None:
        found = self.known.get(statement)
        if found is None:
            found = self.known[statement] = checksums(statement)
        self.sent |= found

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
        self.sent, self.passed = set(), None
        result = yield
        if self.passed is not None:
            with self.file.open("a") as file:
                print(item.nodeid, self.passed, *sorted(self.sent), sep="\t", file=file)
        return result

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call" and report.passed:
            self.passed = report.duration


def read(folder: Path) -> dict[str, Sent]:
    """What was noted in a folder, by the names of tests."""
    lines = (line.split("\t") for file in sorted(folder.glob("*.txt")) for line in file.read_text().splitlines())
    return {name: Sent(frozenset(map(int, sent)), float(seconds)) for name, seconds, *sent in lines}


def left_out(items: list[pytest.Item], folder: Path) -> list[pytest.Item]:
    """Those that PostgreSQL need not see, because others send it whatever they send."""
    noted = read(folder)
    may = {item.nodeid for item in items if item.nodeid in noted and not item.get_closest_marker("both_databases")}
    always = {noted[item.nodeid].statements for item in items if item.nodeid in noted and item.nodeid not in may}
    seen = frozenset[int]().union(*always)
    needed = enough({name: Sent(noted[name].statements - seen, noted[name].seconds) for name in may})
    return [item for item in items if item.nodeid in may - needed]
