"""Writing a statement in a real browser, with the keyboard alone; and the same without JavaScript."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import HEAD_OF_SERVICE, PHONE, QA_OFFICER
from tests.browser.test_every_page import faults_of

Visit = Callable[..., Page]
PAGE = "/brent/statements/32/write"
SAVED = re.compile(r"^Saved at \d\d:\d\d")
PASTE = """(markup) => {
  const board = new DataTransfer();
  board.setData("text/html", markup);
  board.setData("text/plain", "plain");
  const pasted = new ClipboardEvent("paste", { clipboardData: board, bubbles: true, cancelable: true });
  document.activeElement.dispatchEvent(pasted);
}"""
OF_WORD = '<p class="MsoNormal">Seen <b>twice</b>.<o:p></o:p></p><img src="http://127.0.0.1:9/never-fetched.png">'


def test_a_statement_is_written_formatted_cited_and_saved_with_the_keyboard_alone(visit: Visit) -> None:
    page = visit(HEAD_OF_SERVICE, PHONE)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(PAGE)
    text = page.get_by_label("Statement", exact=True)
    text.focus()
    keys = page.keyboard

    keys.press("Control+A")
    keys.type("Oversight is ")
    keys.press("Control+B")
    keys.type("better [supervision in time")
    offered = page.get_by_role("listbox", name="To cite")
    expect(offered.get_by_role("option").first).to_have_attribute("aria-selected", "true")
    assert faults_of(page, PHONE) == []
    keys.press("ArrowDown")
    expect(text).to_have_attribute("aria-activedescendant", "to-cite-1")
    keys.press("ArrowUp")
    keys.press("Enter")
    expect(text).to_have_value(re.compile(r"^Oversight is \*\*better \[[EMQAFIR]-\d+\]\*\*$"))
    expect(page.locator("[data-autosave-status]")).to_have_text(SAVED, timeout=30_000)

    keys.press("Control+End")
    keys.press("Enter")
    page.evaluate(PASTE, OF_WORD)
    expect(text).to_have_value(re.compile(r"\nSeen \*\*twice\*\*\.$"))
    expect(page.get_by_text("A picture was left out")).to_be_visible()
    keys.press("Shift+Tab")
    expect(page.get_by_role("button", name="Bold")).to_be_focused()
    for _ in range(3):
        keys.press("ArrowRight")
    keys.press("Enter")
    expect(text).to_have_value(re.compile(r"\n- Seen \*\*twice\*\*\.$"))
    expect(text).to_be_focused()
    expect(page.locator("[data-autosave-status]")).to_have_text(SAVED, timeout=30_000)
    page.get_by_role("button", name="Save as draft").press("Enter")

    expect(page.locator("main")).to_contain_text("S-32 saved as a draft")
    assert not [url for url in asked if "never-fetched" in url]


def test_a_colleague_sees_who_writes_and_suggests_without_javascript(visit: Visit) -> None:
    writer, colleague = visit(HEAD_OF_SERVICE), visit(QA_OFFICER, javascript=False)
    writer.goto(PAGE)
    with writer.expect_response("**/turn"):
        writer.reload()

    colleague.goto("/brent/statements/32")
    colleague.get_by_role("button", name="Write").click()
    expect(colleague.locator("main")).to_contain_text("Samira Okafor has been writing in S-32")
    colleague.goto(PAGE)
    box = colleague.get_by_label("Statement", exact=True)
    colleague.get_by_label("Find something to cite").fill("supervision in time")
    colleague.get_by_role("button", name="Find").click()
    expect(colleague.get_by_role("region", name="Found to cite")).to_contain_text(re.compile(r"\[E-\d+\]"))
    box.fill(box.input_value().replace("now consistently good", "better in two teams"))
    colleague.get_by_role("button", name="Send as suggestions instead").click()
    expect(colleague.locator("main")).to_contain_text("1 suggested. Nothing in S-32 changed.")

    writer.goto("/brent/statements/32/remarks")
    writer.get_by_role("button", name="Accept").press("Enter")
    expect(writer.locator("main")).to_contain_text("That is in the text.")
    writer.goto("/brent/statements/32")
    expect(writer.locator(".app-statement")).to_contain_text("better in two teams")
