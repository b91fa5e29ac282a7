"""Zips and folders that mean harm are refused before anything of them is unpacked."""

import contextlib
import io
import os
import stat
import struct
import zipfile
from pathlib import Path
from typing import BinaryIO

import pytest

from tests.given_imports import a_pdf, a_zip, with_name
from tracker.evidence.importing import sources
from tracker.evidence.importing.sources import FolderSource, ZipSource
from tracker.platform.errors import Refused

LARGEST = 20 * 1024 * 1024


def refused(stream: BinaryIO, why: str) -> None:
    with pytest.raises(Refused, match=why):
        ZipSource(stream, largest=LARGEST)


def a_member(name: str, held: bytes = b"words", **told: int) -> BinaryIO:
    """A zip with one file, of which the zip tells this."""
    content, member = io.BytesIO(), zipfile.ZipInfo(name)
    for key, value in told.items():
        setattr(member, key, value)
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr(member, held)
    content.seek(0)
    return content


def test_an_honest_zip_gives_its_files_and_nothing_that_systems_left_in_it() -> None:
    source = ZipSource(a_zip({"Visits/a.pdf": a_pdf(), "__MACOSX/._a.pdf": b"x", "Thumbs.db": b"x"}), largest=LARGEST)

    assert source.names == ["Visits/a.pdf"]
    with source.open("Visits/a.pdf") as file:
        assert file.read() == a_pdf()


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("../evil.pdf", "leads to another folder"),
        ("a/../../evil.pdf", "leads to another folder"),
        ("a//b.pdf", "leads to another folder"),
        ("/etc/passwd", "top of a disk"),
        ("C:/evil.pdf", "begins at a drive"),
        ("a\\..\\evil.pdf", "backslash"),
        ("evil\n.pdf", "no name may hold"),
        ("x" * 500, "too long"),
    ],
)
def test_a_name_that_could_lead_elsewhere_is_refused(name: str, why: str) -> None:
    refused(a_member(name), why)


def test_a_name_that_ends_early_at_a_nul_is_refused() -> None:
    refused(with_name(a_zip({"evil_.pdf": a_pdf()}), b"evil_.pdf", b"evil\0.pdf"), "no name may hold")


def test_two_names_that_differ_in_capitals_are_refused() -> None:
    refused(a_zip({"A.pdf": a_pdf(), "a.PDF": a_pdf(1)}), "differ in capitals only")


def test_one_name_twice_is_refused() -> None:
    refused(with_name(a_zip({"a.pdf": a_pdf(), "b.pdf": a_pdf(1)}), b"b.pdf", b"a.pdf"), "is in it twice")


def test_a_name_in_an_alphabet_that_nobody_told_is_refused() -> None:
    refused(with_name(a_zip({"caf_.pdf": a_pdf()}), b"caf_", b"caf\x82"), "not written in UTF-8")


def test_a_mac_writes_utf_8_without_saying_so() -> None:
    source = ZipSource(with_name(a_zip({"caf__.pdf": a_pdf()}), b"caf__", "café".encode()), largest=LARGEST)

    assert source.names == ["café.pdf"]


def test_a_link_to_another_file_is_refused() -> None:
    refused(a_member("link.pdf", external_attr=(stat.S_IFLNK | 0o777) << 16), "is a link")


def test_a_file_with_a_password_is_refused() -> None:
    content = bytearray(a_member("secret.pdf").read())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + place] |= 1

    refused(io.BytesIO(bytes(content)), "protected by a password")


def test_a_file_packed_in_an_unusual_way_is_refused() -> None:
    refused(a_member("a.pdf", compress_type=zipfile.ZIP_LZMA), "do not read")


def test_more_files_than_may_be_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "MOST_FILES", 2)

    refused(a_zip({f"{number}.pdf": b"x" for number in range(3)}), "There are 3 files")


def test_a_file_that_is_too_large_is_refused() -> None:
    with pytest.raises(Refused, match="is larger than 1 MB"):
        ZipSource(a_zip({"a.txt": os.urandom(1024 * 1024 + 1)}), largest=1024 * 1024)


def test_too_much_together_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "LARGEST_TOGETHER", 1_000)

    refused(a_zip({"a.txt": bytes(600), "b.txt": bytes(600)}), "together")


def test_a_file_that_unpacks_to_a_thousand_times_its_size_is_refused() -> None:
    refused(a_zip({"bomb.txt": bytes(12 * 1024 * 1024)}), "far more than it can rightly hold")


def test_files_that_share_their_bytes_are_refused() -> None:
    """As in the bomb of David Fifield: many entries of the list lead to one packed file."""
    content = a_zip({"a.txt": os.urandom(300), "b.txt": os.urandom(300)}, packed=False).read()
    second = content.rindex(b"PK\x01\x02")
    overlapping = content[: second + 42] + struct.pack("<L", 0) + content[second + 46 :]

    refused(io.BytesIO(overlapping), "lie over one another")


def test_a_file_that_lies_about_its_size_is_refused_when_it_is_opened() -> None:
    content = bytearray(a_zip({"a.txt": bytes(5_000)}).read())
    listed = content.index(b"PK\x01\x02")
    content[listed + 24 : listed + 28] = struct.pack("<L", 100)
    source = ZipSource(io.BytesIO(bytes(content)), largest=LARGEST)

    with pytest.raises(Refused, match="is not as large as it says"):
        source.open("a.txt")


def test_a_zip_that_is_cut_off_is_refused() -> None:
    refused(io.BytesIO(a_zip({"a.pdf": a_pdf()}).read()[:-30]), "cut off or damaged")
    refused(io.BytesIO(b"no zip at all"), "cut off or damaged")


def test_a_zip_with_any_byte_changed_is_read_or_refused() -> None:
    honest = a_zip({"a.pdf": a_pdf(), "b/c.txt": b"words " * 40}).read()

    for place in range(len(honest)):
        changed = bytearray(honest)
        changed[place] ^= 0xFF
        with contextlib.suppress(Refused):
            source = ZipSource(io.BytesIO(bytes(changed)), largest=LARGEST)
            for name in source.names:
                source.open(name).close()


def test_a_folder_gives_what_is_below_it(tmp_path: Path) -> None:
    (tmp_path / "Visits").mkdir()
    (tmp_path / "Visits" / "a.pdf").write_bytes(a_pdf())

    source = FolderSource(tmp_path, largest=LARGEST)

    assert source.names == ["Visits/a.pdf"]
    with source.open("Visits/a.pdf") as file:
        assert file.read() == a_pdf()


def test_a_folder_with_a_link_out_of_it_is_refused(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.pdf").symlink_to("/etc/passwd")

    with pytest.raises(Refused, match="is a link"):
        FolderSource(tmp_path / "in", largest=LARGEST)
