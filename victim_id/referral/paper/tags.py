"""The structure of a tagged PDF (ISO 32000-1, 14.7 and 14.8) and what PDF/UA-1 asks of the document as a whole."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFDocument,
    PDFStream,
    PDFStreamFilterZCompress,
    PDFString,
)

from victim_id.referral.paper.fonts import Embedded


class _Marked(NamedTuple):
    page: int
    number: int


class _Placed(NamedTuple):
    page: int
    widget: PDFDictionary


class Element:
    """An element of the structure: a standard tag, its kids in reading order, and what a reader is told of it."""

    def __init__(
        self,
        tag: str,
        *,
        language: str | None = None,
        alt: str | None = None,
        actual: str | None = None,
        attributes: dict[str, Any] | None = None,
    ) -> None:
        self.tag, self.language, self.alt, self.actual = tag, language, alt, actual
        self.attributes = attributes
        self.kids: list[Element | _Marked | _Placed] = []

    def mark(self, page: int, number: int) -> None:
        """Takes marked content `number` of page `page` (from 0) as the next kid."""
        self.kids.append(_Marked(page, number))

    def place(self, page: int, widget: PDFDictionary) -> None:
        """Takes a field on a page as the next kid."""
        self.kids.append(_Placed(page, widget))


class Tree:
    """The structure under way: new elements go into the element that is open."""

    def __init__(self) -> None:
        self.root = Element("Document")
        self._open = [self.root]

    def add(self, tag: str, **told: Any) -> Element:
        """Adds an element to the one that is open."""
        element = Element(tag, **told)
        self._open[-1].kids.append(element)
        return element

    @contextmanager
    def inside(self, tag: str, **told: Any) -> Iterator[Element]:
        """Adds an element and keeps it open."""
        element = self.add(tag, **told)
        self._open.append(element)
        try:
            yield element
        finally:
            self._open.pop()


class Bookmark(NamedTuple):
    """A line of the outline: level from 1, words, and where it leads (page from 0, height in points)."""

    level: int
    words: str
    page: int
    top: float


class Finished(NamedTuple):
    """A page as it is written: its size in points, its operators, the element of every marked content, its fields."""

    size: tuple[float, float]
    content: bytes
    marked: Sequence[Element]
    widgets: Sequence[PDFDictionary]


def write_document(
    title: str,
    language: str,
    pages: Sequence[Finished],
    fonts: Sequence[Embedded],
    root: Element,
    bookmarks: Sequence[Bookmark],
    *,
    mirrored: bool,
) -> bytes:
    """Gives the bytes of the file. Its /ID is a digest of everything else in it, so different content has a different one."""
    document = PDFDocument(compression=1, invariant=1, pdfVersion=(1, 7), lang=language)
    document.info = PDFDictionary({"Title": PDFString(title)})
    document._ID = b"[<" + _BLANK + b"><" + _BLANK + b">]"  # noqa: SLF001  ReportLab's own would know only the title
    named = PDFDictionary({})
    resources = document.Reference(PDFDictionary({"Font": document.Reference(named)}))
    bodies, references = [], []
    for _ in pages:
        body = PDFDictionary({"Type": "/Page", "Parent": document.Reference(document.Pages), "Resources": resources})
        references.append(document.Reference(body))
        document.Pages.addPage(body)
        bodies.append(body)
    catalog = document.Catalog
    catalog.StructTreeRoot = _structure(document, root, references, [page.marked for page in pages])
    for number, (page, body) in enumerate(zip(pages, bodies, strict=True)):
        body["MediaBox"] = PDFArray([0, 0, *page.size])
        body["Contents"] = document.Reference(PDFStream(PDFDictionary(), page.content, [PDFStreamFilterZCompress()]))
        body["StructParents"] = number
        if page.widgets:
            body["Tabs"] = "/S"
            body["Annots"] = PDFArray([document.Reference(widget) for widget in page.widgets])
            for widget in page.widgets:
                widget["P"] = references[number]
    widgets = [widget for page in pages for widget in page.widgets]
    if widgets:
        catalog.AcroForm = _fields(document, widgets, resources)
    for font in fonts:
        named[font.name] = font.write(document)
    catalog.MarkInfo = PDFDictionary({"Marked": "true"})
    catalog.Metadata = _metadata(title, language)
    catalog.Outlines = _outline(document, bookmarks, references)
    direction = {"Direction": "/R2L"} if mirrored else {}
    catalog.ViewerPreferences = PDFDictionary({"DisplayDocTitle": "true", **direction})
    data: bytes = document.format()
    digest = hashlib.sha256(data).hexdigest()[: len(_BLANK)].upper().encode()
    return data.replace(b"[<" + _BLANK + b"><" + _BLANK + b">]", b"[<" + digest + b"><" + digest + b">]")


_BLANK = b"0" * 32


def _structure(document: Any, root: Element, pages: Sequence[Any], marked: Sequence[Sequence[Element]]) -> Any:
    """Writes the structure tree and its way back (ParentTree); gives the reference of its root.

    `pages` are references; `marked` has, page by page, the element of every marked content. Widgets get their key.
    """
    tree = PDFDictionary({"Type": "/StructTreeRoot"})
    home = document.Reference(tree)
    references: dict[Element, Any] = {}
    widgets: list[Any] = []

    def write(element: Element, parent: Any) -> Any:
        body = PDFDictionary({"Type": "/StructElem", "S": f"/{element.tag}", "P": parent})
        reference = references[element] = document.Reference(body)
        for key, words in (("Lang", element.language), ("Alt", element.alt), ("ActualText", element.actual)):
            if words is not None:
                body[key] = PDFString(words)
        if element.attributes:
            body["A"] = PDFDictionary(element.attributes)
        own = next((kid.page for kid in element.kids if not isinstance(kid, Element)), None)
        if own is not None:
            body["Pg"] = pages[own]
        kids: list[Any] = []
        for kid in element.kids:
            if isinstance(kid, Element):
                kids.append(write(kid, reference))
            elif isinstance(kid, _Placed):
                kid.widget["StructParent"] = len(pages) + len(widgets)
                widgets.append(reference)
                entries = {"Type": "/OBJR", "Obj": document.Reference(kid.widget), "Pg": pages[kid.page]}
                kids.append(PDFDictionary(entries))
            elif kid.page == own:
                kids.append(kid.number)
            else:
                kids.append(PDFDictionary({"Type": "/MCR", "Pg": pages[kid.page], "MCID": kid.number}))
        if kids:
            body["K"] = PDFArray(kids)
        return reference

    tree["K"] = write(root, home)
    rows: list[Any] = []
    for number, elements in enumerate(marked):
        rows += [number, PDFArray([references[element] for element in elements])]
    for number, reference in enumerate(widgets, len(pages)):
        rows += [number, reference]
    tree["ParentTree"] = document.Reference(PDFDictionary({"Nums": PDFArray(rows)}))
    tree["ParentTreeNextKey"] = len(pages) + len(widgets)
    return home


def _outline(document: Any, bookmarks: Sequence[Bookmark], pages: Sequence[Any]) -> Any:
    """Writes the outline (ISO 32000-1, 12.3.3), nested by level; gives the dictionary of its root."""
    root = PDFDictionary({"Type": "/Outlines"})
    document.Reference(root)
    above: list[tuple[int, PDFDictionary]] = [(0, root)]
    last: dict[int, PDFDictionary] = {}
    for bookmark in bookmarks:
        while above[-1][0] >= bookmark.level:
            above.pop()
        parent = above[-1][1]
        spot = PDFArray([pages[bookmark.page], "/XYZ", 0, round(bookmark.top, 2), "null"])
        entry = PDFDictionary({"Title": PDFString(bookmark.words), "Parent": document.Reference(parent), "Dest": spot})
        own = document.Reference(entry)
        if id(parent) in last:
            entry["Prev"] = document.Reference(last[id(parent)])
            last[id(parent)]["Next"] = own
        else:
            parent["First"] = own
        parent["Last"] = own
        last[id(parent)] = entry
        for _, higher in above:
            higher["Count"] = higher.dict.get("Count", 0) + 1
        above.append((bookmark.level, entry))
    return root


def _metadata(title: str, language: str) -> PDFStream:
    """Gives the XMP of a PDF/UA-1 document: its title and nothing about who made it or when."""
    words = escape(title)
    packet = f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{words}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>{escape(language)}</rdf:li></rdf:Bag></dc:language>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>
"""
    return PDFStream(PDFDictionary({"Type": "/Metadata", "Subtype": "/XML"}), packet.encode())


def _fields(document: Any, widgets: Iterable[PDFDictionary], resources: Any) -> PDFDictionary:
    """Puts fields into the document; gives the AcroForm. NeedAppearances stays away, or our looks would be thrown away."""
    for widget in widgets:
        normal = widget["AP"]["N"]
        looks = normal.dict if isinstance(normal, PDFDictionary) else {"": normal}
        for state, look in looks.items():
            look.dictionary["Resources"] = resources
            reference = document.Reference(look)
            if state:
                normal[state] = reference
            else:
                widget["AP"]["N"] = reference
    helvetica = PDFDictionary(
        {"Type": "/Font", "Subtype": "/Type1", "BaseFont": "/Helvetica", "Encoding": "/WinAnsiEncoding"}
    )
    fonts = PDFDictionary({"Helv": document.Reference(helvetica)})
    return PDFDictionary(
        {
            "Fields": PDFArray([document.Reference(widget) for widget in widgets]),
            "DA": PDFString("/Helv 10 Tf 0 g"),
            "DR": PDFDictionary({"Font": fonts}),
        }
    )
