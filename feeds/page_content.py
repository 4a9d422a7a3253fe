"""A web page without what only helps to find one's way.

Strategy: left out is what the page itself marks as surroundings (elements, roles, names such as "breadcrumb"), and
every block that consists of links, but for a heading and the like. The content is the page's `main`, or another node
that says it is the content and holds most of the text; else the whole body. It is better to keep a word too much than
to lose a line.

The page is copied into flat parts first: nesting has no bound, so everything here is one pass, without recursion.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

_NEVER_SHOWN = frozenset("script style noscript template nav button svg iframe dialog head".split())
_SURROUNDINGS = frozenset("header footer aside form".split())
"""An article has a header too: these stay where an item's head stands in them."""
_SURROUNDING_ROLES = frozenset("navigation banner contentinfo search".split())
_NAMED = re.compile(
    r"(?:^|[\s_-])(?:nav|navi|navigation|menu|menue|menü|breadcrumbs?|brotkrumen?|pfad|footer|fuss|fußzeile|fusszeile|sidebar"
    r"|marginal(?:ie|spalte)?|cookies?|skip|skiplinks?|sprungmarken?|pagination|social|share|sharing|druck(?:en)?|print"
    r"|sitemap|suche|search)(?:$|[\s_-])",
    re.IGNORECASE,
)
"""Names of classes and ids, whole words of them."""
_CONTENT_NAMES = frozenset("content inhalt main".split())
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_LINES = frozenset("p li dd span".split())
_BOXES = frozenset("ul ol div td section table".split())
_MOST = 0.5
_ENOUGH = 200
"""Letters that make a `main` a page's content, however much stands around it."""
_LETTER = re.compile(r"[^\W\d_]")
_HEAD = re.compile(r"(?:TOP|Punkt|Drucksache|Beschluss)\b.*\d")
"""An item's head is content, also as a link."""
SIGNPOST = re.compile(
    r"(?:[\s|»«›‹·•/>\[\]-]|zurück(?: zur (?:übersicht|startseite|liste))?|zum (?:inhalt|seitenanfang)(?: springen)?"
    r"|nach oben|seitenanfang|start(?:seite)?|home|übersicht|druck(?:en|version|ansicht)|teilen"
    r"|seite (?:drucken|empfehlen|teilen)"
    r"|impressum|datenschutz(?:erklärung)?|barrierefreiheit|kontakt|sitemap|suche|aktuelles|service|downloads?|links?"
    r"|(?:vorheriger|nächster) beschluss|vor|weiter|pdf)+|(?:©|\(c\)|copyright\b).*",
    re.IGNORECASE,
)
"""A line that consists of signposts alone."""


@dataclass(slots=True)
class Part:
    """An element or a piece of text (tag "-text") with the numbers of its children.

    `letters` of all text below, `linked` those of links among them; `headed`: a heading stands below; `holds_head`: an
    item's head does.
    """

    tag: str
    attributes: dict[str, str | None]
    text: str = ""
    children: list[int] = field(default_factory=list)
    letters: int = 0
    linked: int = 0
    headed: bool = False
    holds_head: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """All parts, the one that holds the content, and those in it that are none."""

    parts: list[Part]
    content: int
    left_out: frozenset[int]


def page_of(html: str) -> Page | None:
    """None for a page without a body."""
    body = LexborHTMLParser(html).body
    if body is None:
        return None
    parts = _parts(body)
    _count(parts, frozenset())
    left_out = frozenset(_surrounding(parts))
    _count(parts, left_out)
    return Page(parts, _content(parts, left_out), left_out)


def _parts(body: LexborNode) -> list[Part]:
    """The page in document order: every part stands behind the one that holds it."""
    parts = [_part(body)]
    waiting = [(0, child) for child in reversed(list(body.iter(include_text=True)))]
    while waiting:
        holder, node = waiting.pop()
        part = _part(node)
        if part.tag in _NEVER_SHOWN or _is_hidden(part):
            continue
        parts[holder].children.append(len(parts))
        waiting.extend((len(parts), child) for child in reversed(list(node.iter(include_text=True))))
        parts.append(part)
    return parts


def _part(node: LexborNode) -> Part:
    is_text = node.tag == "-text"
    return Part(node.tag or "", {} if is_text else node.attributes, (node.text_content or "") if is_text else "")


def _is_hidden(part: Part) -> bool:
    return "hidden" in part.attributes or part.attributes.get("aria-hidden") == "true"


def _count(parts: list[Part], left_out: frozenset[int]) -> None:
    """Fill in what each part says of all that stands below it; from the last part on, as children come later."""
    for at in range(len(parts) - 1, -1, -1):
        part = parts[at]
        below = [parts[child] for child in part.children if child not in left_out]
        part.letters = len(_LETTER.findall(part.text)) + sum(one.letters for one in below)
        is_link = part.tag == "a" and "href" in part.attributes
        part.linked = part.letters if is_link else sum(one.linked for one in below)
        part.headed = part.tag in _HEADINGS or any(one.headed for one in below)
        part.holds_head = bool(_HEAD.match(part.text.strip())) or any(one.holds_head for one in below)


def _surrounding(parts: list[Part]) -> Iterator[int]:
    for at, part in enumerate(parts):
        if at and not part.holds_head and (_says_so(part) or _is_named(part) or _is_links(part)):
            yield at


def _says_so(part: Part) -> bool:
    return part.tag in _SURROUNDINGS or (part.attributes.get("role") or "") in _SURROUNDING_ROLES


def _is_named(part: Part) -> bool:
    return not part.headed and bool(_NAMED.search(_names(part)))


def _is_links(part: Part) -> bool:
    """A line of nothing but links, or a box that is mostly links under its heading."""
    line = part.tag in _LINES and not part.headed and 0 < part.letters == part.linked
    return line or (part.tag in _BOXES and 0 < part.letters <= 2 * part.linked)


def _names(part: Part) -> str:
    return f"{part.attributes.get('class') or ''} {part.attributes.get('id') or ''}"


def _content(parts: list[Part], left_out: frozenset[int]) -> int:
    inside = _inside(parts, left_out)
    groups = (
        [at for at in inside if parts[at].tag == "main" or parts[at].attributes.get("role") == "main"],
        [at for at in inside if parts[at].tag == "article"],
        [at for at in inside if _CONTENT_NAMES.intersection(_names(parts[at]).lower().split())],
    )
    for group, enough in zip(groups, (_ENOUGH, parts[0].letters, parts[0].letters), strict=True):
        if group and parts[group[0]].letters >= min(enough, _MOST * parts[0].letters) > 0:
            return group[0]
    return 0


def _inside(parts: list[Part], left_out: Iterable[int]) -> list[int]:
    """The numbers of all parts that are not left out, nor stand in one that is."""
    out = set(left_out)
    for at, part in enumerate(parts):
        if at in out:
            out.update(part.children)
    return [at for at in range(len(parts)) if at not in out]
