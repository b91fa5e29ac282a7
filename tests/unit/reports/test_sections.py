"""Packs laid out in sections: the same whichever way they come about, whole to a listener, and nothing made twice."""

import io
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from reports import build, making, printed, shelf, splitting
from reports.contents import PackContents
from reports.look import Look
from reports.made import CannotBuild, Part
from reports.shelf import Shelf
from reports.splitting import Section
from reports.team import Team
from tests.unit.reports import sample
from tests.unit.reports.test_build import elements


class Counting(build.Here):
    """Remembers what it was asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def ask(self, name: int, source: str, anchors: Sequence[str] = ()) -> None:
        self.asked.append(source)
        super().ask(name, source, anchors)


@pytest.fixture(scope="module")
def contents() -> PackContents:
    """A plan whose tables are cut, as those of a long one are."""
    return sample.improvement_plan()


@pytest.fixture(scope="module", autouse=True)
def _short_sections() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(splitting, "LONGEST", 7_000)
        yield


@pytest.fixture(scope="module")
def made(contents: PackContents) -> bytes:
    return build.pdf(contents)


def sections(contents: PackContents) -> Sequence[Section]:
    return splitting.split(printed.source(contents, digest=contents.digest()), digits=2)


def pages(made: bytes) -> list[str]:
    return [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(made)]


def test_what_is_cut_is_one_to_a_listener(contents: PackContents, made: bytes) -> None:
    source = printed.source(contents, digest="")
    document = pikepdf.open(io.BytesIO(made))
    tags = {"Table": "<table", "THead": "<thead", "TR": "<tr", "Sect": "<section", "Part": "<main"}

    assert any("<table data-goes-on>" in one.source for one in sections(contents))
    for element, tag in tags.items():
        assert len(elements(document, element)) == source.count(tag), element
    owners = document.Root.StructTreeRoot.ParentTree.Nums
    assert [int(number) for number in list(owners)[::2]] == list(range(len(owners) // 2))


def test_two_processes_and_what_was_kept_make_the_same_bytes(
    contents: PackContents, made: bytes, tmp_path: Path
) -> None:
    team, kept, told = Team(2, 4 * 1024**3), Shelf(tmp_path / "kept"), list[int]()
    try:
        first = making.document(contents, by=team, shelf=kept, told=told.append)
    finally:
        team.end()
    one = Counting()
    anew = making.document(replace(contents, version="the next"), by=one, shelf=kept)
    two = Counting()
    again = making.document(contents, by=two, shelf=kept)

    assert first.file == again.file == made
    assert two.asked == []
    assert told == sorted(told)
    assert told[-1] == len(contents.chapters)
    assert len(one.asked) == 3  # the cover, what is on every page, and the annex that says the hash
    assert "the next" in pages(anew.file)[0]


def test_a_page_is_named_by_its_number_wherever_it_comes_to_stand(contents: PackContents, made: bytes) -> None:
    texts = pages(made)
    listed = next(text for text in texts if "Contents" in text.splitlines()[-1] or "\nContents" in text)
    title = contents.chapters[1].title
    *_, place = (number for number, text in enumerate(texts, 1) if re.search(rf"^2 {title}", text, re.MULTILINE))

    assert re.search(rf"{title}[ .]+{place}\b", listed)
    assert all(f"Page {number} of {len(texts)}" in text for number, text in enumerate(texts[1:], 2))


def test_a_point_that_begins_with_a_reference_is_no_line_of_the_list_of_contents() -> None:
    one = replace(sample.not_yet_sure().entries[0], points=("S-11 says more than audits.", "No."))
    unsure = replace(sample.not_yet_sure(), entries=(one,))
    chapters = tuple(unsure if one.chapter == unsure.chapter else one for one in sample.self_evaluation().chapters)

    text = " ".join("\n".join(pages(build.pdf(replace(sample.self_evaluation(), chapters=chapters)))).split())

    assert "S-11 says more than audits." in text


def test_a_watermark_stands_once_on_each_page() -> None:
    marked = replace(sample.self_evaluation(), look=Look(profile="Board", watermark="NOT YET"))

    for text in pages(build.pdf(marked))[1:]:
        assert text.count("NOT YET") == 1, text


def test_what_is_kept_leaves_by_age_and_by_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept, part = Shelf(tmp_path), Part(file=b"x" * 1000, pages=1, anchors={}, bookmarks=[], blanks=[])
    for number, name in enumerate("abc"):
        kept.keep_part(name, part)
        (new,) = [path for path in tmp_path.iterdir() if path.stat().st_mtime > 10]
        os.utime(new, (number + 1, number + 1))
    monkeypatch.setattr(shelf, "time", lambda: 3.0)
    monkeypatch.setattr(shelf, "MOST", 2500)

    assert kept.part("b") == part  # asked for last
    kept.tidy()
    assert (kept.part("a"), kept.part("b"), kept.part("c")) == (None, part, part)
    monkeypatch.setattr(shelf, "time", lambda: 1e12)
    kept.tidy()
    assert list(tmp_path.iterdir()) == []


def test_what_is_damaged_on_disk_is_made_again(tmp_path: Path) -> None:
    kept = Shelf(tmp_path)
    kept.keep_whole("digest", b"file", 3)
    assert kept.whole("digest") == (b"file", 3)

    (file,) = tmp_path.iterdir()
    file.write_bytes(file.read_bytes()[:-1] + b"E")

    assert kept.whole("digest") is None


def test_a_process_that_ends_is_told_in_words() -> None:
    team = Team(1, 64 * 1024**2)  # not enough to start in

    team.ask(0, "<p>anything</p>")
    with pytest.raises(CannotBuild, match="stopped"):
        team.answer(lambda chapter: None)
    team.end()
