"""What the API says of a search: names, types and meaning of every field."""

from datetime import date

from pydantic import BaseModel

from tracker.search.results import Result, ResultsPage


class ResultOut(BaseModel):
    reference: str
    """E-231; empty for a self-grade, which has none."""
    kind: str
    title: str
    url: str
    """Where it is read, from the root of this service."""
    excerpt: str
    place: str
    """Where in its file, as people say it; empty for its own words."""
    dated: date | None
    areas: list[str]
    strength: str
    """Of evidence."""
    sensitive: bool
    withdrawn: bool


class SearchOut(BaseModel):
    asked: str
    every_word: bool
    """Whether all results have every word; else they have some of them."""
    perhaps: str
    """What was perhaps meant, where nothing at all was found."""
    total: int
    page: int
    pages: int
    results: list[ResultOut]


def search(page: ResultsPage) -> SearchOut:
    return SearchOut(
        asked=page.text,
        every_word=not page.some,
        perhaps=page.instead,
        total=page.rows.total,
        page=page.rows.number,
        pages=page.rows.pages,
        results=[_result(one) for one in page.rows.rows],
    )


def _result(one: Result) -> ResultOut:
    return ResultOut(
        reference=one.reference,
        kind=one.kind,
        title=one.title.striptags(),
        url=one.url,
        excerpt=one.excerpt.striptags(),
        place=one.place,
        dated=one.dated,
        areas=list(one.areas),
        strength=one.strength,
        sensitive=one.sensitive,
        withdrawn=one.withdrawn,
    )
