"""Processor time to read reports whole, beside what bare PDFium takes to give up the same text.

``python -m benchmarks import [FOLDER]``: without a folder, the published reports that come with the tests.
"""

import resource
import time
from collections.abc import Callable
from pathlib import Path

import pypdfium2

from tracker.frameworks.library import Library, load
from tracker.inspections.reading import Unreadable, read
from tracker.settings import PROJECT, SEED

TARGET = 4.0
"""Times the processor time of bare text. Source: the specification."""
MOST_MEMORY = 300
"""Megabytes. Source: the specification."""
ROUNDS = 3


def run(folder: str | None = None) -> tuple[str, str, bool]:
    """The figure, the target and whether it is met."""
    paths = sorted(Path(folder or PROJECT / "tests" / "reports" / "ilacs").rglob("*.pdf"))
    library = load(SEED / "frameworks")
    bare = whole = float("inf")
    for _ in range(ROUNDS):
        bare = min(bare, _took(lambda: [_text(path) for path in paths]))
        whole = min(whole, _took(lambda: [_read(path, library) for path in paths]))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{len(paths)} files, best of {ROUNDS} rounds")
    print(f"bare text   {1000 * bare / len(paths):7.1f} ms of processor time a file")
    print(f"whole read  {1000 * whole / len(paths):7.1f} ms of processor time a file")
    figure = f"{whole / bare:.2f} times bare text, {memory} MB"
    return figure, f"at most {TARGET:.0f} times, {MOST_MEMORY} MB", whole / bare <= TARGET and memory <= MOST_MEMORY


def _took(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _text(path: Path) -> int:
    """Every page's text, as the library gives it without any layout."""
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError:
        return 0
    letters = 0
    for page in document:
        text_page = page.get_textpage()
        letters += len(text_page.get_text_range())
        text_page.close()
        page.close()
    document.close()
    return letters


def _read(path: Path, library: Library) -> bool:
    try:
        read(path, library)
    except Unreadable:
        return False
    return True
