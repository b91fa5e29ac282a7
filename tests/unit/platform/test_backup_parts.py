"""What backups are made of, without a database: sealed files, archives, and rows as what they say."""

import io
import tarfile
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import Column, Interval, MetaData, Numeric, String, Table

import tracker.application  # noqa: F401  # every table
from tracker.platform.backup import archive, sealing
from tracker.platform.backup.rows import Shape, kind_of
from tracker.platform.db import db
from tracker.platform.errors import Refused

pytestmark = pytest.mark.any_database
PLAIN = b"what people wrote " * 20_000


@pytest.fixture
def keys(tmp_path: Path) -> tuple[str, sealing.SecretKey]:
    public, kept = sealing.new_key("")
    (tmp_path / "key").write_bytes(kept)
    return public, sealing.secret_key(tmp_path / "key", "")


def sealed_for(public: str, at: Path) -> Path:
    with at.open("wb") as to:
        sealing.seal((PLAIN[start : start + 7_777] for start in range(0, len(PLAIN), 7_777)), to, [public])
    return at


def plain(file: Path, key: sealing.SecretKey) -> bytes:
    with sealing.opened(file, key) as sealed:
        found = sealed.stream.read()
        sealed.finish()
    return found


def test_what_is_sealed_is_opened_by_its_key_and_cannot_be_read_without(
    tmp_path: Path, keys: tuple[str, sealing.SecretKey]
) -> None:
    file = sealed_for(keys[0], tmp_path / "sealed")

    assert plain(file, keys[1]) == PLAIN
    assert b"what people wrote" not in file.read_bytes()


def changed_in_the_middle(content: bytes) -> bytes:
    return content[:100_000] + bytes([content[100_000] ^ 1]) + content[100_001:]


def two_pieces_changed_about(content: bytes) -> bytes:
    """age seals pieces of 64 KB and 16 bytes, after a beginning that ends with 16 bytes of its own."""
    start = content.index(b"\n", content.index(b"\n---") + 1) + 17
    size = 65_536 + 16
    first, second = content[start : start + size], content[start + size : start + 2 * size]
    return content[:start] + second + first + content[start + 2 * size :]


@pytest.mark.parametrize(
    "harm",
    [
        changed_in_the_middle,
        two_pieces_changed_about,
        lambda content: content[:-1],
        lambda content: content[:-70_000],
        lambda content: content[:150],
        lambda content: content + b"more",
        lambda content: content[:60] + bytes([content[60] ^ 1]) + content[61:],
    ],
)
def test_a_file_that_was_altered_or_cut_anywhere_is_refused(
    tmp_path: Path, keys: tuple[str, sealing.SecretKey], harm: Callable[[bytes], bytes]
) -> None:
    file = sealed_for(keys[0], tmp_path / "sealed")
    file.write_bytes(harm(file.read_bytes()))

    with pytest.raises(Refused, match=r"damaged|does not open"):
        plain(file, keys[1])


def test_a_file_of_another_kind_is_no_backup(tmp_path: Path, keys: tuple[str, sealing.SecretKey]) -> None:
    (tmp_path / "minutes").write_bytes(b"Minutes of the board")

    with pytest.raises(Refused, match="is no backup"):
        plain(tmp_path / "minutes", keys[1])


def test_another_key_does_not_open_it(tmp_path: Path, keys: tuple[str, sealing.SecretKey]) -> None:
    other, _kept = sealing.new_key("")

    with pytest.raises(Refused, match="key does not open this backup"):
        plain(sealed_for(other, tmp_path / "sealed"), keys[1])


def test_a_key_with_a_passphrase_is_opened_by_that_alone(tmp_path: Path) -> None:
    public, kept = sealing.new_key("copper kettle lantern")
    (tmp_path / "key").write_bytes(kept)
    assert sealing.is_locked(tmp_path / "key")
    assert b"SECRET" not in kept

    with pytest.raises(Refused, match="passphrase does not open the key"):
        sealing.secret_key(tmp_path / "key", "copper kettle")
    key = sealing.secret_key(tmp_path / "key", "copper kettle lantern")

    assert plain(sealed_for(public, tmp_path / "sealed"), key) == PLAIN


def test_a_fault_of_what_is_sealed_comes_out_as_itself() -> None:
    def broken() -> object:
        yield b"one"
        raise Refused("The store did not answer")

    with pytest.raises(Refused, match="The store did not answer"):
        sealing.seal(broken(), io.BytesIO(), [sealing.new_key("")[0]])  # type: ignore[arg-type]  # a generator


def test_an_archive_is_a_tar_file_that_others_read() -> None:
    whole = b"".join([*archive.member("about.json", 2, [b"{}"], at=0), *archive.member("a/b", 600, [b"x" * 600], at=0)])

    with tarfile.open(fileobj=io.BytesIO(whole + archive.END)) as found:
        assert found.getnames() == ["about.json", "a/b"]
    assert [(one.name, len(one.whole())) for one in archive.members(io.BytesIO(whole + archive.END))] == [
        ("about.json", 2),
        ("a/b", 600),
    ]


@pytest.mark.parametrize("pieces", [[b"one"], [b"one", b"two", b"three"]])
def test_a_file_that_changes_while_it_is_read_is_not_taken_for_whole(pieces: list[bytes]) -> None:
    with pytest.raises(Refused, match="changed while it was read"):
        list(archive.member("files/ab", 6, pieces, at=0))


def test_an_archive_that_ends_early_is_told_of() -> None:
    whole = b"".join(archive.member("a", 600, [b"x" * 600], at=0))

    with pytest.raises(Refused, match="ends before it should"):
        [one.whole() for one in archive.members(io.BytesIO(whole[:700]))]


def test_every_column_of_every_table_can_be_kept() -> None:
    kinds = {kind_of(column).name for table in db.metadata.sorted_tables for column in table.columns}

    assert {"key", "text", "whole number", "day", "moment", "json", "truth", "decimal", "float", "time of day"} <= kinds


def test_a_kind_that_backups_do_not_hold_is_told_of_by_name() -> None:
    with pytest.raises(LookupError, match=r"audit\.took: backups hold no Interval"):
        kind_of(Table("audit", MetaData(), Column("took", Interval())).c.took)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("key", UUID(int=7)),
        ("text", "Überprüft: “yes”\n\u2028 and\ttabs"),
        ("whole number", 2**62),
        ("truth", False),
        ("day", date(2026, 2, 28)),
        ("moment", datetime(2026, 2, 28, 9, 30, 0, 123_456)),  # noqa: DTZ001  # as it lies in a database: in UTC
        ("decimal", Decimal("12.3400")),
        ("float", 0.1 + 0.2),
        ("json", '{"b": [1, null], "a": "é"}'),
        ("bytes", b"\x00\xff"),
        ("text", None),
        ("json", None),
    ],
)
def test_a_value_comes_back_as_it_went(kind: str, value: object) -> None:
    shape = Shape("kept", (("it", kind, ()),))

    assert shape.rows(shape.lines([(value,), (value,)])) == [{"it": value}, {"it": value}]


def test_a_table_is_described_so_that_another_version_can_read_it() -> None:
    table = Table("measure", MetaData(), Column("name", String(60)), Column("value", Numeric(14, 4)))
    shape = Shape.of(table)

    assert Shape.read(shape.told()) == shape
    assert (shape.table().c.value.type.precision, shape.table().c.value.type.scale) == (14, 4)  # type: ignore[attr-defined]
