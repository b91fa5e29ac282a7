"""A self-evaluation of the whole authority made ready, signed and taken away as a pack, by keys alone.

Nothing here clicks or fills in: every link, button and field is reached with Tab, as somebody without a mouse does.
"""

import io
import re
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DIRECTOR, HEAD_OF_SERVICE
from tests.browser.keys import arrives, goes, reach, told

Visit = Callable[..., Page]


def writes_with_evidence(page: Page, statement: int, words: str, looked_for: str) -> None:
    """The statement in other words, which cite the first thing that the list under ``[`` offers."""
    page.goto(f"/brent/statements/{statement}")
    goes(page, "Write")
    reach(page, "Statement")
    page.keyboard.press("Control+A")
    page.keyboard.type(f"{words} [{looked_for}")
    expect(page.get_by_role("listbox", name="To cite").get_by_role("option").first).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Statement", exact=True)).to_have_value(re.compile(r"\[[EMQAFIR]-\d+(:\d+)?\]$"))
    page.keyboard.type(".")
    goes(page, "Save as draft")
    told(page, f"S-{statement} saved as a draft")


@pytest.mark.timeout(600)
def test_a_self_evaluation_is_made_ready_signed_and_downloaded_by_keyboard_alone(visit: Visit, tmp_path: Path) -> None:
    director, head = visit(), visit()
    arrives(head, HEAD_OF_SERVICE)
    writes_with_evidence(head, 32, "Decisions in pre-proceedings work have dates", "pre-proceedings")

    arrives(director, DIRECTOR)
    writes_with_evidence(director, 21, "Most young people know their personal adviser", "pathway plan")
    writes_with_evidence(director, 49, "Most young people know what they are owed", "council tax")
    goes(director, "Self-evaluation", "Agree this grade for help and protection", "Send version 2 for review")

    goes(head, "Self-evaluation", "Pass version 2 on to the director")

    goes(director, "Self-evaluation", "Sign off version 2", "Sign off as Dana Whitfield")
    told(director, "Comments or suggestions wait on S-38. Settle each first.")
    goes(director, "2 remarks to settle on S-38", "Accept suggestion 2")
    told(director, "That is in the text.")
    reach(director, "Resolve comment 1")
    director.keyboard.press("Enter")
    reach(director, "What was done about it?")
    director.keyboard.type("It counts those in post.")
    goes(director, "Resolve")
    expect(director.get_by_role("heading", name="To settle (0)")).to_be_visible()

    goes(head, "Self-evaluation", "Pass version 2 on to the director")
    goes(director, "Self-evaluation", "Sign off version 2", "Sign off as Dana Whitfield")
    told(director, "Signed off")
    goes(director, "Make the self-evaluation pack", "Make it now")
    reach(director, "Download the PDF")
    with director.expect_download() as started:
        director.keyboard.press("Enter")
    started.value.save_as(tmp_path / "pack.pdf")

    with pikepdf.open(io.BytesIO((tmp_path / "pack.pdf").read_bytes())) as pack:
        assert len(pack.pages) > 40
        assert str(pack.Root.MarkInfo.Marked) == "True"
