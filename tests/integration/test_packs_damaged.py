"""Whoever verifies a damaged pack is told that it is not the kept file, and not to save it again."""

import io
from datetime import UTC, datetime
from zipfile import ZIP_STORED, ZipFile

import pytest
from flask.testing import FlaskClient

from tests import given
from tracker.packs import commands
from tracker.packs.rules import PackKind
from tracker.people.models import Authority
from tracker.platform import apart

AT = datetime(2026, 11, 20, 9, tzinfo=UTC)


def verified(client: FlaskClient, content: bytes) -> str:
    return client.post("/brent/packs/verify", data={"file": (io.BytesIO(content), "some pack.pdf")}).text


@pytest.mark.any_database
def test_a_damaged_pack_is_not_the_kept_file_and_is_asked_for_again(director: FlaskClient, brent: Authority) -> None:
    given.an_action(item=given.an_item(authority=brent))
    commands.ask(brent, kind=PackKind.IMPROVEMENT_PLAN, by=None, at=AT)
    kept = director.post("/brent/packs/1/download").data
    zipped = io.BytesIO()
    with ZipFile(zipped, "w", ZIP_STORED) as archive:
        archive.writestr("word/document.xml", "Weekly panel")

    halved = zipped.getvalue()[: len(zipped.getvalue()) // 2]
    for damaged in (kept[: len(kept) // 2], kept[:3000] + b"x" * 9000 + kept[12000:], halved):
        page = verified(director, damaged)
        assert "It is not the file that was kept" in page
        assert "download the pack here" in page
        assert "save it again" not in page


def test_a_file_that_stops_what_reads_it_is_told_of_in_the_same_words(
    director: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stops(*asked: object, **limits: object) -> None:
        raise apart.GaveUp("This file stops the program that works on it.")

    monkeypatch.setattr(apart, "call", stops)

    page = verified(director, b"%PDF-1.7 nothing")

    assert "cannot be read as a PDF: it may be damaged. It is not the file that was kept." in page
    assert "stops the program" not in page
