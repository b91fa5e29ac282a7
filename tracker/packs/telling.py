"""What is said of a pack, in sentences."""

from collections.abc import Sequence
from dataclasses import dataclass

from reports import comparing
from reports.contents import PackContents
from tracker.packs.models import Pack
from tracker.packs.rules import State
from tracker.platform import clock


def still_says(pack: Pack) -> str:
    """Instead of making the same once more."""
    asked = pack.asked_at.astimezone(clock.LONDON)
    made = "was made already" if pack.file_sha256 else "is being made already"
    return (
        f"This is {pack.reference} of {asked:%-d %B %Y}, which {made}: nothing in it has changed since, and it still "
        "says what is known."
    )


@dataclass(frozen=True)
class Step:
    """One section of a pack that is being made."""

    title: str
    state: str
    """A word for a tag."""


DONE, NOW, TO_COME = "Done", "Being laid out", "To come"


def steps(pack: Pack) -> Sequence[Step]:
    """Its sections in order, and then the file; empty unless it is being made."""
    if pack.state is not State.RUNNING or pack.job is None:
        return ()
    done = (pack.job.progress or {}).get("done", -1)
    titles = [*(chapter["title"] for chapter in pack.contents["chapters"]), "The file is put together"]
    states = [DONE if place < done else NOW if place == done else TO_COME for place in range(len(titles))]
    return [Step(title, state) for title, state in zip(titles, states, strict=True)]


def changes(before: Pack, now: Pack) -> Sequence[comparing.Section]:
    """What was added, dropped and changed between two packs of a kind, section by section."""
    return comparing.compared(PackContents.from_json(before.contents), PackContents.from_json(now.contents))
