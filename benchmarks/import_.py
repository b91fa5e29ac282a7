"""Processor time of ``tracker import-report --json`` beside what bare PDFium takes to give up the same text.

``python -m benchmarks import [FOLDER]``: without a folder, the published reports that come with the tests. They are
copied until there are as many as are to be read, with bytes of their own at the end, so that no two are the same file.
All processes of a command count, with their start.
"""

import itertools
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from tracker.settings import PROJECT

TARGET = 4.0
"""Times the processor time of bare text. Source: the specification."""
MOST_MEMORY = 300
"""Megabytes, of the process that takes most. Source: the specification."""
COUNTS = (50, 300)
ROUNDS = 3
WHOLE = "from tracker.cli import main; main()"
BARE = """
import sys
from pathlib import Path
import pypdfium2

for path in sorted(Path(sys.argv[1]).iterdir()):
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError:
        continue
    for page in document:
        text = page.get_textpage()
        text.get_text_range()
        text.close()
        page.close()
    document.close()
"""


class Cost(NamedTuple):
    seconds: float
    """Of processor time, of a command and all that it began."""
    megabytes: int
    """The most that one of its processes had in memory."""


def run(folder: str | None = None) -> tuple[str, str, bool]:
    """The figure, the target and whether it is met, for the worse of two numbers of files."""
    reports = sorted(Path(folder or PROJECT / "tests" / "reports" / "ilacs").rglob("*.pdf"))
    worst, memory = 0.0, 0
    for count in COUNTS:
        bare, whole = _compared(reports, count)
        worst, memory = max(worst, whole.seconds / bare.seconds), max(memory, whole.megabytes)
    met = worst <= TARGET and memory <= MOST_MEMORY
    return f"{worst:.2f} times bare text, {memory} MB", f"at most {TARGET:.0f} times, {MOST_MEMORY} MB", met


def _compared(reports: list[Path], count: int) -> tuple[Cost, Cost]:
    """The cheapest of some rounds of each, by turns."""
    with tempfile.TemporaryDirectory() as place:
        files = _copied(reports, count, Path(place) / "reports")
        out = Path(place) / "out.jsonl"
        rounds = [(_cost(BARE, files), _cost(WHOLE, "import-report", files, "--json", out)) for _ in range(ROUNDS)]
        _check(out, count)
    bare, whole = min(one for one, _ in rounds), min(one for _, one in rounds)
    print(f"{count} files, best of {ROUNDS} rounds, milliseconds of processor time a file")
    print(f"  bare text      {1000 * bare.seconds / count:6.1f}")
    print(f"  import-report  {1000 * whole.seconds / count:6.1f}   {whole.seconds / bare.seconds:.2f} times")
    return bare, whole


def _copied(reports: list[Path], count: int, to: Path) -> Path:
    to.mkdir()
    for number, report in enumerate(itertools.islice(itertools.cycle(reports), count)):
        (to / f"{number:04}.pdf").write_bytes(report.read_bytes() + b"\n%% %d\n" % number)
    return to


def _cost(program: str, *words: object) -> Cost:
    started = subprocess.Popen([sys.executable, "-c", program, *map(str, words)], stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(started.pid, 0)
    started.returncode = os.waitstatus_to_exitcode(status)
    if started.returncode != 0:
        raise RuntimeError(f"{words[:1]} ended with {started.returncode}")
    return Cost(used.ru_utime + used.ru_stime, used.ru_maxrss // 1024)


def _check(out: Path, count: int) -> None:
    """Speed counts only for what was done."""
    written = out.read_text(encoding="utf-8").splitlines()
    if len(written) != count:
        raise RuntimeError(f"{len(written)} lines for {count} files")
