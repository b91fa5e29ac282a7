"""``python -m benchmarks NAME``: one measurement. Its last line says figure and target, its exit status the same."""

import importlib
import sys

BENCHMARKS = {
    "access": "benchmarks.access",
    "audits": "benchmarks.audits",
    "corpus": "benchmarks.corpus",
    "evidence": "benchmarks.evidence",
    "import": "benchmarks.import_",
    "load": "benchmarks.load",
    "evidence-files": "benchmarks.evidence_files",
    "faults": "benchmarks.faults",
    "fuzz": "benchmarks.fuzz",
    "history": "benchmarks.history",
    "indicators": "benchmarks.indicators",
    "packs": "benchmarks.packs",
    "plan": "benchmarks.plan",
    "requests": "benchmarks.requests",
    "search": "benchmarks.search",
}
"""Name, and the module whose ``run`` takes the other arguments and gives figure, target and whether it is met."""


def main() -> int:
    if len(sys.argv) < 2 or sys.argv[1] not in BENCHMARKS:
        print(f"Say which benchmark to run: {', '.join(BENCHMARKS)}", file=sys.stderr)
        return 2
    name, *arguments = sys.argv[1:]
    figure, target, met = importlib.import_module(BENCHMARKS[name]).run(*arguments)
    print(f"{name}: {figure} (target {target}) {'ok' if met else 'short'}")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
