"""The structure of a PDF for people who listen to it: one element for each HTML element, whatever pages it crosses.

Stands in for WeasyPrint 70's own tagger, which makes an element a page (so that a table over three pages is three
tables), gives table heads no scope, leaves running heads in limbo and tells a link's address instead of its words.
``reports.build`` decides whether to use it. Boxes are told apart by what they have, so that WeasyPrint keeps one door.

A section that is laid out alone says for ``reports.joining`` which of its elements go on from the section before, and
where the blanks are that numbers of pages go into.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pydyf

SVG = "{http://www.w3.org/2000/svg}"
KINDS = {
    "div": "Div", "a": "Link", "main": "Part", "section": "Sect", "blockquote": "BlockQuote", "p": "P",
    "h1": "H1", "h2": "H2", "h3": "H3", "h4": "H4", "ul": "L", "ol": "L", "dl": "L", "li": "LI", "dt": "LI",
    "dd": "LI", "table": "Table", "caption": "Caption", "figcaption": "Caption", "thead": "THead", "tbody": "TBody",
    "tr": "TR", "th": "TH", "td": "TD", f"{SVG}svg": "Figure",
}  # fmt: skip
"""What an HTML element is in a PDF. Elements that are not here lend their content to the one around them."""
IN_CONTENTS = {"L": "TOC", "LI": "TOCI"}
IN_LISTS = {("L", "div"): "LI", ("LI", "dt"): "Lbl", ("LI", "dd"): "LBody"}
"""A pair of a list of terms, wrapped in a div, is one item of it: its label and its body."""
GROUPING = frozenset({"Document", "Part", "Sect", "Div", "BlockQuote"})
"""Kinds that may hold no text themselves: it goes into a paragraph."""
POINTS = 0.75
"""In a CSS pixel."""
GOES_ON = "data-goes-on"
"""Of an element that began in the section before."""
MARK = "GoesOn"
"""The same in the structure tree, until the sections are joined."""

Box = Any  # WeasyPrint ships no types


@dataclass(eq=False)
class Element:
    """One element of the structure tree."""

    kind: str
    entry: pydyf.Dictionary
    page: int | None
    """The first page it is on."""

    @property
    def reference(self) -> bytes:
        reference: bytes = self.entry.reference
        return reference


@dataclass(frozen=True)
class Blank:
    """Room left for the number of a page: where on its own page, and who owns it. In CSS pixels from the top left."""

    page: int
    piece: int
    """The piece of marked content that is to hold it."""
    left: float
    base: float
    width: float
    size: float
    target: str
    """The anchor whose page it is to name."""
    contents: bool
    """Whether it stands in the list of contents."""


def room_for(piece: int) -> bytes:
    """The comment in a page's stream that says where the number of a page is to be drawn."""
    return b"%%room %d." % piece


def add_tags(pdf: pydyf.PDF, document: Any, pdf_version: object, page_streams: Sequence[Any]) -> None:
    """Tag ``document``, whose pages are drawn on ``page_streams``. Called by WeasyPrint in place of its own.

    The blanks that were found are left on the document, as ``blanks``.
    """
    tree = _Tree(pdf, pages=tuple(pdf.page_references))
    for number, (page, stream) in enumerate(zip(document.pages, page_streams, strict=True)):
        _Page(tree, number, page, stream).tag()
    tree.number_links()
    document.blanks = tree.blanks
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
    pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})


class _Tree:
    """The whole document's structure, as it grows."""

    def __init__(self, pdf: pydyf.PDF, pages: Sequence[bytes]) -> None:
        self._pdf = pdf
        self.pages = pages
        self.elements: dict[object, Element] = {}
        """By HTML element."""
        self._bodies: dict[Element, Element] = {}
        """The body of each list item."""
        self._links: list[tuple[Element, pydyf.Dictionary]] = []
        self.blanks: list[Blank] = []
        self.plain: set[object] = set()
        """Cells of HTML that are tagged as no heads."""
        self.numbers = pydyf.Array()
        parents = self._object({"Nums": self.numbers})
        root = self._object({"Type": "/StructTreeRoot", "ParentTree": parents.reference})
        self.document = self._element("Document", root.reference, page=None)
        root["K"] = pydyf.Array([self.document.reference])
        pdf.catalog["StructTreeRoot"] = root.reference

    def _object(self, values: dict[str, Any]) -> pydyf.Dictionary:
        entry = pydyf.Dictionary(values)
        self._pdf.add_object(entry)
        return entry

    def _element(self, kind: str, parent: bytes, *, page: int | None, **more: object) -> Element:
        placed = {} if page is None else {"Pg": self.pages[page]}
        values = {"Type": "/StructElem", "S": f"/{kind}", "P": parent, "K": pydyf.Array(), **placed, **more}
        return Element(kind, self._object(values), page)

    def add(self, kind: str, parent: Element, *, page: int, **more: object) -> Element:
        """A new last child of ``parent``; in a list item, of its body."""
        if parent.kind == "LI" and kind not in {"Lbl", "LBody"}:
            parent = self.body(parent, page)
        made = self._element(kind, parent.reference, page=page, **more)
        parent.entry["K"].append(made.reference)
        return made

    def body(self, item: Element, page: int) -> Element:
        if item not in self._bodies:
            self._bodies[item] = self.add("LBody", item, page=page)
        return self._bodies[item]

    def link(self, element: Element, annotation: pydyf.Dictionary, page: int) -> None:
        reference = {"Type": "/OBJR", "Obj": annotation.reference, "Pg": self.pages[page]}
        element.entry["K"].append(pydyf.Dictionary(reference))
        annotation["StructParent"] = len(self.pages) + len(self._links)
        self._links.append((element, annotation))

    def number_links(self) -> None:
        for number, (element, _) in enumerate(self._links, len(self.pages)):
            self.numbers.extend([number, element.reference])


@dataclass
class _Page:
    """One page being tagged: its boxes are walked in the order in which they are read."""

    tree: _Tree
    number: int
    page: Any
    stream: Any
    owners: dict[int, bytes] = field(default_factory=dict)
    """The element that each piece of marked content belongs to, by the piece's number."""
    artifacts: set[int] = field(default_factory=set)
    """Marked content that is no part of the text: running heads, heads of tables that are printed again."""

    blank: set[int] = field(default_factory=set)
    """Marked content that is empty, and drawn when the number of a page is known."""

    def tag(self) -> None:
        self._walk(self.page._page_box, self.tree.document, in_contents=False)
        self.artifacts |= {kid["mcid"] for kid in self.stream._tags.values()}
        self.stream._tags.clear()
        self._mark_artifacts()
        self._make_room()
        last = max(self.owners, default=-1)
        owners = pydyf.Array([self.owners.get(piece, "null") for piece in range(last + 1)])
        self.tree.numbers.extend([self.number, owners])

    def _walk(self, box: Box, element: Element | None, *, in_contents: bool) -> None:
        """``element`` holds what is in ``box``; None when that is an artifact."""
        box = getattr(box, "_box", box)
        if hasattr(box, "at_keyword"):
            element = None
        elif element is not None:
            in_contents = in_contents or box.element_tag == "nav"
            element = self._element_of(box, element, in_contents=in_contents)
        if element is not None and box.link_annotation:
            self._link(box, element)
        if hasattr(box, "text") or hasattr(box, "replacement"):
            self._content(box, element)
        else:
            for child in box.children:
                self._walk(child, element, in_contents=in_contents)

    def _element_of(self, box: Box, around: Element, *, in_contents: bool) -> Element | None:
        """The element for a box: its own, made on its first page, or the one around it."""
        if box.element_tag == "li::marker" and around.kind == "LI":
            return self.tree.add("Lbl", around, page=self.number)
        kind = KINDS.get(box.element_tag or "")
        if kind is None or hasattr(box, "text"):
            return around
        if box.element in self.tree.plain:
            kind = "TD"
        kind = IN_LISTS.get((around.kind, box.element_tag), kind)
        known = self.tree.elements.get(box.element)
        if known is None:
            if kind == "THead" and GOES_ON in box.element.attrib:
                return None
            return self._make(box, IN_CONTENTS.get(kind, kind) if in_contents else kind, around)
        return None if kind == "THead" and known.page != self.number else known

    def _make(self, box: Box, kind: str, around: Element) -> Element:
        if kind == "Link" and around.kind == "TOCI":
            around = self.tree.add("Reference", around, page=self.number)
        made = self.tree.add(kind, around, page=self.number, **self._attributes(box, kind))
        if GOES_ON in box.element.attrib:
            made.entry[MARK] = "true"
        self.tree.elements[box.element] = made
        if kind == "Table":
            self.tree.plain.update(_no_heads(box.element))
        return made

    def _attributes(self, box: Box, kind: str) -> dict[str, object]:
        match kind:
            case "TH" | "TD":
                return _cell(box, kind)
            case "L":
                numbering = "/Decimal" if box.element_tag == "ol" else "/Disc"
                return {"A": pydyf.Dictionary({"O": "/List", "ListNumbering": numbering})}
            case "Figure":
                return {"Alt": pydyf.String(_in_words(box.element)), "A": self._placed(box)}
        return {}

    def _placed(self, box: Box) -> pydyf.Dictionary:
        left, top = box.content_box_x() * POINTS, (self.page.height - box.content_box_y()) * POINTS
        corners = (left, top - box.height * POINTS, left + box.width * POINTS, top)
        return pydyf.Dictionary({"O": "/Layout", "Placement": "/Block", "BBox": pydyf.Array(corners)})

    def _link(self, box: Box, element: Element) -> None:
        """Tie a link's annotation to its element, and tell it by the words that are linked."""
        target = element if element.kind == "Link" else self.tree.add("Link", element, page=self.number)
        self.tree.link(target, box.link_annotation, self.number)
        room = box.element.find("*[@data-page-of]")
        said = box.element.itertext() if room is None else (box.element.text or "",)
        words = " ".join("".join(said).split())
        if words:
            box.link_annotation["Contents"] = pydyf.String(words)

    def _content(self, box: Box, element: Element | None) -> None:
        """Give a piece of marked content to the element it is part of."""
        kid = self.stream._tags.pop(box, None)
        if kid is None:
            return
        piece = kid["mcid"]
        if element is None or _only_leads(box):
            self.artifacts.add(piece)
            return
        if element.kind == "LI":
            element = self.tree.body(element, self.number)
        elif element.kind in GROUPING:
            element = self.tree.add("P", element, page=self.number)
        element.entry["K"].append(piece if element.page == self.number else self._elsewhere(piece))
        self.owners[piece] = element.reference
        if box.element_tag == "span" and "data-page-of" in box.element.attrib:
            self._leave_blank(box, piece)

    def _leave_blank(self, box: Box, piece: int) -> None:
        self.tree.blanks.append(
            Blank(
                page=self.number,
                piece=piece,
                left=round(box.position_x, 3),
                base=round(box.position_y + box.baseline, 3),
                width=round(box.width, 3),
                size=round(box.style["font_size"], 3),
                target=box.element.get("data-page-of"),
                contents="data-contents" in box.element.attrib,
            )
        )
        self.blank.add(piece)

    def _make_room(self) -> None:
        """Where an empty piece stands for a blank, leave a comment, which what is drawn later takes the place of."""
        operations = self.stream.stream
        for position in _begins(operations) if self.blank else ():
            piece = operations[position - 1].get("MCID")
            if piece in self.blank:
                operations[position - 2 : position + 2] = [b"", b"", b"", room_for(piece)]

    def _elsewhere(self, piece: int) -> pydyf.Dictionary:
        """Content of an element that began on another page names the page it is on."""
        return pydyf.Dictionary({"Type": "/MCR", "Pg": self.tree.pages[self.number], "MCID": piece})

    def _mark_artifacts(self) -> None:
        operations = self.stream.stream
        for position in _begins(operations) if self.artifacts else ():
            if operations[position - 1].get("MCID") in self.artifacts:
                operations[position - 2] = "/Artifact"
                operations[position - 1] = pydyf.Dictionary({"Type": "/Pagination"})


def _only_leads(box: Box) -> bool:
    """Whether a piece is the dots from a title to the number of its page, which a listener would hear one by one."""
    said = getattr(box, "text", "").replace(" ", "")
    return "::" in (box.element_tag or "") and set(said) == {"."}


def _begins(operations: Sequence[object]) -> Iterable[int]:
    """Where marked content with properties begins."""
    return (position for position, operation in enumerate(operations) if operation == b"BDC")


def _no_heads(table: Any) -> Iterable[object]:
    """Cells of a table that a listener is better off without as heads, which are said again for each cell.

    The words that a group of rows stands under may be a paragraph. And where heads would outnumber what they are heads
    of, in a table of two columns, the one to the left was said just before.
    """
    heads, cells = table.findall(".//th"), table.findall(".//td")
    few = len(heads) > len(cells)
    return (head for head in heads if head.get("scope") == "rowgroup" or (few and head.get("scope") == "row"))


def _cell(box: Box, kind: str) -> dict[str, object]:
    attributes: dict[str, object] = {}
    if kind == "TH":
        attributes["Scope"] = "/Row" if box.element.attrib.get("scope") == "row" else "/Column"
    if box.colspan != 1:
        attributes["ColSpan"] = box.colspan
    if box.rowspan != 1:
        attributes["RowSpan"] = box.rowspan
    return {"A": pydyf.Dictionary({"O": "/Table", **attributes})} if attributes else {}


def _in_words(drawing: Any) -> str:
    """A drawing's title and description: the finding, then every value."""
    said = (drawing.findtext(f"{SVG}{name}") for name in ("title", "desc"))
    return ". ".join(words for words in said if words)
