"""A process that does nothing but make documents, for one that must outlive them: ``python -m reports.renderer``.

Arguments: the bytes that it and each of its hands may map, how many hands, and the folder where sections are kept
(empty: none is). It reads contents as JSON, a line each, and answers each with lines of JSON: ``{"chapter": 3}`` when
the fourth chapter is the first that is not done; ``{"cannot": "…"}``, a sentence; or ``{"pages": 21, "size": 50000}``,
after which come that many bytes. Whoever started it may end it at any moment; it ends by itself when there is nothing
left to read, and its hands with it.
"""

import json
import sys
from pathlib import Path
from typing import Any

from reports import making
from reports.apart import Way, answers, bound_memory
from reports.contents import PackContents
from reports.made import CannotBuild
from reports.shelf import Shelf
from reports.team import Team, TooLarge


def main() -> None:
    most_memory, hands, folder = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    bound_memory(most_memory)
    team, shelf = Team(hands, most_memory), Shelf(Path(folder) if folder else None)
    with answers() as say:
        for line in sys.stdin.buffer:
            answer(json.loads(line), say, team, shelf)
    team.end()


def answer(contents: dict[str, Any], say: Way, team: Team, shelf: Shelf) -> None:
    try:
        made = making.document(
            PackContents.from_json(contents), by=team, shelf=shelf, told=lambda chapter: say({"chapter": chapter})
        )
    except CannotBuild as fault:
        team.end()
        say({"cannot": str(fault)})
    except (MemoryError, TooLarge):
        team.end()
        say({"too_large": True})
    else:
        say({"pages": made.pages, "size": len(made.file)}, made.file)
        shelf.tidy()


if __name__ == "__main__":
    main()
