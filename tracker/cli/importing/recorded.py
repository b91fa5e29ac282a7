"""Reports that go into the database: a transaction for each file, so that what is done stays done."""

from collections.abc import Sequence
from pathlib import Path

import structlog
from flask import Flask
from sqlalchemy import make_url

from tracker.application import create_app
from tracker.cli.database import authority, changes
from tracker.cli.importing.files import File
from tracker.cli.importing.refused_before import RefusedBefore
from tracker.cli.importing.told import Became, Told
from tracker.corpus import commands as corpus
from tracker.improvements import importing
from tracker.inspections.reading import Reading, Unreadable, unsure_fields
from tracker.people.models import Authority
from tracker.platform import clock
from tracker.platform.errors import Refused
from tracker.settings import PROJECT

NOT_RECORDED = "It was read, but could not be recorded. The fault is ours, and it is in the log."
log = structlog.get_logger()


class Recorded:
    def __init__(self, slug: str | None) -> None:
        self._app = create_app()
        self._slug = slug
        self._digests: dict[File, str | None] = {}
        with changes(self._app):
            ours = authority(slug)
            self._before = corpus.known_files(ours) | importing.known_files(ours)
            corpus.add_recorded(ours)
        self._refused = RefusedBefore(_folder(self._app) / "refused-reports.jsonl")

    def known(self, files: Sequence[File]) -> dict[File, Told]:
        """What was imported or refused before, or stands in the folder a second time."""
        known: dict[File, Told] = {}
        first: dict[str, File] = {}
        for file in files:
            sha256 = self._digests[file] = file.sha256()
            told = self._told_before(file, sha256)
            if told is None and sha256 is not None and first.setdefault(sha256, file) is not file:
                told = Told(file.name, Became.SAME, f"The same file as {first[sha256].name}.")
            if told is not None:
                known[file] = told
        return known

    def take(self, file: File, outcome: Reading | Unreadable) -> Told:
        """Never raises: what goes wrong with one file is told of it, and the next one is taken."""
        if isinstance(outcome, Unreadable):
            self._refused.add(self._digests.get(file), str(outcome))
            return Told(file.name, Became.REFUSED, str(outcome))
        try:
            with changes(self._app):
                return _handed_on(authority(self._slug), file, outcome)
        except Refused as refused:
            return Told(file.name, Became.REFUSED, str(refused))
        except Exception:  # as a job, this is an edge: one file, and hundreds that wait behind it
            log.exception("report not recorded", file=file.name)
            return Told(file.name, Became.REFUSED, NOT_RECORDED)

    def _told_before(self, file: File, sha256: str | None) -> Told | None:
        if sha256 in self._before:
            return Told(file.name, Became.KNOWN, self._before[sha256])
        if sha256 in self._refused.sentences:
            return Told(file.name, Became.REFUSED, self._refused.sentences[sha256])
        return None


def _handed_on(ours: Authority, file: File, reading: Reading) -> Told:
    """Every reading comes by here, each in a transaction of its own."""
    unsure = unsure_fields(reading)
    if not importing.is_about(ours, reading):
        return _searchable(ours, file, reading)
    taken = importing.take_in(ours, file.path, reading, today=clock.today())
    if taken.inspection is not None:
        return Told(file.name, Became.RECORDED, f"Recorded as {taken.inspection.reference}.")
    return Told(file.name, Became.TO_CHECK, taken.waits, unsure)


def _searchable(ours: Authority, file: File, reading: Reading) -> Told:
    """A report about another authority is never recorded as ours: it is published, so it can be searched."""
    kept = corpus.take_in(ours, file.path, reading)
    if kept.doubtful is not None:
        return Told(file.name, Became.TO_CHECK, kept.sentence, unsure_fields(reading))
    return Told(file.name, Became.TO_SEARCH, kept.sentence)


def _folder(app: Flask) -> Path:
    """Where what need not be backed up is kept: beside an SQLite database, or where one would be."""
    url = make_url(str(app.config["SQLALCHEMY_DATABASE_URI"]))
    beside = url.get_backend_name() == "sqlite" and url.database and url.database != ":memory:"
    return Path(url.database).parent if beside and url.database else PROJECT / "var"
