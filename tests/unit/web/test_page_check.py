import pytest

from tests.page_check import check

WHOLE = """<!doctype html><html lang="en-GB"><head><meta charset="utf-8">
<title>Plan - Brent - Inspection readiness tracker</title></head>
<body><main id="main"><h1>Plan</h1>
<label for="q">Search</label><input id="q" name="q" aria-describedby="hint"><p id="hint">Or a reference</p>
<script nonce="abc">1</script><a href="#main">Up</a></main></body></html>"""


def test_a_whole_page_passes() -> None:
    check(WHOLE)


@pytest.mark.parametrize(
    ("part", "instead", "fault"),
    [
        ("<h1>Plan</h1>", "<h2>Plan</h2>", "The page has 0 h1, not one"),
        ("<h1>Plan</h1>", "<h1>Plan</h1><h1>Plan</h1>", "The page has 2 h1, not one"),
        ("<h1>Plan</h1>", "<h1> </h1>", "The h1 of the page is empty"),
        ("Plan - Brent - ", "", "The title 'Inspection readiness tracker' is not"),
        (' lang="en-GB"', "", "The page does not say its language"),
        ('id="hint"', 'id="q"', "Ids that stand more than once: q"),
        ('for="q"', 'for="p"', '<label for="p"> refers to an id that is not there'),
        ('id="hint"', 'id="help"', '<input aria-describedby="hint"> refers to an id that is not there'),
        ('href="#main"', 'href="#top"', '<a href="#top"> refers to an id that is not there'),
        ('<script nonce="abc">', "<script>", "A <script> has no nonce"),
        ("<p id", '<p style="color: red" id', "<p> has a style attribute"),
        ("<p id", '<p onclick="go()" id', "<p> has onclick"),
        ('<a href="#main">Up</a>', '<a href="#main"></a>', "A <a> to '#main' has no words"),
        ('<label for="q">Search</label>', "", "The field 'q' has no label"),
        ("<main ", "<div ", "The page is not well-formed|The page has 0 main landmarks"),
        ("<p id", "<p><b><i></b></i></p><p id", "The page is not well-formed at line 4"),
        ("<p id", '<img src="page.png"><p id', "The picture 'page.png' has no alt"),
    ],
)
def test_each_fault_of_a_page_is_found(part: str, instead: str, fault: str) -> None:
    with pytest.raises(AssertionError, match=fault):
        check(WHOLE.replace(part, instead))
