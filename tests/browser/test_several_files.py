"""Several files added in a browser: chosen, sent one by one, refused with a sentence, described, in the register."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import HEAD_OF_SERVICE

pytestmark = pytest.mark.browser

DROP = """(box) => {
  const files = new DataTransfer();
  files.items.add(new File(["month,late\\nJune,5\\n"], "dropped.csv"));
  box.dispatchEvent(new DragEvent("drop", { dataTransfer: files, bubbles: true, cancelable: true }));
}"""


def test_files_are_chosen_or_dropped_and_each_says_what_became_of_it(
    visit: Callable[..., Page], tmp_path: Path
) -> None:
    (tmp_path / "figures.csv").write_bytes(b"month,late\nMay,7\n")
    (tmp_path / "plan.pdf").write_bytes(b"MZ\x90" + bytes(300))
    page = visit(HEAD_OF_SERVICE)
    page.goto("/brent/evidence/several")

    page.get_by_label("Files", exact=True).set_input_files([tmp_path / "plan.pdf", tmp_path / "figures.csv"])
    page.get_by_role("button", name="Add these files").click()

    lines = page.get_by_role("list", name="What became of each file").get_by_role("listitem")
    expect(lines.nth(1)).to_contain_text("Added, 17 bytes")
    expect(lines.nth(0)).to_contain_text("Not added. The file is of the kind .exe")
    expect(page.get_by_role("status")).to_have_text("1 file added. 1 file not added: the list says why.")
    page.locator("[data-several]").evaluate(DROP)
    expect(lines.nth(2)).to_contain_text("Added, 18 bytes")
    page.get_by_role("link", name="Say what each of them shows").click()
    expect(page.get_by_role("group", name="dropped.csv")).to_be_visible()
