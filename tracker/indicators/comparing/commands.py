"""Every way what ours is compared with changes. Each command checks, changes and flushes; the edge commits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from tracker.indicators.comparing.models import Neighbour, NeighbourSet, PublishedFigure
from tracker.indicators.comparing.rules import Whose, folded, whose
from tracker.indicators.comparing.tables import LONGEST_NAME, Line
from tracker.indicators.importing.periods import Span
from tracker.indicators.models import Measure
from tracker.people.models import Authority
from tracker.platform import history
from tracker.platform.db import db
from tracker.platform.errors import Conflict, Refused

MOST_NEIGHBOURS = 30
"""Councils of one set. Our choice: models name ten."""
FIRST_YEAR, LAST_YEAR = 2000, 2099


@dataclass(frozen=True, kw_only=True)
class Publication:
    """Where figures were published, for which period and on which basis."""

    period: Span
    basis: str
    source: str
    source_date: date | None


def record(measure: Measure, lines: Sequence[Line], *, published: Publication, on: date) -> int:
    """Keep what was published for one period: all of it or none. A figure that is there is replaced.

    Returns how many were kept.
    """
    require_sound(measure, lines, published=published, on=on)
    period = published.period
    there = {
        (one.whose, folded(one.name)): one
        for one in db.session.scalars(
            select(PublishedFigure).where(
                PublishedFigure.measure_id == measure.id,
                PublishedFigure.period_start == period.start,
                PublishedFigure.period_end == period.end,
                PublishedFigure.basis == published.basis.strip(),
            )
        )
    }
    taken = [line for line in lines if line.taken]
    for line in taken:
        kept = there.get((line.whose, _key(line)))
        if kept is None:
            kept = PublishedFigure(
                measure_id=measure.id,
                whose=line.whose,
                name="" if line.whose in {Whose.ENGLAND, Whose.NEIGHBOURS} else line.name,
                period_start=period.start,
                period_end=period.end,
                basis=published.basis.strip(),
            )
            db.session.add(kept)
        kept.value, kept.source, kept.source_date = line.value, published.source.strip(), published.source_date
    db.session.flush()
    count = "1 published figure" if len(taken) == 1 else f"{len(taken)} published figures"
    history.record(measure, f"{count} for {period.name} kept", why=f"Source: {published.source.strip()}.")
    return len(taken)


def _key(line: Line) -> str:
    return "" if line.whose in {Whose.ENGLAND, Whose.NEIGHBOURS} else folded(line.name)


def take_out(measure: Measure, *, start: date, end: date, basis: str) -> int:
    """Let go of what was published for one period on one basis. Returns how many there were."""
    gone = db.session.scalars(
        select(PublishedFigure).where(
            PublishedFigure.measure_id == measure.id,
            PublishedFigure.period_start == start,
            PublishedFigure.period_end == end,
            PublishedFigure.basis == basis,
        )
    ).all()
    if not gone:
        raise Refused("Nothing is kept for this period on this basis.")
    for one in gone:
        db.session.delete(one)
    db.session.flush()
    name = Span(start, end, measure.period).name
    history.record(measure, f"{len(gone)} published figures for {name} taken out")
    return len(gone)


def add_neighbours(
    authority: Authority, *, year: int | None, names: Sequence[str], source: str, source_date: date | None
) -> NeighbourSet:
    """Say whom the authority is compared with from a year on; earlier years keep theirs."""
    found = _sound_names(authority, names)
    if year is None or not FIRST_YEAR <= year <= LAST_YEAR:
        raise Refused("Enter the year from which they are compared with, such as 2025.")
    if not source.strip():
        raise Refused("Say who names them: the model, and where its list was published.")
    twin = db.session.scalars(
        select(NeighbourSet.id).where(NeighbourSet.authority_id == authority.id, NeighbourSet.year == year)
    ).first()
    if twin is not None:
        raise Refused(f"There are neighbours of {year} already. Change those.")
    made = NeighbourSet(authority=authority, year=year, source=source.strip(), source_date=source_date)
    made.neighbours = [Neighbour(name=name) for name in found]
    db.session.add(made)
    db.session.flush()
    return made


def change_neighbours(
    there: NeighbourSet, *, version: int, names: Sequence[str], source: str, source_date: date | None
) -> None:
    """Put a set right. Where another model names others, add a set of its year instead."""
    if there.version != version:
        raise Conflict(
            f"The neighbours of {there.year} were changed by somebody else, or in another window, "
            "after you opened them. Look at what is there now, then make your change again."
        )
    found = _sound_names(there.authority, names)
    if not source.strip():
        raise Refused("Say who names them: the model, and where its list was published.")
    known = {folded(one.name): one for one in there.neighbours}
    was = len(known)
    wanted = {folded(name): name for name in found}
    there.neighbours = [known.get(key) or Neighbour(name=name) for key, name in wanted.items()]
    there.source, there.source_date = source.strip(), source_date
    flag_modified(there, "source")  # other names alone would leave its version as it was
    db.session.flush()
    history.record(there, f"{was} councils became {len(found)}")


def _sound_names(authority: Authority, names: Sequence[str]) -> list[str]:
    found = list(dict.fromkeys(" ".join(name.split())[:LONGEST_NAME] for name in names if name.strip()))
    if not found:
        raise Refused("Name at least one council, each on a line of its own.")
    if len(found) > MOST_NEIGHBOURS:
        raise Refused(f"These are {len(found)} names; at most {MOST_NEIGHBOURS} are kept.")
    keys = [folded(name) for name in found]
    twice = next((name for place, name in enumerate(found) if keys[place] in keys[:place]), None)
    if twice is not None:
        raise Refused(f"{twice} stands here twice. Leave one of the two.")
    wrong = next((name for name in found if whose(name) is not Whose.COUNCIL or not folded(name)), None)
    if wrong is not None:
        raise Refused(f"{wrong} is no council. Name the councils one by one.")
    if folded(authority.name) in keys:
        raise Refused(f"{authority.name} is no neighbour of its own. Leave it out.")
    return found


def require_sound(measure: Measure, lines: Sequence[Line], *, published: Publication, on: date) -> None:
    """Raises Refused, naming the cell, where what was published could not be kept."""
    refused = [line for line in lines if line.refused]
    if refused:
        more = "" if len(refused) == 1 else f" {len(refused) - 1} more like it."
        raise Refused(f"Cell {refused[0].cell}: {refused[0].refused}{more} Nothing was kept.")
    if not any(line.taken for line in lines):
        raise Refused("There is nothing here to keep.")
    if not published.source.strip():
        raise Refused("Say where it was published.")
    if not published.basis.strip():
        raise Refused("Say on which basis it was published.")
    if published.period.start > on:
        raise Refused("The period has not begun. Choose one that has.")
    if published.source_date is not None and published.source_date > on:
        raise Refused("It was not published yet on that day. Check the day of publication.")
