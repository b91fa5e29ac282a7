"""What every page of ours must be: well-formed, named, and whole for people who cannot see it."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from xml.etree.ElementTree import Element

import html5lib

TITLE = re.compile(r"^(Error: )?\S.* - Inspection readiness tracker$")
REFERRING = ("aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "aria-details", "aria-errormessage")


def check(html: str) -> None:
    """Raise AssertionError with a sentence for the first fault of a page."""
    page = parse(html)
    assert page.get("lang"), "The page does not say its language"
    _has_one_heading_and_a_title(page)
    _has_ids_that_resolve(page)
    _has_nothing_that_the_browser_would_block(page)
    _has_names_for_fields(page)


def check_file(html: str) -> None:
    """As ``check``, for a page that is opened from a folder: nothing in it runs and nothing is fetched."""
    page = parse(html)
    assert page.get("lang"), "The page does not say its language"
    assert _text(page.find("./head/title")), "The page has no title"
    assert len(page.findall(".//main")) == 1, "The page has no main landmark, or several"
    _has_headings_in_order(page)
    _has_ids_that_resolve(page)
    _has_names_for_fields(page)
    _fetches_nothing(page)


def parse(html: str) -> Element:
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    try:
        page: Element = parser.parse(html)
    except html5lib.html5parser.ParseError as fault:
        (line, column), *_ = parser.errors[0]
        text = html.splitlines()[line - 1].strip() if html else ""
        raise AssertionError(f"The page is not well-formed at line {line}, column {column}: {fault}: {text}") from None
    return page


def _has_one_heading_and_a_title(page: Element) -> None:
    headings = page.findall(".//h1")
    assert len(headings) == 1, f"The page has {len(headings)} h1, not one"
    assert _text(headings[0]), "The h1 of the page is empty"
    title = _text(page.find("./head/title"))
    assert TITLE.match(title), f"The title {title!r} is not 'page - authority - Inspection readiness tracker'"
    mains = page.findall(".//main")
    assert len(mains) == 1, f"The page has {len(mains)} main landmarks, not one"


def _has_headings_in_order(page: Element) -> None:
    levels = [int(element.tag[1]) for element in page.iter() if element.tag in ("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels[:1] == [1], "The first heading of the page is no h1"
    assert levels.count(1) == 1, "The page has several h1"
    assert all(after <= before + 1 for before, after in pairwise(levels)), f"Headings skip a level: {levels}"


def _fetches_nothing(page: Element) -> None:
    for element in page.iter():
        assert element.tag not in ("script", "link", "iframe", "object", "embed"), f"The page has a <{element.tag}>"
        assert not [name for name in element.attrib if name.startswith("on")], f"<{element.tag}> runs something"
        source = element.get("src", "data:")
        assert source.startswith("data:"), f"The page fetches {source!r}"


def _has_ids_that_resolve(page: Element) -> None:
    ids = Counter(element.get("id") for element in page.iter() if element.get("id") is not None)
    twice = sorted(str(name) for name, times in ids.items() if times > 1)
    assert not twice, f"Ids that stand more than once: {', '.join(twice)}"
    for element, attribute, name in _references(page):
        assert name.removeprefix("#") in ids, f'<{element.tag} {attribute}="{name}"> refers to an id that is not there'


def _references(page: Element) -> Iterator[tuple[Element, str, str]]:
    for element in page.iter():
        for attribute in (*REFERRING, "for", "list", "form"):
            for name in (element.get(attribute) or "").split():
                yield element, attribute, name
        target = element.get("href", "")
        if element.tag == "a" and target.startswith("#"):
            yield element, "href", target


def _has_nothing_that_the_browser_would_block(page: Element) -> None:
    for element in page.iter():
        assert element.get("style") is None, f"<{element.tag}> has a style attribute, which our policy blocks"
        handlers = [name for name in element.attrib if name.startswith("on")]
        assert not handlers, f"<{element.tag}> has {handlers[0]}, which our policy blocks"
        if element.tag in ("script", "style"):
            assert element.get("nonce"), f"A <{element.tag}> has no nonce"
        assert not element.get("href", "").startswith("javascript:"), "A link runs a script"


def _has_names_for_fields(page: Element) -> None:
    labelled = {label.get("for") for label in page.iter("label")}
    for field in (field for tag in ("input", "select", "textarea") for field in page.iter(tag)):
        if field.get("type") in ("hidden", "submit", "button"):
            continue
        named = field.get("id") in labelled or field.get("aria-label") or field.get("aria-labelledby")
        assert named, f"The field {field.get('name')!r} has no label"
    for image in page.iter("img"):
        assert image.get("alt") is not None, f"The picture {image.get('src')!r} has no alt"
    for link in (link for tag in ("a", "button") for link in page.iter(tag)):
        words = [_text(link), link.get("aria-label"), *(image.get("alt") for image in link.iter("img"))]
        assert any(words), f"A <{link.tag}> to {link.get('href')!r} has no words"


def _text(element: Element | None) -> str:
    return "" if element is None else " ".join("".join(element.itertext()).split())
