"""The history in sentences: every table and every column has a word, and no value of the code is shown as it is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlalchemy import Enum
from sqlalchemy.orm import Mapper
from sqlalchemy.sql.elements import NamedColumn

import tracker.application  # every table is known once this is  # noqa: F401
from tracker.platform.db import Model
from tracker.web.happened import called, happened, name_of, value_of
from tracker.web.happened_words import FIELDS, KINDS


@dataclass
class Told:
    reference: str = ""
    thing_kind: str = "pack_set"
    what: str = "changed"
    changes: dict[str, Any] = field(default_factory=dict)


def recorded() -> Iterator[tuple[Mapper[Any], NamedColumn[Any], str]]:
    for mapper in Model.registry.mappers:
        if mapper.class_.__history__:
            for attribute in mapper.column_attrs:
                column = attribute.columns[0]
                if column.info.get("history", True) and attribute.key != "id":
                    yield mapper, column, attribute.key


def test_every_kind_of_thing_has_a_word_or_a_reference() -> None:
    nameless = {
        mapper.class_.__tablename__
        for mapper, _, _ in recorded()
        if not hasattr(mapper.class_, "reference") and mapper.class_.__tablename__ not in KINDS
    }

    assert nameless == set()


def test_every_column_that_the_history_tells_of_has_a_word() -> None:
    ends = re.compile(r"(?:^|[ ])(?:id|sha256|code|at|on|by|of)$|_")

    unsaid = {key: name_of(key) for _, _, key in recorded() if key not in FIELDS}
    assert {key: name for key, name in unsaid.items() if ends.search(name)} == {}
    assert [name for name in FIELDS.values() if "_" in name] == []


def test_words_are_kept_only_for_columns_that_are_there() -> None:
    keys = {key for _, _, key in recorded()}

    assert set(FIELDS) - keys == set()


def test_no_value_of_the_code_is_shown_as_it_is() -> None:
    values = {
        value
        for _, column, _ in recorded()
        if isinstance(column.type, Enum) and column.type.enum_class
        for value in (member.value for member in column.type.enum_class)
    }

    assert len(values) > 50
    assert {value for value in values if "_" in value_of(value)} == set()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"years": [None, '{"data": 3}']}, "Set of packs: years that are kept added."),
        ({"file_sha256": ["", "ab" * 32]}, "Set of packs: file added."),
        ({"role": ["qa_officer", "head_of_service"]}, "Set of packs: role QA officer to head of service."),
        (
            {"answered_at": [None, "2026-11-20 09:30:00+00:00"]},
            "Set of packs: when it was answered 20 November 2026 at 09:30.",
        ),
        ({"key": [None, "0f8fad5b-d9cb-469f-a165-70867728950e"]}, "Set of packs: place added."),
    ],
)
def test_nothing_for_machines_is_told(changes: dict[str, Any], sentence: str) -> None:
    assert happened(Told(changes=changes)).startswith(sentence.rstrip("."))


@pytest.mark.parametrize(
    ("reference", "changes", "sentence"),
    [
        ("H-6", {"handed_at": [None, "2026-12-01 09:30:00+00:00"]}, "H-6 handed over."),
        ("H-6", {"handed_at": ["2026-12-01 09:30:00+00:00", "2026-12-02 10:00:00+00:00"]}, "H-6 handed over again."),
        (
            "H-6",
            {"withdrawn_at": [None, "2026-12-01 09:30:00+00:00"], "withdrawn_because": ["", "No"]},
            "H-6 withdrawn.",
        ),
        ("N-2", {"closed_at": [None, "2026-12-01 09:30:00+00:00"]}, "N-2 closed."),
        ("N-2", {"closed_at": ["2026-12-01 09:30:00+00:00", None]}, "N-2 opened again."),
        (
            "H-6, file E-1",
            {"looked_by_id": [None, "0f8f"], "looked_at": [None, "2026-12-01"]},
            "H-6, file E-1 had its second look.",
        ),
        ("H-6, file E-1", {"handing_id": [None, "0f8f"]}, "H-6, file E-1 handed over."),
        ("Rotas", {"ready_on": [None, "2026-12-01"], "ready_by_id": [None, "0f8f"]}, "Rotas ready."),
    ],
)
def test_what_was_done_in_a_week_is_told_as_people_say_it(
    reference: str, changes: dict[str, Any], sentence: str
) -> None:
    assert happened(Told(reference=reference, changes=changes)) == sentence


def test_how_a_thing_began_is_told_in_its_own_word() -> None:
    assert happened(Told(what="added")) == "Set of packs asked for."
    assert happened(Told(reference="F-2", thing_kind="finding", what="added")) == "F-2 raised."


def test_what_has_no_reference_says_which_one_was_added() -> None:
    role = {"authority_id": [None, "0f8f"], "job_title": [None, "Auditor"], "role": [None, "qa_officer"]}
    assert happened(Told(thing_kind="membership", what="added", changes=role)) == "Role of a person added: QA officer."
    team = {"name": [None, "Assessment North"]}
    assert happened(Told(thing_kind="team", what="added", changes=team)) == "Team added: Assessment North."
    assert happened(Told(thing_kind="team", what="added", changes={"name": [None, "x" * 200]})) == "Team added."
    assert called("action") == "Action"
