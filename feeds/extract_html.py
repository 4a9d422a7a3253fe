"""HTML to lines: the page's content (`feeds.page_content`), one line a paragraph.

Strategy: every block element gives a line, `br` breaks one; list entries get back the mark that a browser would show,
because that is what the reader tells them by.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from string import ascii_lowercase

from feeds.extract_text import squeeze
from feeds.line import Line
from feeds.page_content import SIGNPOST, Page, Part, page_of

_SMALL_NUMBER = re.compile(r"[0-9]{1,4}")
_LONE_MARK = re.compile(r"•|\d{1,4}\.|[a-z]\)")
_CUT_WORD = re.compile(r"[a-zäöüß]-\d{0,4}$")
_CUT_SHARE = 0.05
"""In print a tenth to a third of all lines end in a cut word; on web pages hardly any does."""
_LONGEST_CELL = 80
_BLOCK_END = "\n"
_ROW_END = "\v"
_NO_ROWS = str.maketrans("\n\v", "  ")
_ROWS = str.maketrans("\n", _ROW_END)
_BLOCKS = frozenset(
    "address article blockquote body caption center dd div dl dt fieldset figcaption figure h1 h2 h3 h4 h5 h6 hr li"
    " main ol p pre section table tbody td tfoot th thead tr ul".split()
)


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A part still to be told; `as_printed`: inside `pre`, where a line's end is one."""

    number: int
    mark: str = ""
    as_printed: bool = False


def lines_of_html(html: str) -> tuple[Line, ...]:
    """The content's paragraphs in document order, each a line of its own.

    Pages made from print have an element for every printed line instead: then no line is taken for a whole paragraph.
    """
    page = page_of(html)
    lines = tuple(_lines("".join(_pieces(page)))) if page else ()
    kept = tuple(line for line in lines if not SIGNPOST.fullmatch(line.text))
    cut = sum(bool(_CUT_WORD.search(line.text)) for line in kept)
    return tuple(line._replace(starts=False) for line in kept) if cut > len(kept) * _CUT_SHARE else kept


def _lines(text: str) -> Iterator[Line]:
    """One line a row; the first row of a block begins a paragraph, an empty row inside it is a gap.

    The mark of an entry that holds blocks itself stands alone, and goes in front of the first of them.
    """
    first_of_page, mark = True, ""
    for block in text.split(_BLOCK_END):
        starts, gap = True, True
        for row in map(squeeze, block.split(_ROW_END)):
            if _LONE_MARK.fullmatch(row):
                mark = row
            elif row:
                yield Line(f"{mark} {row}".lstrip(), gap=gap, page_start=first_of_page, starts=starts or gap)
                first_of_page, starts, mark = False, False, ""
            gap = not row


def _pieces(page: Page) -> Iterator[str]:
    """The content's text with the ends of blocks and rows; without recursion, as nesting has no bound."""
    waiting: list[_Waiting | str] = [_Waiting(page.content)]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            yield one
            continue
        part, mark = page.parts[one.number], one.mark
        if part.tag == "-text":
            yield part.text.translate(_ROWS if one.as_printed else _NO_ROWS)
        elif part.tag == "br":
            yield _ROW_END
        elif part.tag == "tr" and (cells := _plain_cells(part, page)):
            yield f"{_BLOCK_END}{' '.join(cells)}{_BLOCK_END}"
        elif one.number not in page.left_out:
            inside = _inside(part, page, one.as_printed or part.tag == "pre")
            around: list[_Waiting | str] = [_BLOCK_END + mark, *inside, _BLOCK_END] if part.tag in _BLOCKS else inside
            waiting.extend(reversed(around))


def _plain_cells(row: Part, page: Page) -> list[str]:
    """The cells of a table's row where each is a word, a number or a few of them; () for a row that lays out a page."""
    cells = [number for number in row.children if page.parts[number].tag in ("td", "th")]
    texts = [_plain_text(number, page) for number in cells]
    plain = [text for text in texts if text is not None and len(text) <= _LONGEST_CELL]
    return plain if 1 < len(plain) == len(cells) else []


def _plain_text(number: int, page: Page) -> str | None:
    """What a cell says; None where it holds blocks or anything that is left out."""
    waiting, texts = [number], []
    while waiting:
        part = page.parts[at := waiting.pop()]
        if at in page.left_out or part.tag == "br" or (at != number and part.tag in _BLOCKS):
            return None
        texts.append(part.text if part.tag == "-text" else "")
        waiting.extend(reversed(part.children))
    return squeeze("".join(texts).translate(_NO_ROWS))


def _inside(part: Part, page: Page, as_printed: bool) -> list[_Waiting | str]:
    """A part's children, list entries with the mark that a browser shows in front of them."""
    marks = _marks(part, [page.parts[child] for child in part.children])
    return [_Waiting(child, mark, as_printed) for child, mark in zip(part.children, marks, strict=True)]


def _marks(holder: Part, children: list[Part]) -> Iterator[str]:
    number = _number(holder.attributes.get("start")) or 1
    lettered = holder.attributes.get("type") == "a" or "lower-alpha" in (holder.attributes.get("style") or "")
    for child in children:
        if child.tag != "li":
            yield ""
        elif holder.tag != "ol":
            yield "• "
        else:
            number = _number(child.attributes.get("value")) or number
            yield f"{ascii_lowercase[number - 1]}) " if lettered and number <= len(ascii_lowercase) else f"{number}. "
            number += 1


def _number(value: str | None) -> int | None:
    return int(value) if value and _SMALL_NUMBER.fullmatch(value) else None
