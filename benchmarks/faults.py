"""Web, workers, PostgreSQL and Redis killed at random while people work: what was acknowledged is there, and only once.

``python -m benchmarks faults [KILLS [SEED]]``. The seed says who is killed in which order, and after how long.
"""

import contextlib
import random
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from datetime import timedelta
from functools import partial

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import func, select

from benchmarks.services import Postgresql, Web, Worker, databases, until
from benchmarks.visitors import NotDone, Visitor
from tests import given, given_actions
from tests.real_redis import Redis
from tests.real_server import PASSWORD
from tracker.actions.models import ActionUpdate
from tracker.application import create_app
from tracker.audits.models import Audit
from tracker.evidence.files.models import FilePreview
from tracker.evidence.models import Evidence
from tracker.packs.models import Pack
from tracker.packs.rules import PackKind
from tracker.people.rules import Role
from tracker.platform import history
from tracker.platform.db import db
from tracker.platform.history import HistoryEntry
from tracker.platform.jobs import Job, JobState
from tracker.platform.storage_check import check

KILLS = 200
BETWEEN_KILLS = 4
"""So many changes are acknowledged before the next is killed: people are at work whenever somebody dies."""
VICTIMS = ("web", "web process", "web process", "worker", "database", "database", "Redis")
TOLD_EVERY = 10
QUIET = 300.0
"""Seconds after the last kill in which all jobs must have ended; a job whose worker died waits for one of them."""
HEADS, OFFICERS = 3, 3
GIVEN = "Begun before"
"""What every action says before anybody is at work."""
PAUSE = 0.2
"""Seconds between what one person does and what she does next."""
PACKS = (PackKind.IMPROVEMENT_PLAN, PackKind.SCORECARD, PackKind.EVIDENCE_REGISTER)


class Acknowledged:
    """What the site said it had saved, by kind."""

    def __init__(self) -> None:
        self.saved: dict[str, list[str]] = defaultdict(list)
        self.refused: Counter[str] = Counter()
        self.is_over = threading.Event()

    def number(self) -> int:
        """Of changes so far."""
        return sum(len(them) for kind, them in list(self.saved.items()) if kind != "sign-ins")


def run(kills: str = str(KILLS), seed: str = "1") -> tuple[str, str, bool]:
    with databases("faults") as (environment, postgresql, redis), ExitStack() as ends:
        app = create_app()
        _prepare(app)
        web = Web(environment, processes=2, threads=4)
        ends.callback(lambda: web.kill())
        workers = [Worker(environment) for _ in range(2)]
        for worker in workers:
            ends.callback(worker.kill)
        said = Acknowledged()
        chance = random.Random(seed)  # noqa: S311  # the same order whenever it is run
        killed = _at_work(web, said, lambda: _kill(said, int(kills), chance, web, workers, postgresql, redis))
        _wait_for_jobs(app)
        with app.app_context():
            faults = [*_lost(said), *_jobs(), *_files(), *_trail()]
            db.session.remove()
            db.engine.dispose()
    for fault in faults:
        print(fault)
    counts = ", ".join(f"{len(them)} {kind}" for kind, them in sorted(said.saved.items()))
    print(f"Killed: {_counted(killed)}. Acknowledged: {counts}. Not acknowledged: {_counted(said.refused)}")
    return f"{len(faults)} faults after {sum(killed.values())} kills", "none", not faults


def _counted(some: Mapping[str, int]) -> str:
    return ", ".join(f"{number} {kind}" for kind, number in sorted(some.items()))


def _prepare(app: Flask) -> None:
    with app.app_context():
        upgrade()
        brent = given.an_authority(slug="brent", name="Brent")
        for number in range(OFFICERS):
            given.a_person(
                name=f"Officer {number}", email=f"officer{number}@example.org", password=PASSWORD,
                authority=brent, role=Role.QA_OFFICER,
            )  # fmt: skip
        for number in range(HEADS):
            head = given.a_person(
                name=f"Head {number}", email=f"head{number}@example.org", password=PASSWORD,
                authority=brent, role=Role.HEAD_OF_SERVICE,
            )  # fmt: skip
            given_actions.an_update(
                given.an_action(item=given.an_item(authority=brent), lead=head), by=head, done=GIVEN
            )
        db.session.commit()
        db.session.remove()
        db.engine.dispose()


def _at_work(web: Web, said: Acknowledged, meanwhile: Callable[[], Counter[str]]) -> Counter[str]:
    """Let people work while something is done, and until they have ended what they had begun."""
    people = [
        *(threading.Thread(target=_head, args=(web, said, number)) for number in range(HEADS)),
        *(threading.Thread(target=_officer, args=(web, said, number)) for number in range(OFFICERS)),
    ]
    for person in people:
        person.start()
    try:
        return meanwhile()
    finally:
        time.sleep(2)
        said.is_over.set()
        for person in people:
            person.join()


def _head(web: Web, said: Acknowledged, number: int) -> None:
    """Says how her action goes, signs in anew, and asks for a pack now and then."""
    visitor, turn = Visitor(web.address, f"head{number}@example.org"), 0
    while not said.is_over.is_set():
        turn += 1
        text = f"head {number} said {turn}"
        if turn % 8 == 1 or not visitor.is_in:
            _try(said, "sign-ins", text, visitor.sign_in)
        elif turn % 8 == 4 + number:
            _try(said, "packs", PACKS[number], partial(visitor.ask_for_pack, PACKS[number]))
        else:
            _try(said, "updates", text, partial(visitor.update, number + 1, text))
        time.sleep(PAUSE)


def _officer(web: Web, said: Acknowledged, number: int) -> None:
    """Uploads files and starts audits."""
    visitor, turn = Visitor(web.address, f"officer{number}@example.org"), 0
    while not said.is_over.is_set():
        turn += 1
        text, case = f"officer {number} file {turn}", f"BR-{number}{turn:05}"
        content = f"month,late\n{text},{turn}\n".encode() * 2000
        if turn % 8 == 1 or not visitor.is_in:
            _try(said, "sign-ins", text, visitor.sign_in)
        elif turn % 2:
            _try(said, "uploads", text, partial(visitor.upload, text, content))
        else:
            _try(said, "audits", case, partial(visitor.start_audit, case))
        time.sleep(PAUSE)


def _try(said: Acknowledged, kind: str, what: str, work: Callable[[], int | None]) -> None:
    try:
        number = work()
    except NotDone as fault:
        said.refused[f"{kind} ({fault})"] += 1
        time.sleep(1)
    else:
        said.saved[kind].append(what if number is None else str(number))


def _kill(
    said: Acknowledged,
    kills: int,
    chance: random.Random,
    web: Web,
    workers: Sequence[Worker],
    postgresql: Postgresql,
    redis: Redis,
) -> Counter[str]:
    killed: Counter[str] = Counter()
    begun = time.monotonic()
    for number in range(kills):
        if number % TOLD_EVERY == 0:
            print(f"{number} killed, {said.number()} saved, {time.monotonic() - begun:.0f} seconds", flush=True)
        saved = said.number() + BETWEEN_KILLS
        with contextlib.suppress(TimeoutError):  # whoever cannot work shows at the end
            until(lambda saved=saved: said.number() >= saved, what="The next change")
        time.sleep(chance.uniform(0, 1))
        victim = chance.choice(VICTIMS)
        killed[victim] += 1
        if victim == "web process":
            web.kill_one(chance.random())
            continue
        struck = _struck(victim, web, chance.choice(workers), postgresql, redis)
        struck.kill()
        time.sleep(chance.uniform(0, 1))
        struck.start()
    return killed


def _struck(
    victim: str, web: Web, worker: Worker, postgresql: Postgresql, redis: Redis
) -> Web | Worker | Postgresql | Redis:
    by_name: Mapping[str, Web | Worker | Postgresql | Redis] = {
        "web": web,
        "worker": worker,
        "database": postgresql,
        "Redis": redis,
    }
    return by_name[victim]


def _wait_for_jobs(app: Flask) -> None:
    under_way = select(func.count()).where(Job.state.in_([JobState.QUEUED, JobState.RUNNING]))

    def all_ended() -> bool:
        with app.app_context():
            return db.session.scalar(under_way) == 0

    with contextlib.suppress(TimeoutError):  # they are named as faults then
        until(all_ended, what="The end of all jobs", patience=QUIET)


def _lost(said: Acknowledged) -> list[str]:
    """What was acknowledged and is not there, or twice."""
    columns = {"updates": ActionUpdate.done, "uploads": Evidence.title, "audits": Audit.case_reference}
    faults = []
    for kind, column in columns.items():
        kept = Counter(db.session.scalars(select(column)))
        faults += [f"{kind}: “{each}” is there {kept[each]} times" for each in said.saved[kind] if kept[each] != 1]
        twice = [each for each, number in kept.items() if number > 1 and each not in (*said.saved[kind], GIVEN)]
        faults += [f"{kind}: “{each}” was not acknowledged, and is there twice" for each in twice]
    numbers = {str(number) for number in db.session.scalars(select(Pack.number).where(Pack.file_sha256.is_not(None)))}
    return faults + [f"pack P-{number} has no file" for number in set(said.saved["packs"]) - numbers]


def _jobs() -> list[str]:
    """Jobs that did not end well, and work that was done twice."""
    bad = db.session.scalars(select(Job).where(Job.state != JobState.DONE))
    faults = [f"job {job.task} is {job.state} after {job.tries} tries: {job.message}" for job in bad]
    kept = Counter(
        entry.thing_id
        for entry in db.session.scalars(select(HistoryEntry).where(HistoryEntry.thing_kind == Pack.__tablename__))
        if "file_sha256" in entry.changes and entry.what == "changed"
    )
    faults += [f"the file of a pack was kept {number} times" for number in kept.values() if number != 1]
    pictures = db.session.scalar(select(func.count()).select_from(FilePreview)) or 0
    files = db.session.scalar(select(func.count(func.distinct(Evidence.file_sha256)))) or 0
    return faults if pictures == files else [*faults, f"{files} files have {pictures} previews"]


def _files() -> list[str]:
    before = check(young=timedelta(0), repair=True)
    after = check(young=timedelta(0))
    print(f"Files: {after.files} belong to a row; {before.removed} that kills had left behind were removed")
    return [*before.lost, *(f"orphan {each}" for each in after.left_over)]


def _trail() -> list[str]:
    return [f"history: {fault}" for chain in history.chains() for fault in history.faults(chain)]
