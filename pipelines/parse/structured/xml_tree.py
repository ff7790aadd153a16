"""XML text to a tree, with lxml; a file that declares entities of its own is refused, whatever they expand to.

Prefixes of names are dropped. An element that holds HTML (a text with `<br>`, `<p>` or tables as elements) is its inner
markup, as it is where the HTML stands in CDATA or is escaped. Trees keep no order between names, so that questions and
answers that follow each other without an element that joins them are put into one.
"""

import re
from html import escape
from html.entities import html5
from typing import Any

from lxml import etree

from pipelines.parse.structured.tree import TEXT, Node
from schemas.errors import ParseError

_INSTANCE = "{http://www.w3.org/2001/XMLSchema-instance}"
_DECLARATION = re.compile(r"<\?xml[^>]{0,500}\?>", re.IGNORECASE)
_ROOT = re.compile(
    r"(?:<!--.{0,2000}?-->\s{0,99})*(?:<!DOCTYPE\s{1,99}(?P<doctype>[\w.:-]{1,80})|<(?P<root>[A-Za-z_][\w.:-]{0,80}))",
    re.DOTALL | re.IGNORECASE,
)
_ENTITIES = re.compile(r"<!ENTITY\b", re.IGNORECASE)
_NOT_XML = re.compile("[\x00-\x08\x0b\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NAMED = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31};)")
_DEEPEST = 40  # levels; the files known have eight
_OF_XML = frozenset({"amp;", "lt;", "gt;", "quot;", "apos;"})
_JOINED = ("question", "reponse")
_TEXT_ELEMENTS = (
    "a b big blockquote br caption center code col colgroup dd div dl dt em font h1 h2 h3 h4 h5 h6 hr i img li ol p "
    "pre s small span strike strong sub sup table tbody td tfoot th thead tr tt u ul"
)
_HTML = frozenset(_TEXT_ELEMENTS.split())


def is_xml(text: str) -> bool:
    """Whether a body is XML and not HTML: declared as such, or with a root that is named after questions."""
    start = text[:4000]
    is_declared = _DECLARATION.match(start.lstrip()) is not None
    found = _ROOT.match(_DECLARATION.sub("", start, count=1).lstrip("\ufeff \t\r\n"))
    if found is None:
        return False
    name = (found["doctype"] or found["root"]).rpartition(":")[2].lower()
    return name.startswith("question") or (is_declared and name not in _HTML | {"html", "head", "body"})


def xml_root(text: str) -> tuple[str, Node]:
    """The name of the root element and its content.

    Raises:
        ParseError: `entities_refused`, `truncated` or `bad_xml`.
    """
    if _ENTITIES.search(text[: 64 * 1024]):
        raise ParseError("entities_refused", "the file declares entities of its own, as no file of questions does")
    plain = _NAMED.sub(_character, _NOT_XML.sub("", _DECLARATION.sub("", text, count=1)))
    root = _parsed(plain.lstrip().encode())
    _join_with_answers(root)
    return _name(root), _node(root)


def _join_with_answers(root: etree._Element) -> None:
    """Put each answer of an element that has several into an element of its own, with the questions above it."""
    for holder in {answer.getparent(): None for answer in root.iter("{*}reponse")}:
        children = [] if holder is None else [child for child in holder if _name(child) in _JOINED]
        answers = [place for place, child in enumerate(children) if _name(child) == "reponse"]
        if holder is None or len(answers) < 2 or len(answers) == len(children):
            continue
        entry: etree._Element | None = None
        for child in children:
            if entry is None or (_name(child) == "question" and _name(entry[-1]) == "reponse"):
                entry = etree.SubElement(holder, "entry")
            entry.append(child)


def _parsed(body: bytes) -> etree._Element:
    """The root; a prefix that is nowhere declared (of an element cut out of its file) is no damage."""
    parser = _parser(recover=False)
    try:
        return etree.fromstring(body, parser)
    except etree.XMLSyntaxError as error:
        log: Any = parser.error_log  # the error's own log holds those of other parsers too
        found = [entry.domain for entry in log]
        if not found or any(domain != etree.ErrorDomains.NAMESPACE for domain in found):
            raise _refusal(error) from None
    return etree.fromstring(body, _parser(recover=True))


def _parser(*, recover: bool) -> etree.XMLParser:
    return etree.XMLParser(
        recover=recover,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
        encoding="utf-8",
    )


def _refusal(error: etree.XMLSyntaxError) -> ParseError:
    told = " ".join(str(error.msg or error).split())[:200]
    is_cut = "Premature end" in told or "EndTag: '</' not found" in told or "CData section not finished" in told
    return ParseError("truncated" if is_cut else "bad_xml", f"no XML: {told}")


def _character(found: re.Match[str]) -> str:
    """The character of an entity that HTML knows and XML does not."""
    return found[0] if found[1] in _OF_XML else escape(html5.get(found[1], found[0]), quote=False)


def _node(element: etree._Element, depth: int = 0) -> Node:
    if depth > _DEEPEST:
        raise ParseError("bad_xml", "elements within elements, deeper than any file of questions is")
    attributes = {_attribute(str(name)): str(value) for name, value in element.attrib.items()}
    children = list(element)
    if not children or _holds_html(element, children):
        text = _inner(element) if children else element.text or ""
        return {**attributes, TEXT: text} if attributes else text
    found: dict[str, Node] = dict(attributes)
    for child in children:
        name, node = _name(child), _node(child, depth + 1)
        if name not in found:
            found[name] = node
            continue
        before = found[name]
        found[name] = [*before, node] if isinstance(before, list) else [before, node]
    return found


def _holds_html(element: etree._Element, children: list[etree._Element]) -> bool:
    words = [element.text, *(child.tail for child in children)]
    return any(word and word.strip() for word in words) or all(_name(child).lower() in _HTML for child in children)


def _inner(element: etree._Element) -> str:
    pieces = [escape(element.text or "", quote=False)]
    pieces += [etree.tostring(child, encoding="unicode", method="html") for child in element]
    return "".join(pieces)


def _name(element: etree._Element) -> str:
    """The name without namespace and prefix, the undeclared ones too."""
    return str(element.tag).rpartition("}")[2].rpartition(":")[2]


def _attribute(name: str) -> str:
    if name.startswith(_INSTANCE):
        return f"@xsi:{name.removeprefix(_INSTANCE)}"
    return f"@{name.rpartition('}')[2]}"
