"""Running heads and page numbers told by place and repetition.

Strategy: only the outermost rows of a page can be furniture. One is, if the same text stands at the same height on
several pages, or if it holds a number that rises with the pages and otherwise the same text. The head of an agenda
item that is repeated while the item goes on stays where it stands first; heads that only count on are no furniture,
nor are rows with a margin number.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import takewhile

from feeds.printed_row import Row, fullest

_LEAST_PAGES = 3
_OUTERMOST = 5
"""So many rows at the top and at the bottom of a page are looked at."""
_ALIGNED = 4.0
"""Points by which the same row may stand higher or lower from page to page."""
_SHARE = 0.3
"""Of the pages with a row at that height; two heads may alternate, but the first line of the text differs more."""
_DIGITS = 4
_NUMBER = re.compile(r"\d+")
_HEAD = re.compile(
    r"(?:Zu )?(?:TOP|Punkt|Tagesordnungspunkt|Beschluss|Ziffer|Artikel|Drucksache|Anlage)\b", re.IGNORECASE
)

Place = tuple[int, int]
"""A page's position and a row's position on it."""


def running_rows(pages: Sequence[Sequence[Row]]) -> frozenset[Place]:
    """The places of all furniture; every page's rows come from the top."""
    repeated = _repeated(pages)
    return frozenset(place for page, rows in enumerate(pages) for place in _outermost(page, len(rows), repeated))


def _outermost(page: int, count: int, repeated: set[Place]) -> set[Place]:
    """The repeated rows of a page with no other row outside of them; none where all of a full page is repeated."""
    places = [(page, at) for at in range(count)]
    found = {*takewhile(repeated.__contains__, places), *takewhile(repeated.__contains__, reversed(places))}
    return found if len(found) < count or count <= _OUTERMOST else set()


def _repeated(pages: Sequence[Sequence[Row]]) -> set[Place]:
    groups: defaultdict[tuple[str, int | None], list[Place]] = defaultdict(list)
    for page, rows in enumerate(pages):
        for at in _outer(len(rows)):
            if rows[at].margin is None:
                for key in _keys(rows[at].text, page):
                    groups[key].append((page, at))
    least = max(2, min(_LEAST_PAGES, len(pages)))
    heights = [[rows[at].base for at in _outer(len(rows))] for rows in pages]
    found: set[Place] = set()
    for (text, _), places in groups.items():
        same = _at_one_height(pages, places) if len(places) >= least else []
        if len(same) >= least and _is_usual(heights, pages, same):
            found |= set(same[1:] if _HEAD.match(text) else same)
    return found


def _keys(text: str, page: int) -> Iterator[tuple[str, int | None]]:
    """The row as it is, and for each number in it what it is without, and how the number is ahead of the page's."""
    yield text, None
    if not _HEAD.match(text):
        for match in _NUMBER.finditer(text):
            if len(match[0]) <= _DIGITS:
                yield f"{text[: match.start()]}#{text[match.end() :]}", int(match[0]) - page


def _at_one_height(pages: Sequence[Sequence[Row]], places: list[Place]) -> list[Place]:
    """The most of the places that stand equally high, in the order of pages."""
    heights = sorted((pages[page][at].base, (page, at)) for page, at in places)
    same = fullest([height for height, _ in heights], _ALIGNED)
    return sorted(heights[position][1] for position in same)


def _outer(count: int) -> Sequence[int]:
    """The positions of the outermost of so many rows."""
    if count <= 2 * _OUTERMOST:
        return range(count)
    return (*range(_OUTERMOST), *range(count - _OUTERMOST, count))


def _is_usual(heights: list[list[float]], pages: Sequence[Sequence[Row]], places: list[Place]) -> bool:
    """Whether a good part of the pages that have anything at that height have this."""
    page, at = places[0]
    height = pages[page][at].base
    low, high = height - _ALIGNED, height + _ALIGNED
    occupied = sum(any(low <= base <= high for base in bases) for bases in heights)
    return len({page for page, _ in places}) >= _SHARE * occupied
