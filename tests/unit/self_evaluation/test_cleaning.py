"""What Word, Excel and web pages put on the clipboard, as the Markdown of a statement."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.self_evaluation.cleaning import cleaned, from_html

OF_WORD = """
<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal {margin:0}</style></head><body>
<!--StartFragment--><h1>What we know<o:p></o:p></h1>
<p class=MsoNormal>Visits are <b style='mso-bidi-font-weight:normal'>late </b>in two&nbsp;teams.<o:p></o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol'><span style='mso-list:Ignore'>·<span>&nbsp;&nbsp;</span></span></span>
<![endif]>North<o:p></o:p></p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>o<span>&nbsp;</span>
</span>Duty</p>
<table class=MsoTableGrid><tr><td><p class=MsoNormal>Team</p></td><td><p>Late</p></td></tr>
<tr><td>North</td><td>3|4</td></tr></table>
<img src="https://example.org/x.png"><script>alert(1)</script><!--EndFragment--></body></html>
"""


def test_word_comes_as_headings_points_and_tables_without_its_formatting() -> None:
    assert from_html(OF_WORD) == (
        "## What we know\n\nVisits are **late** in two teams.\n\n- North\n  - Duty\n\n"
        "| Team | Late |\n|---|---|\n| North | 3\\|4 |"
    )


def test_markup_of_word_is_cleaned_wherever_it_comes_in() -> None:
    assert cleaned("<p class=MsoNormal>Visits are late.</p>") == "Visits are late."


def test_what_somebody_typed_is_left_alone() -> None:
    typed = "Fewer than <5 wait.\n\n- <b>one</b>\n  - two\n\n| Team | 12 |\n|---|---|\n| North | 3 |"

    assert cleaned(typed) == typed


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("Known:\n•\tVisits\no\tin two teams\n1.\tFirst", "Known:\n- Visits\n  - in two teams\n1. First"),
        ("Team\tLate\nNorth\t3|4", "\n| Team | Late |\n|---|---|\n| North | 3\\|4 |\n"),
        ("One\x0bline\u00a0and\u200b\u00ad another", "One\nline and another"),
        ("a\tb", "a\tb"),
        ("See ![plan](data:image/png;base64,AAAA).", "See (picture left out: plan)."),
        ("أربعة\u200cمن 👩‍👧 ", "أربعة\u200cمن 👩‍👧 "),
    ],
)
def test_plain_text_of_offices_is_mended(pasted: str, kept: str) -> None:
    assert cleaned(pasted) == kept


def test_four_hundred_lists_within_each_other_stay_readable() -> None:
    text = from_html("<ul><li>point" * 400 + "</ul>" * 400)

    assert text.count("point") == 400
    assert max(len(line) - len(line.lstrip()) for line in text.splitlines()) <= 12


@given(st.text(alphabet="<>/=\"' abptrdulioh1!-[]&;:\t\n*mso", max_size=200))
def test_no_markup_is_too_broken_to_read(markup: str) -> None:
    assert isinstance(from_html(markup), str)
    assert "\x01" not in cleaned(markup)
