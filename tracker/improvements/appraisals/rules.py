"""What changed from one appraisal of an item to the next, in words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Appraised:
    """What was said at one appraisal."""

    on: date
    scale: int
    aim: int
    worried_about: Sequence[str] = ()
    working_well: Sequence[str] = ()
    needs_to_happen: Sequence[str] = ()


QUESTIONS = (
    ("worried_about", "New worry", "new worries", "No longer a worry", "worries gone"),
    (
        "working_well",
        "New in what works well",
        "new in what works well",
        "No longer said to work well",
        "no longer said to work well",
    ),
    ("needs_to_happen", "Newly needed", "newly needed", "No longer needed", "no longer needed"),
)
"""Each question with what one new point of it is called and several, and one that has gone and several."""


def moved(now: Appraised, before: Appraised) -> str:
    """How the scale moved, and since when.

    >>> moved(Appraised(date(2026, 11, 11), 6, 8), Appraised(date(2026, 5, 4), 5, 8))
    'up 1 since May'
    >>> moved(Appraised(date(2026, 11, 11), 4, 8), Appraised(date(2025, 9, 4), 4, 8))
    'the same as in September 2025'
    """
    step = now.scale - before.scale
    when = _when(before.on, seen_from=now.on)
    if step == 0:
        return f"the same as {'on' if when[0].isdigit() else 'in'} {when}"
    return f"{'up' if step > 0 else 'down'} {abs(step)} since {when}"


def changes(now: Appraised, before: Appraised) -> list[str]:
    """Sentences, the movement on the scale first. One new point is named, several are counted: they stand beside it.

    A point counts as new unless it was said in the same words.

    >>> changes(
    ...     Appraised(date(2026, 11, 11), 6, 8, worried_about=["One team has no reviews"]),
    ...     Appraised(date(2026, 5, 4), 5, 7, worried_about=["Long waits", "Old letters"]),
    ... )
    ['Up 1 since May.', 'Aim 7 to 8.', 'New worry: One team has no reviews', '2 worries gone.']
    """
    scale = moved(now, before)
    said = [f"{scale[:1].upper()}{scale[1:]}."]
    if now.aim != before.aim:
        said.append(f"Aim {before.aim} to {now.aim}.")
    return said + list(_points(now, before))


def _points(now: Appraised, before: Appraised) -> Iterator[str]:
    for question, new, many_new, gone, many_gone in QUESTIONS:
        lines, earlier = getattr(now, question), getattr(before, question)
        yield from _named([line for line in lines if _key(line) not in map(_key, earlier)], new, many_new)
        yield from _named([line for line in earlier if _key(line) not in map(_key, lines)], gone, many_gone)


def _named(points: Sequence[str], one: str, many: str) -> Iterator[str]:
    if len(points) == 1:
        yield f"{one}: {points[0]}"
    elif points:
        yield f"{len(points)} {many}."


def _key(line: str) -> str:
    """A point without what makes no difference to its meaning."""
    return " ".join(line.lower().split()).rstrip(".")


def _when(day: date, *, seen_from: date) -> str:
    """The month, with the year where it is another one; the day itself within one month."""
    if day.year != seen_from.year:
        return f"{day:%B %Y}"
    return f"{day:%-d %B}" if day.month == seen_from.month else f"{day:%B}"
