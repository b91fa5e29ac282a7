"""One thing measured in a process of its own, for ``benchmarks.packs``: ``python -m benchmarks.packs_one WHAT LENGTH``.

Prints JSON: CPU seconds with those of processes that it started, seconds, pages, MB at most, and a digest.
"""

import hashlib
import json
import resource
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from pathlib import Path

from benchmarks import packs_data
from reports import excel, html, making, splitting, word
from reports.contents import PackContents
from reports.made import Document
from reports.places import STYLES
from reports.printed import source
from reports.shelf import Shelf
from reports.team import Team
from tests.unit.reports import sample

HANDS_MAY_MAP = 4 * 1024**3
TRIES = 5
"""Of what takes milliseconds: on a busy machine the quickest says what it takes, the others how long it waited."""


def stock(contents: PackContents) -> Document:
    """``weasyprint.HTML(string=the same html).write_pdf(pdf_variant="pdf/ua-1")`` with our style."""
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    style = CSS(STYLES / "pack.css", font_config=fonts)
    rendered = HTML(string=source(contents, digest=contents.digest())).render(
        stylesheets=[style], font_config=fonts, pdf_variant="pdf/ua-1"
    )
    return Document(rendered.write_pdf(pdf_variant="pdf/ua-1"), len(rendered.pages))


def ours(contents: PackContents) -> Document:
    from reports import build

    return build.document(contents)


def measured(work: Callable[[], object]) -> dict[str, object]:
    begun, cpu = time.perf_counter(), _cpu()
    made = work()
    told: dict[str, object] = {"wall": time.perf_counter() - begun, "cpu": _cpu() - cpu}
    if isinstance(made, Document):
        told |= {"pages": made.pages, "sha256": hashlib.sha256(made.file).hexdigest(), "bytes": len(made.file)}
    return told | {"mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def _cpu() -> float:
    return sum(
        used.ru_utime + used.ru_stime
        for used in (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    )


def two_workers(contents: PackContents) -> dict[str, object]:
    """Both warm. What each of them held at most is told too."""
    team = Team(2, HANDS_MAY_MAP)
    for place in (0, 1):
        team.ask(place, splitting.furniture(source(contents, digest="")).source)
    for _ in (0, 1):
        team.answer(lambda chapter: None)
    told = measured(lambda: making.document(contents, by=team))
    held = [Path(f"/proc/{pid}/status").read_text() for pid in team.processes()]
    told["worker_mb"] = max(int(one.split("VmHWM:")[1].split()[0]) / 1024 for one in held)
    told["loaded_weasyprint"] = "weasyprint" in sys.modules
    team.end()
    return told


def changed(contents: PackContents) -> dict[str, object]:
    """One section, after the rest was kept; then nothing; then all once more without anything kept."""
    from reports import build

    with tempfile.TemporaryDirectory() as folder:
        shelf = Shelf(Path(folder))
        making.document(contents, by=build.Here(), shelf=shelf)
        after = packs_data.with_one_section_changed(contents)
        one = measured(lambda: making.document(after, by=build.Here(), shelf=shelf))
        again = [measured(lambda: making.document(after, by=build.Here(), shelf=shelf)) for _ in range(TRIES)]
    anew = measured(lambda: making.document(after, by=build.Here()))
    same = {told["sha256"] for told in (one, *again, anew)} == {one["sha256"]}
    quickest = {name: min(float(str(told[name])) for told in again) * 1000 for name in ("wall", "cpu")}
    return {**one, "again_ms": quickest["wall"], "again_cpu_ms": quickest["cpu"], "same": same}


def files(contents: PackContents) -> dict[str, object]:
    writers = {"word": word.word, "spreadsheet": excel.xlsx, "html": html.page}
    return {name: measured(lambda write=write: write(contents))["cpu"] for name, write in writers.items()}  # type: ignore[misc]


def main() -> None:
    what, length = sys.argv[1], int(sys.argv[2])
    contents = packs_data.improvement_plan(length) if what.startswith("plan-") else packs_data.pack(length)
    warnings.simplefilter("ignore", ResourceWarning)
    match what.removeprefix("plan-"):
        case "stock":
            stock(sample.nothing_yet())
            told = measured(lambda: stock(contents))
        case "ours":
            ours(sample.nothing_yet())
            told = measured(lambda: ours(contents))
        case "two-workers":
            told = two_workers(contents)
        case "changed":
            ours(sample.nothing_yet())
            told = changed(contents)
        case _:
            told = files(contents)
    print(json.dumps(told))


if __name__ == "__main__":
    main()
