"""What is asked about the source of an item, each kind of source in its own words, and what may be left out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from tracker.improvements.rules import Source

LONGEST_LINK = 500
"""Characters of a link. Our choice: what people copy from a browser is shorter."""


@dataclass(frozen=True)
class Origin:
    """Where an item was said."""

    document: str = ""
    dated: date | None = None
    place: str = ""
    """Page, paragraph or the name of one standard, as the document calls it: "page 4", "standard 3"."""
    said_by: str = ""
    url: str = ""
    """Where the document can be read; never fetched by us."""

    @property
    def cited(self) -> str:
        """
        >>> Origin("Peer challenge of the front door", date(2026, 5, 12), "page 4").cited
        'Peer challenge of the front door, 12 May 2026, page 4'
        """
        dated = f"{self.dated:%-d %B %Y}" if self.dated else ""
        return ", ".join(part for part in (self.document, dated, self.place) if part)


@dataclass(frozen=True)
class Question:
    label: str
    needed: str = ""
    """What to say when it is left out; empty: it may be."""
    hint: str = ""


@dataclass(frozen=True)
class Questions:
    """What one kind of source is asked, in its own words."""

    means: str
    """What counts as this kind, in a line."""
    document: Question
    dated: Question
    place: Question
    said_by: Question

    def __iter__(self) -> Iterator[tuple[str, Question]]:
        """Each question with the name of the part of an Origin that answers it."""
        for part in ("document", "dated", "place", "said_by"):
            yield part, getattr(self, part)


_PAGE = Question("On which page or in which paragraph?", "Say on which page or in which paragraph", "Such as page 4.")
_PAGE_IF_ANY = Question("On which page or in which paragraph?", hint="Such as page 4.")


def _visited(kind: str, means: str) -> Questions:
    """What inspectors wrote that cannot be imported."""
    return Questions(
        means=means,
        document=Question(
            "Which letter or report?", f"Say which letter or report of the {kind}", "Its name, as it is printed."
        ),
        dated=Question("Date on it", "Enter the date on the letter or report"),
        place=_PAGE,
        said_by=Question("Who wrote it?", "Say who wrote it", "The inspectorate, not a person: Ofsted, for example."),
    )


QUESTIONS: Mapping[Source, Questions] = {
    Source.INSPECTION: _visited("inspection", "From a report that cannot be imported as a file."),
    Source.FOCUSED_VISIT: _visited("focused visit", "From a letter that cannot be imported as a file."),
    Source.MONITORING_VISIT: _visited("monitoring visit", "From a letter that cannot be imported as a file."),
    Source.JTAI: _visited("joint inspection", "From the letter of several inspectorates that cannot be imported."),
    Source.PEER_REVIEW: Questions(
        means="What a peer challenge or a sector-led review advised.",
        document=Question("Which review?", "Say which review", "Such as peer challenge of the front door."),
        dated=Question("Date of its letter or report", "Enter the date of the letter or report"),
        place=_PAGE_IF_ANY,
        said_by=Question("Who said it?", "Say who said it", "The team or the authority that led it, not a person."),
    ),
    Source.COMPLAINT_THEME: Questions(
        means="What several complaints, or the Ombudsman, have in common.",
        document=Question("Which report on complaints?", "Say which report on complaints", "Such as annual report."),
        dated=Question("Date of the report", "Enter the date of the report"),
        place=_PAGE_IF_ANY,
        said_by=Question("Who saw the theme?", "Say who saw the theme", "A role or a team: the complaints manager."),
    ),
    Source.AUDIT_THEME: Questions(
        means="What several case audits have in common.",
        document=Question("Which audits or audit report?", "Say which audits", "Such as quarterly audit report, Q2."),
        dated=Question("Date of the report, or of the last audit", "Enter the date of the report or the last audit"),
        place=_PAGE_IF_ANY,
        said_by=Question("Who saw the theme?", "Say who saw the theme", "A role or a team: the QA team."),
    ),
    Source.OURSELVES: Questions(
        means="What we saw ourselves: in a meeting, in the data, at the front line.",
        document=Question("In which paper or meeting?", hint="Such as performance board."),
        dated=Question("Date of the paper or meeting"),
        place=_PAGE_IF_ANY,
        said_by=Question("Who found it?", "Say who found it", "A role or a team, such as the head of the front door."),
    ),
    Source.STATUTORY_NOTICE: Questions(
        means="What a notice under the law requires: an improvement notice, a direction, a compliance notice.",
        document=Question("Which notice?", "Say which notice", "Its name and number, as they are printed."),
        dated=Question("Served on", "Enter the day on which the notice was served"),
        place=Question(
            "Which requirement of the notice?", "Say which requirement of the notice", "Such as paragraph 3(b)."
        ),
        said_by=Question("Who served it?", "Say who served it", "The department or regulator."),
    ),
    Source.PRACTICE_STANDARD: Questions(
        means="What our own standards or ways of working promise: an anti-racist practice standard is one.",
        document=Question(
            "Which standards or commitments?",
            "Say which standards or commitments",
            "Such as anti-racist practice standards.",
        ),
        dated=Question("Adopted on", "Enter the day on which they were adopted"),
        place=Question("Which standard?", "Say which standard", "Its number or name, such as standard 3."),
        said_by=Question("Who adopted them?", hint="Such as the practice board."),
    ),
}


def missing(source: Source, origin: Origin) -> str:
    """What still has to be said about where an item comes from, as a sentence; empty if nothing is missing.

    >>> missing(Source.STATUTORY_NOTICE, Origin("Improvement notice 7"))
    'Enter the day on which the notice was served.'
    """
    for part, question in QUESTIONS[source]:
        if question.needed and not getattr(origin, part):
            return f"{question.needed}."
    return ""


def why_not_link(url: str) -> str:
    """Why a link may not be kept, in a sentence; empty if it may, or if there is none.

    >>> why_not_link("http://example.org/letter"), why_not_link("https://example.org/letter")
    ('Enter a link that starts with https://.', '')
    """
    if not url:
        return ""
    if len(url) > LONGEST_LINK:
        return f"Use a link of {LONGEST_LINK} characters or fewer."
    if not url.startswith("https://") or any(letter.isspace() or letter in '"<>\\' for letter in url):
        return "Enter a link that starts with https://."
    return "" if _names_a_site(url) else "Enter a whole link, such as https://www.example.gov.uk/letter."


def _names_a_site(url: str) -> bool:
    """Whether it has a host and no name or password in front of it."""
    try:
        parts = urlsplit(url)
        return bool(parts.hostname) and "@" not in parts.netloc and parts.port != 0
    except ValueError:
        return False
