"""Evidence stands where its links lead it, whoever does it at once; made anew, what was wrong is put right."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from threading import Barrier
from uuid import UUID

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import downgrade, upgrade
from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from tests import given, given_evidence
from tests.given_places import followed, kept, places_of
from tests.queries_counted import at_most
from tracker import cli
from tracker.application import create_app
from tracker.evidence import commands, queries
from tracker.evidence.models import Evidence, EvidenceLink
from tracker.evidence.placing.commands import not_placed, place
from tracker.evidence.placing.models import PlacedBy, evidence_place
from tracker.frameworks.queries import library
from tracker.improvements.mapping import commands as mapping
from tracker.improvements.models import ImprovementItem, Mapping
from tracker.improvements.rules import MappedTo
from tracker.people.models import Authority
from tracker.platform.db import db

TODAY = date(2026, 11, 20)


def test_a_piece_stands_under_what_it_is_linked_to_and_under_the_areas_of_its_themes(brent: Authority) -> None:
    item = given.an_item()
    mapping.add_by_hand(item, to=MappedTo.THEME, by=None, code="LD08")
    evidence = given_evidence.evidence(area_code="help_protection", theme_code="HP11")
    assert places_of(evidence) == {("area", "help_protection"), ("theme", "HP11")}

    commands.link_to_action(evidence, action=given.an_action(item=item))

    assert places_of(evidence) >= {("theme", "LD08"), ("area", "leadership")}
    assert kept(brent) == followed(brent)


def test_a_mapping_that_is_no_longer_confirmed_leads_nowhere(brent: Authority) -> None:
    item = given.an_item()
    evidence = given_evidence.evidence(item=item)
    tie = mapping.add_by_hand(item, to=MappedTo.AREA, by=None, code="leadership")
    assert places_of(evidence) == {("area", "leadership")}

    mapping.undo(tie)

    assert places_of(evidence) == set()


def test_a_mapping_that_is_taken_away_leads_nowhere(brent: Authority) -> None:
    item = given.an_item()
    evidence = given_evidence.evidence(item=item)
    tie = mapping.add_by_hand(item, to=MappedTo.AREA, by=None, code="leadership")
    db.session.flush()

    item.mappings.remove(tie)
    db.session.delete(tie)

    assert places_of(evidence) == set()


def test_what_was_withdrawn_is_counted_nowhere_and_still_found_by_its_place(
    brent: Authority, head_of_service: FlaskClient
) -> None:
    evidence = given_evidence.evidence(theme_code="HP11", title="Tracker of week 46")

    commands.withdraw(evidence, version=evidence.version, reason="Counted twice", on=TODAY)
    db.session.commit()

    assert queries.counts_by_theme(brent, TODAY) == {}
    assert "Tracker of week 46" not in head_of_service.get("/brent/evidence?theme=HP11").text
    assert "Tracker of week 46" in head_of_service.get("/brent/evidence?theme=HP11&show=withdrawn").text


def test_evidence_that_is_deleted_stands_nowhere(brent: Authority) -> None:
    evidence = given_evidence.evidence(theme_code="HP11")
    for thing in (*evidence.links, evidence):
        db.session.delete(thing)

    assert kept(brent) == set()


def test_a_link_costs_a_turn_and_a_statement_and_what_leads_nowhere_nothing(brent: Authority) -> None:
    evidence, item = given_evidence.evidence(theme_code="HP11"), given.an_item()
    link = EvidenceLink(authority=brent, item=item)

    with at_most(8) as sent:
        evidence.links.append(link)
        db.session.flush()
    assert len([one for one in sent if "evidence_place" in one]) == 1

    evidence.title, link.shows_there = "PLO tracker of week 46", "Dates are complete"
    mapping.suggest(item, today=TODAY)
    with at_most(20) as sent:
        db.session.flush()
    assert not [one for one in sent if "evidence_place" in one]


def test_an_area_means_the_same_themes_in_every_framework_so_that_one_place_under_it_holds_for_all() -> None:
    by_area: dict[str, set[tuple[str, ...]]] = {}
    for framework in library().frameworks.values():
        for area in framework.judged_areas:
            by_area.setdefault(area.code, set()).add(tuple(sorted(theme.code for theme in area.themes)))

    assert {code: len(lists) for code, lists in by_area.items() if len(lists) > 1} == {}


# Made anew --------------------------------------------------------------------------------------------------------


def test_places_that_were_changed_behind_the_applications_back_are_put_right_and_counted(brent: Authority) -> None:
    evidence = given_evidence.evidence(area_code="leadership", theme_code="HP11")
    given_evidence.evidence(theme_code="HP12")
    right = kept(brent)
    db.session.execute(delete(evidence_place).where(evidence_place.c.code == "HP12"))
    db.session.execute(update(evidence_place).where(evidence_place.c.code == "HP11").values(stale_on=TODAY))
    db.session.execute(update(evidence_place).where(evidence_place.c.code == "leadership").values(code="adoption"))
    assert ("area", "adoption") in places_of(evidence)

    first, second = place(brent), place(brent)

    assert (first.places, first.wrong, second.wrong) == (5, 4, 0)
    assert kept(brent) == right == followed(brent)


def test_nothing_of_another_authority_is_placed_or_touched(brent: Authority) -> None:
    barnet = given.an_authority(slug="barnet", name="Barnet")
    given_evidence.evidence(authority=barnet, theme_code="HP11", item=given.an_item(authority=barnet))
    theirs = kept(barnet)

    assert place(brent).places == 0
    assert kept(barnet) == theirs != set()


def test_who_was_placed_by_other_lists_of_themes_is_found_until_placed_anew(session: Session, brent: Authority) -> None:
    given.an_authority(slug="barnet", name="Barnet")
    given_evidence.evidence(theme_code="HP11")
    assert not_placed() == [brent]

    place(brent)
    assert not_placed() == []

    session.execute(update(PlacedBy).values(themes="others"))
    assert not_placed() == [brent]


def test_migrating_places_the_evidence_that_was_there_before(
    in_a_file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRACKER_SECRET_KEY", "a key for tests only")
    monkeypatch.setenv("TRACKER_DATABASE_URL", in_a_file)
    monkeypatch.setenv("TRACKER_STORAGE_URL", f"file://{tmp_path}")
    with create_app().app_context():
        upgrade()
        piece = given_evidence.evidence(theme_code="HP11", item=given.an_item()).id
        brent = given.an_authority()
        right = kept(brent)
        db.session.commit()
        db.session.remove()
        downgrade(revision="0014")
        db.engine.dispose()

    first, second = (CliRunner().invoke(cli.tracker, ["migrate"]) for _ in range(2))

    assert (first.exit_code, second.exit_code) == (0, 0), first.output + second.output
    assert "Finding where the evidence of Brent stands" in first.stdout
    assert "Brent" not in second.stdout
    with create_app().app_context():
        brent = given.an_authority()
        assert kept(brent) == right
        assert {row[:3] for row in right} == {(piece, "theme", "HP11"), (piece, "area", "help_protection")}
        db.session.remove()
        db.engine.dispose()


# Two at once ------------------------------------------------------------------------------------------------------


def test_who_links_evidence_while_another_confirms_a_mapping_leaves_it_where_both_lead(shared: Flask) -> None:
    brent = given.an_authority()
    items = [given.an_item(title=f"Item {number}") for number in range(4)]
    pieces = [given_evidence.evidence() for _ in items]
    ties = [
        given.stored(Mapping(item=item, to=MappedTo.THEME, code="HP11", rank=1, score=0.5, reason="")) for item in items
    ]
    work: list[Callable[[], object]] = [
        *(lambda piece=piece.id, item=item.id: link(piece, item) for piece, item in zip(pieces, items, strict=True)),
        *(lambda tie=tie.id: mapping.confirm(db.session.get_one(Mapping, tie), by=None) for tie in ties),
    ]
    db.session.commit()
    barrier = Barrier(len(work))

    def at_once(each: Callable[[], object]) -> None:
        with shared.app_context(), shared.test_request_context(method="POST"):
            barrier.wait()
            each()
            db.session.commit()
            db.session.remove()

    with ThreadPoolExecutor(len(work)) as pool:
        list(pool.map(at_once, work))

    assert {row[0] for row in kept(brent)} == {piece.id for piece in pieces}
    assert kept(brent) == followed(brent)
    assert place(brent).wrong == 0


def link(piece: UUID, item: UUID) -> None:
    commands.link_to_item(db.session.get_one(Evidence, piece), item=db.session.get_one(ImprovementItem, item))
