"""What a letter says: its subject, and the same words as plain text and as HTML."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import current_app

from tracker.people.models import Authority, Person
from tracker.platform import child_data
from tracker.reminders import rules
from tracker.reminders.addresses import Addresses
from tracker.reminders.queries import Reader
from tracker.reminders.rules import Line, Part
from tracker.web.filters import day, days_late

LONGEST_TITLE = 140
"""Letters of a title that a line repeats: the page has the whole of it. Our choice."""
MOST_LINES = 20
"""Lines of one section before it refers to the page. Our choice: nobody reads more in a mail."""
WITHHELD = "open its page to read it"
"""Instead of a title that might lead to a child: a mail travels further than a page."""


@dataclass(frozen=True)
class Entry:
    """One line as it is printed: what is asked, of what, and by when."""

    asks: str
    title: str
    when: str
    address: str


@dataclass(frozen=True)
class Section:
    heading: str
    entries: Sequence[Entry]
    more: int
    """How many there are besides."""


@dataclass(frozen=True)
class Written:
    subject: str
    text: str
    html: str
    unsubscribe: str


def lines_told(reader: Reader, today: date, *, digest: bool) -> list[Line]:
    """What a letter tells: the news, and in a digest everything of this week with it."""
    news = [line for lines in reader.news.values() for line in lines]
    week = [line for line in reader.lines if rules.this_week(line, today)] if digest else []
    return rules.soonest_first(list(dict.fromkeys([*news, *week])))


def write(authority: Authority, person: Person, lines: Sequence[Line], today: date, *, digest: bool) -> Written:
    addresses = Addresses(authority)
    groups = _groups(lines, today)
    unsubscribe = addresses.stop_digest(person.id) if digest else ""
    words = {
        "authority": authority.name,
        "person": person.name,
        "today": today,
        "digest": digest,
        "sections": [_section(heading, group, today, addresses) for heading, group in groups],
        "my_work": addresses.page("overview.my_work"),
        "choices": addresses.page("reminders.index"),
        "unsubscribe": unsubscribe,
        "demonstration": current_app.config["DEMONSTRATION"],
    }
    environment = current_app.jinja_env
    return Written(
        subject=_subject(authority, groups, digest=digest),
        text=environment.get_template("reminders/letter.txt").render(words),
        html=environment.get_template("reminders/letter.html").render(words),
        unsubscribe=unsubscribe,
    )


HEADINGS = ("Overdue", "Due soon", "Waiting for you", "Overdue with others")
"""Of the sections of a letter, in this order; the subject counts them in the same words."""


def _groups(lines: Sequence[Line], today: date) -> list[tuple[str, list[Line]]]:
    """The sections that have a line, each with its heading."""
    hers = [line for line in lines if line.part is Part.HERS]
    groups = (
        [line for line in hers if line.owed.days_late(today)],
        [line for line in hers if line.owed.due_on is not None and not line.owed.days_late(today)],
        [line for line in hers if line.owed.due_on is None],
        [line for line in lines if line.part is not Part.HERS],
    )
    return [(heading, group) for heading, group in zip(HEADINGS, groups, strict=True) if group]


def _subject(authority: Authority, groups: Sequence[tuple[str, list[Line]]], *, digest: bool) -> str:
    """ "Brent: your week, 2 overdue, 3 due soon, 1 waiting for you"."""
    told = ", ".join(f"{len(group)} {heading[0].lower()}{heading[1:]}" for heading, group in groups)
    return f"{authority.name}: {'your week, ' if digest else ''}{told}"


def _section(heading: str, group: Sequence[Line], today: date, addresses: Addresses) -> Section:
    entries = [_entry(line, today, addresses) for line in group[:MOST_LINES]]
    return Section(heading, entries, len(group) - len(entries))


def _entry(line: Line, today: date, addresses: Addresses) -> Entry:
    return Entry(line.owed.asks, _title(line.owed.title), _when(line, today), addresses.of(line.owed))


def _title(text: str) -> str:
    title = " ".join(text.split())
    if child_data.why_not(title):
        return WITHHELD
    return title if len(title) <= LONGEST_TITLE else f"{title[:LONGEST_TITLE].rsplit(' ', 1)[0]}…"


def _when(line: Line, today: date) -> str:
    """ "Due 5 November 2026, 16 days late. Samira Okafor has it to do"."""
    owed = line.owed
    if owed.due_on is None:
        return f"Waiting since {day(owed.since)}" if owed.since else "Waiting"
    late = days_late(owed.due_on, today)
    when = f"Due {day(owed.due_on)}, {late}" if late else f"Due {day(owed.due_on)}"
    return when if line.part is Part.HERS else f"{when}. {owed.whose_name} has it to do"
