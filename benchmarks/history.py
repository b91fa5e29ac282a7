"""How long it takes to find that a long history holds, and what memory that needs.

``python -m benchmarks history [ENTRIES]``. The figure is the growth: the processor's time for ENTRIES against that for
a tenth of them, by ten. The memory is that of the check alone, above what the application takes.
"""

import resource
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from flask_migrate import upgrade
from pydantic import SecretStr
from sqlalchemy import insert

from tracker.application import create_app
from tracker.people.models import Authority
from tracker.platform import clock, history
from tracker.platform.db import db
from tracker.platform.history.entries import FORM, hash_of, seal_of
from tracker.settings import Settings

ENTRIES = 1_000_000
MOST_GROWTH = 1.3
"""Times what ten times as many should take. Our choice: even, with room for a busy machine."""
MOST_MEMORY = 60
"""Megabytes more than before. Our choice."""
AT_A_TIME = 10_000


def run(entries: str = str(ENTRIES)) -> tuple[str, str, bool]:
    """The figure, the target and whether it is met."""
    most = int(entries)
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(
            Settings(
                _env_file=None,
                secret_key=SecretStr("a key for benchmarks only"),
                database_url=f"sqlite:///{Path(folder) / 'tracker.sqlite'}",
                storage_url=f"file://{folder}",
                jobs="inline",
            )
        )
        with app.app_context():
            upgrade()
            taken = {number: _seconds(number) for number in (most // 10, most)}
            small, large = taken.values()
    for number, (seconds, more) in taken.items():
        print(f"{number} entries: {seconds:.1f} s, {seconds / number * 1e6:.0f} µs each, {more} MB more memory")
    growth = large[0] / small[0] / 10
    figure = f"{large[0]:.0f} s for {most} entries, {growth:.2f} times even growth, {large[1]} MB more memory"
    met = growth <= MOST_GROWTH and large[1] <= MOST_MEMORY
    return figure, f"{MOST_GROWTH} times, {MOST_MEMORY} MB", met


def _seconds(number: int) -> tuple[float, int]:
    """Seconds of the processor that the check of a new chain of so many takes, and the megabytes that it adds."""
    authority = Authority(slug=f"council-{number}", name=f"Council {number}")
    db.session.add(authority)
    db.session.commit()
    for batch in _chained(authority.id, number):
        db.session.execute(insert(history.HistoryEntry), batch)
    newest = batch[-1]
    head = {"id": authority.id, "sequence": number, "hash": newest["hash"]}
    sealed = seal_of(authority.id, number, newest["hash"])
    db.session.execute(insert(history.HistoryHead), [head | {"seal": sealed}])
    db.session.commit()
    before, start = _memory(), time.process_time()
    if faults := history.faults(authority.id):
        raise AssertionError(faults[0])
    return time.process_time() - start, _memory() - before


def _memory() -> int:
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * resource.getpagesize() // 1_000_000


def _chained(chain: UUID, number: int) -> Iterator[list[dict[str, Any]]]:
    previous, batch = "", []
    for sequence in range(1, number + 1):
        entry = {
            "id": uuid4(), "chain": chain, "sequence": sequence, "at": clock.now(), "actor_id": uuid4(),
            "actor_name": "Amina Yusuf", "came_from": "10.20.30.0/24", "thing_kind": "action", "thing_id": uuid4(),
            "reference": f"A-{sequence % 5000}", "what": "changed", "why": "", "previous_hash": previous,
            "changes": {"status": ["On track", "At risk"], "due_on": ["2026-10-28", "2026-12-11"]}, "form": FORM,
        }  # fmt: skip
        previous = entry["hash"] = hash_of(entry)
        batch.append(entry)
        if len(batch) == AT_A_TIME or sequence == number:
            yield batch
            batch = []
