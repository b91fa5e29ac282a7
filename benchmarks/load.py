"""Two hundred people at work on the served site: how long the slowest twentieth of answers takes, beside a page that
does nothing.

``python -m benchmarks load [PEOPLE [SECONDS]]`` on the PostgreSQL that it starts itself. The people are threads of a
process of their own, which costs a part of what it measures: the machine is shared.
"""

import json
import os
import random
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import select

from benchmarks import plan_data
from benchmarks.services import Web, databases
from benchmarks.visitors import NotDone, Visitor
from tests import given
from tests.real_server import PASSWORD
from tracker.actions.models import Action
from tracker.application import create_app
from tracker.people.models import Authority
from tracker.people.rules import Role
from tracker.platform.db import db
from tracker.settings import PROJECT

PEOPLE, SECONDS, THINK = 200, 60.0, 3.0
"""People, how long they work, and how many seconds each thinks between an answer and the next question."""
PAGES = (
    "/brent/",
    "/brent/plan",
    "/brent/items/1",
    "/brent/evidence",
    "/brent/audits",
    "/brent/readiness",
    "/brent/packs/",
)
COUNCIL = plan_data.Size(items=40, actions=400, updates=8_000)
"""What one council may have after some years. Our choice."""
READS = 5
"""Pages read between two updates."""
EMPTY = "/help"
"""Needs nobody and asks the database nothing: the layout alone."""


@dataclass(frozen=True)
class Measured:
    """Seconds of every answer, and what went wrong how often."""

    seconds: tuple[float, ...]
    wrong: Counter[str]

    def at(self, share: float) -> float:
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def run(people: str = str(PEOPLE), seconds: str = str(SECONDS), threads: str = "4") -> tuple[str, str, bool]:
    with databases("load") as (environment, _, _), ExitStack() as ends:
        _prepare(create_app(), int(people))
        web = Web(environment, processes=2, threads=int(threads))
        ends.callback(lambda: web.kill())
        nothing = _nothing(web)
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.load", web.address, people, seconds],
            cwd=PROJECT, check=True, stdout=subprocess.PIPE,
        )  # fmt: skip
    told = json.loads(done.stdout)
    measured = Measured(tuple(told["seconds"]), Counter(told["wrong"]))
    times = measured.at(0.95) / nothing
    wrong = sum(measured.wrong.values())
    for what, number in measured.wrong.items():
        print(f"{number} times: {what}")
    print(
        f"{len(measured.seconds)} answers, {len(measured.seconds) / float(seconds):.1f} a second; half within "
        f"{measured.at(0.5) * 1000:.0f} ms, 95 of 100 within {measured.at(0.95) * 1000:.0f} ms, "
        f"99 within {measured.at(0.99) * 1000:.0f} ms; a page that does nothing, alone: {nothing * 1000:.1f} ms"
    )
    figure = f"{times:.1f} times a page that does nothing, {wrong} errors"
    return figure, "no errors", not wrong


def _prepare(app: Flask, people: int) -> None:
    """A council's plan, and as many people, each of whom leads an action that is under way."""
    with app.app_context():
        upgrade()
        plan_data.fill(["brent"], COUNCIL, seed=1)
        brent = db.session.scalars(select(Authority)).one()
        under_way = select(Action).where(Action.status.in_(plan_data.UNDER_WAY)).order_by(Action.number).limit(people)
        actions = db.session.scalars(under_way).all()
        password = ""
        for number, action in enumerate(actions):
            action.lead = given.a_person(
                name=f"Person {number}", email=f"person{number}@load.example.org", authority=brent,
                role=Role.HEAD_OF_SERVICE, password="" if password else PASSWORD,
            )  # fmt: skip
            password = password or str(action.lead.password_hash)
            action.lead.password_hash = password  # making two hundred would take longer than the measurement
        numbers = [action.number for action in actions]
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    Path(os.environ["BENCHMARK_LOG"]).with_name("actions").write_text(json.dumps(numbers), encoding="ascii")


def _nothing(web: Web) -> float:
    """Seconds of a page that does nothing, while nobody else asks: the middle of many."""
    visitor = Visitor(web.address, "")
    taken = []
    for _ in range(200):
        begun = time.perf_counter()
        visitor.get(EMPTY)
        taken.append(time.perf_counter() - begun)
    return sorted(taken)[len(taken) // 2]


class Crowd:
    """Everybody, each a thread that mostly waits."""

    def __init__(self, address: str, seconds: float) -> None:
        self.address, self.seconds = address, seconds
        self.taken: list[float] = []
        self.wrong: Counter[str] = Counter()
        self.signed_in = threading.Semaphore(2)
        """So many sign in at once before it begins: a morning's worth of password hashes is not what is measured."""
        self.begins = threading.Event()

    def work(self, visitor: "Timed", action: int, ready: threading.Barrier) -> None:
        with self.signed_in:
            self._try(visitor.sign_in)
        visitor.taken.clear()
        ready.wait()
        chance = random.Random(action)  # noqa: S311
        ends = time.monotonic() + self.seconds
        pages = cycle(chance.sample(PAGES, len(PAGES)))
        time.sleep(chance.uniform(0, THINK))
        turn = chance.randrange(READS + 1)
        while time.monotonic() < ends:
            visitor.connection.close()  # gunicorn keeps none for as long as somebody thinks
            turn += 1
            if turn % (READS + 1):
                self._try(lambda: visitor.get(next(pages)))
            else:
                self._try(lambda: visitor.update(action, f"Turn {turn}"))  # noqa: B023  # called at once
            time.sleep(THINK)
        self.taken += visitor.taken

    def _try(self, work: object) -> None:
        assert callable(work)  # noqa: S101
        try:
            work()
        except NotDone as fault:
            self.wrong[str(fault)] += 1


class Timed(Visitor):
    """Looks at the clock around each answer."""

    taken: list[float]

    def ask(self, method: str, path: str, body: bytes | None = None, kind: str = "") -> tuple[int, str, str]:
        begun = time.perf_counter()
        answer = super().ask(method, path, body, kind or "application/x-www-form-urlencoded")
        self.taken.append(time.perf_counter() - begun)
        return answer


def be_a_crowd(address: str, people: int, seconds: float) -> None:
    """In a process of its own: prints what it measured as JSON."""
    actions = json.loads(Path(os.environ["BENCHMARK_LOG"]).with_name("actions").read_text(encoding="ascii"))
    crowd, ready = Crowd(address, seconds), threading.Barrier(people)
    threads = []
    for number, action in enumerate(actions):
        visitor = Timed(address, f"person{number}@load.example.org")
        visitor.taken = []
        threads.append(threading.Thread(target=crowd.work, args=(visitor, action, ready)))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(json.dumps({"seconds": crowd.taken, "wrong": crowd.wrong}))


if __name__ == "__main__":
    be_a_crowd(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]))
