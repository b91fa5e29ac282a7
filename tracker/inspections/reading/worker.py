"""The process that opens files: ``python -m tracker.inspections.reading.worker FRAMEWORKS``.

It takes the path of a report on each line of its input and answers each with one line of JSON: what was read, or why
not. Whatever a hostile file does to it, it is this process and no other.
"""

import json
import sys
from pathlib import Path
from typing import Any

from tracker.frameworks.library import Library, load
from tracker.inspections.reading import bounds
from tracker.inspections.reading.reader import read
from tracker.inspections.reading.readings import to_data
from tracker.platform.errors import Refused

TOO_LARGE = "Reading this file takes more memory than a report may. It is damaged, or no report."


def answer(path: Path, library: Library) -> dict[str, Any]:
    try:
        return {"reading": to_data(read(path, library))}
    except Refused as refused:
        return {"refused": str(refused)}
    except MemoryError:
        return {"refused": TOO_LARGE}


def main() -> None:
    library = load(Path(sys.argv[1]))
    bounds.limit_process()
    for line in sys.stdin:
        bounds.limit_next_file()
        print(json.dumps(answer(Path(json.loads(line)), library)), flush=True)  # noqa: T201 - its answer


if __name__ == "__main__":
    main()
