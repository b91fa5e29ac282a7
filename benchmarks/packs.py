"""What making packs costs, beside stock WeasyPrint 70 on the same HTML in the same run: ratios hold on a busy machine.

``python -m benchmarks packs [LINE…] [repeats=N]``: all lines, or those that are named. Each prints its figure with its
target. Every measurement is a process of its own; those that are compared take turns.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from statistics import median
from typing import Any

from tests.unit.reports import validator

REPEATS = 3
SHORT, MIDDLE, LONG = 50, 150, 350
"""Pages that are aimed at."""
ACTIONS, FEW_ACTIONS = 955, 100
WHOLE, TWO_WORKERS, ONE_CHANGED, FILE = 0.80, 0.65, 0.15, 0.25
"""Of stock's CPU seconds; of its wall time with two workers."""
GROWTH = 1.3
"""A page of the longest pack, or an action of the largest plan, costs at most so many times one of the smallest."""
AGAIN_MS = 50
WORKER_MB = 130

Line = Iterator[tuple[str, str, bool]]
"""Figure, target, and whether it is met."""


class Measured:
    """Each thing is measured once for all lines that need it."""

    def __init__(self, repeats: int) -> None:
        self._repeats = repeats
        self._known: dict[tuple[str, int], list[dict[str, Any]]] = {}

    def beside(self, *whats: str, length: int) -> Mapping[str, Mapping[str, Any]]:
        """By what was measured, the median of each number. What is compared is measured in turns."""
        missing = [what for what in whats if (what, length) not in self._known]
        for _ in range(self._repeats):
            for what in missing:
                self._known.setdefault((what, length), []).append(_measured(what, length))
        return {what: _medians(self._known[what, length]) for what in whats}


def _measured(what: str, length: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.packs_one", what, str(length)]
    told: dict[str, Any] = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return told


def _medians(runs: list[dict[str, Any]]) -> Mapping[str, Any]:
    return {
        name: median(run[name] for run in runs) if isinstance(value, float) else value
        for name, value in runs[0].items()
    }


def whole(measured: Measured) -> Line:
    a_page = {}
    for length in (SHORT, LONG):
        both = measured.beside("stock", "ours", length=length)
        stock, ours = both["stock"], both["ours"]
        a_page[length] = ours["cpu"] / ours["pages"] * 1000
        ratio = ours["cpu"] / stock["cpu"]
        figure = f"{ratio:.2f} of stock at {ours['pages']} pages, {stock['pages']} of stock's"
        beside = ", ".join(f"{ours[one]:.0f} {one} against {stock[one]:.0f}" for one in ("cpu", "mb", "bytes"))
        yield f"{figure} ({beside})", f"at most {WHOLE:.2f}", ratio <= WHOLE
    growth = a_page[LONG] / a_page[SHORT]
    figure = f"{growth:.2f} ({a_page[LONG]:.0f} ms a page at {LONG} pages, {a_page[SHORT]:.0f} at {SHORT})"
    yield figure, f"at most {GROWTH}", growth <= GROWTH


def two_workers(measured: Measured) -> Line:
    for length in (SHORT, MIDDLE):
        both = measured.beside("stock", "two-workers", length=length)
        ratio = both["two-workers"]["wall"] / both["stock"]["wall"]
        figure = f"{ratio:.2f} of stock's wall time at {both['two-workers']['pages']} pages"
        yield figure, f"at most {TWO_WORKERS:.2f}", ratio <= TWO_WORKERS


def changed(measured: Measured) -> Line:
    both = measured.beside("stock", "changed", length=SHORT)
    one = both["changed"]
    ratio = one["cpu"] / both["stock"]["cpu"]
    figure = f"{ratio:.3f} of stock at {one['pages']} pages ({one['cpu']:.2f} s against {both['stock']['cpu']:.1f} s)"
    yield figure, f"at most {ONE_CHANGED:.2f}", ratio <= ONE_CHANGED
    words = "the same bytes, also when made anew" if one["same"] else "other bytes"
    figure = f"{one['again_ms']:.0f} ms, {one['again_cpu_ms']:.0f} of them CPU, {words}"
    yield figure, f"under {AGAIN_MS} ms", one["again_ms"] < AGAIN_MS and one["same"]


def memory(measured: Measured) -> Line:
    two = measured.beside("two-workers", length=MIDDLE)["two-workers"]
    held = two["worker_mb"]
    figure = f"{held:.0f} MB a worker at {two['pages']} pages; {two['mb']:.0f} MB where they are joined"
    yield figure, f"at most {WORKER_MB} MB", held <= WORKER_MB
    asked = "import sys, wsgi; print('weasyprint' in sys.modules)"
    settings = {**os.environ, "TRACKER_SECRET_KEY": "a key for this measurement only"}
    web = subprocess.run([sys.executable, "-c", asked], check=True, capture_output=True, text=True, env=settings)
    loaded = web.stdout.strip()
    yield f"the web process loaded WeasyPrint: {loaded}", "never", loaded == "False"


def plan(measured: Measured) -> Line:
    large = measured.beside("plan-stock", "plan-ours", length=ACTIONS)
    small = measured.beside("plan-ours", length=FEW_ACTIONS)["plan-ours"]
    ours, stock = large["plan-ours"], large["plan-stock"]
    ratio = ours["cpu"] / stock["cpu"]
    figure = f"{ratio:.2f} of stock for {ACTIONS} actions on {ours['pages']} pages"
    yield f"{figure} ({ours['cpu']:.1f} s against {stock['cpu']:.1f} s)", f"at most {WHOLE:.2f}", ratio <= WHOLE
    each, of_few = ours["cpu"] / ACTIONS * 1000, small["cpu"] / FEW_ACTIONS * 1000
    figure = f"{each / of_few:.2f} ({each:.0f} ms an action at {ACTIONS}, {of_few:.0f} at {FEW_ACTIONS})"
    yield figure, f"at most {GROWTH}", each / of_few <= GROWTH


def files(measured: Measured) -> Line:
    both = measured.beside("stock", "files", length=SHORT)
    for name, cpu in both["files"].items():
        ratio = cpu / both["stock"]["cpu"]
        yield f"{ratio:.3f} of stock as {name} ({cpu:.2f} s)", f"under {FILE:.2f}", ratio < FILE


def validity(measured: Measured) -> Line:
    """What a validator, and ``outloud`` where it is installed, find in each kind of pack of the demonstration."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "benchmarks.packs_kinds", folder]
        told = json.loads(subprocess.run(command, check=True, capture_output=True).stdout.splitlines()[-1])
        files = [Path(folder) / f"{name}.pdf" for name in told]
        broken = validator.broken_rules(*files, seconds=3600)
        for name, pack in told.items():
            rules = broken[f"{name}.pdf"]
            figure = f"{name}: {len(rules)} rules broken, {pack['elements']} Table elements for {pack['tables']} tables"
            yield f"{figure} on {pack['pages']} pages {'; '.join(rules)}", "none, as many", (
                not rules and pack["elements"] == pack["tables"]
            )  # fmt: skip
        if outloud := shutil.which("outloud"):
            for file in files:
                said = subprocess.run([outloud, "-q", str(file)], check=False, capture_output=True, text=True)
                yield f"{file.stem}: {said.stdout.strip().splitlines()[-1]}", "0 errors", said.returncode == 0


LINES: Mapping[str, Callable[[Measured], Line]] = {
    "whole": whole,
    "two-workers": two_workers,
    "changed": changed,
    "memory": memory,
    "plan": plan,
    "files": files,
    "validity": validity,
}


def run(*asked: str) -> tuple[str, str, bool]:
    """The figure, the target and whether it is met: how many of the lines are."""
    repeats = next((int(one.removeprefix("repeats=")) for one in asked if one.startswith("repeats=")), REPEATS)
    names = [name for name in LINES if not (wanted := [one for one in asked if "=" not in one]) or name in wanted]
    measured, met = Measured(repeats), []
    for name in names:
        for figure, target, reached in LINES[name](measured):
            print(f"{name}: {figure} (target {target}) {'ok' if reached else 'short'}", flush=True)
            met.append(reached)
    return f"{sum(met)} of {len(met)} targets met", "all", all(met)
