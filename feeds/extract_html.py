"""HTML to lines: the page's content without what surrounds it, one line a paragraph.

Strategy: the content is the page's `main` or `article`, else its body; what only helps to find one's way (`nav`,
`header`, `footer`, forms, scripts) is taken out. Every block element gives a line, `br` breaks one; list entries get
back the mark that a browser would show, because that is what the reader tells them by.
"""

from __future__ import annotations

from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from feeds.extract_text import squeeze
from feeds.line import Line

_SURROUNDINGS = (
    "script, style, noscript, template, nav, header, footer, aside, form, button, svg, iframe, dialog,"
    " [hidden], [aria-hidden=true], [role=navigation], [role=banner], [role=contentinfo], [role=search]"
)
_CONTENT = ("main", "[role=main]", "article", "#content", "#main", "body")
_BLOCK_END = "\n"
_ROW_END = "\v"
_NO_ROWS = str.maketrans("\n\v", "  ")
_BLOCKS = frozenset(
    "address article blockquote body caption center dd div dl dt fieldset figcaption figure h1 h2 h3 h4 h5 h6 hr li"
    " main ol p pre section table tbody td tfoot th thead tr ul".split()
)


def lines_of_html(html: str) -> tuple[Line, ...]:
    """The content's paragraphs in document order, each a line of its own."""
    tree = LexborHTMLParser(html)
    content = _content(tree)
    if content is None:
        return ()
    for node in content.css(_SURROUNDINGS):
        node.decompose()
    return tuple(_lines("".join(_pieces(content))))


def _lines(text: str) -> Iterator[Line]:
    """One line a row; the first row of a block begins a paragraph, an empty row inside it is a gap."""
    first_of_page = True
    for block in text.split(_BLOCK_END):
        starts, gap = True, True
        for row in map(squeeze, block.split(_ROW_END)):
            if row:
                yield Line(row, gap=gap, page_start=first_of_page, starts=starts or gap)
                first_of_page = starts = False
            gap = not row


def _content(tree: LexborHTMLParser) -> LexborNode | None:
    return next((node for selector in _CONTENT if (node := tree.css_first(selector)) is not None), None)


def _pieces(root: LexborNode) -> Iterator[str]:
    """The text below `root` with the ends of blocks and rows; without recursion, as nesting has no bound."""
    waiting: list[LexborNode | str] = [root]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            yield one
        elif one.tag == "-text":
            yield (one.text_content or "").translate(_NO_ROWS)
        elif one.tag == "br":
            yield _ROW_END
        else:
            inside: list[LexborNode | str] = list(one.iter(include_text=True))
            around = [_BLOCK_END + _mark(one), *inside, _BLOCK_END] if one.tag in _BLOCKS else inside
            waiting.extend(reversed(around))


def _mark(node: LexborNode) -> str:
    """What a browser shows in front of a list entry."""
    parent = node.parent
    if node.tag != "li" or parent is None:
        return ""
    if parent.tag != "ol":
        return "• "
    first = int(parent.attributes.get("start") or 1)
    entries = [child for child in parent.iter() if child.tag == "li"]
    return f"{first + entries.index(node)}. "
