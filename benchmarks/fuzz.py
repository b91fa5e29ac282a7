"""Thousands of damaged reports, each of which must end in a reading or a sentence, within the bounds.

``python -m benchmarks fuzz [FILES [SEED]]``. Files are cut short, overwritten, shuffled and spliced; half of them after
their streams were unpacked, so that the damage reaches what is drawn and not only its packing. A file that stops its
process or is too slow is left in a folder that is named at the end.
"""

import hashlib
import random
import resource
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.given_damage import damaged, unpacked
from tracker.inspections.reading import Unreadable, read_all
from tracker.inspections.reading.safely import STOPPED, TOO_SLOW, Outcome
from tracker.settings import PROJECT, SEED

FILES = 10_000
"""Source: the specification."""
MOST_MEMORY = 300
"""Megabytes, of the process that takes most. Source: the specification."""
BATCH = 200
"""Files on the disk at a time."""
REPORTS = PROJECT / "tests" / "reports"
BAD = ("stopped", "too slow")


def run(files: str = str(FILES), seed: str = "1") -> tuple[str, str, bool]:
    """The figure, the target and whether it is met."""
    chance = random.Random(int(seed))  # noqa: S311 - for variety, not for secrets
    healthy = _healthy()
    counted: Counter[str] = Counter()
    kept = Path(tempfile.mkdtemp(prefix="fuzz-"))
    slowest = 0.0
    start = time.monotonic()
    for batch in _batches(int(files)):
        outcomes, longest = tried([damaged(chance, healthy) for _ in range(batch)], kept)
        counted += outcomes
        slowest = max(slowest, longest)
        print(f"{counted.total()} of {files} files", file=sys.stderr)
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(f"{counted.total()} files in {time.monotonic() - start:.0f} s: {dict(counted)}")
    print(f"slowest pause between answers {slowest:.1f} s, most memory of a process {memory} MB")
    bad = sum(counted[outcome] for outcome in BAD)
    print(f"those that stopped their process or were too slow are in {kept}" if bad else "none to look at")
    figure = (
        f"{counted['read'] + counted['refused']} files answered, {counted['stopped']} stopped their process, "
        f"{counted['too slow']} too slow, {memory} MB"
    )
    return figure, f"{files} answered, {MOST_MEMORY} MB", not bad and memory <= MOST_MEMORY


def _healthy() -> list[bytes]:
    """Reports to damage: as published, and with their streams unpacked."""
    paths = sorted(REPORTS.rglob("*.pdf"), key=lambda path: path.stat().st_size)[:12]
    packed = [path.read_bytes() for path in paths]
    return packed + [unpacked(content) for content in packed if content.startswith(b"%PDF")]


def _batches(files: int) -> Iterator[int]:
    while files > 0:
        yield min(BATCH, files)
        files -= BATCH


def tried(contents: list[bytes], kept: Path) -> tuple[Counter[str], float]:
    """What came of each file, and the longest pause between two answers. Bad ones are copied to ``kept``."""
    counted: Counter[str] = Counter()
    longest = 0.0
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{number}.pdf" for number in range(len(contents))]
        for path, content in zip(paths, contents, strict=True):
            path.write_bytes(content)
        before = time.monotonic()
        for path, outcome in read_all(paths, SEED / "frameworks"):
            said = _said(outcome)
            counted[said] += 1
            longest, before = max(longest, time.monotonic() - before), time.monotonic()
            if said in BAD:
                shutil.copy(path, kept / f"{said} {hashlib.sha256(path.read_bytes()).hexdigest()[:12]}.pdf")
    return counted, longest


def _said(outcome: Outcome) -> str:
    if not isinstance(outcome, Unreadable):
        return "read"
    return {STOPPED: "stopped", TOO_SLOW: "too slow"}.get(str(outcome), "refused")
