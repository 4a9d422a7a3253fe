"""The sixteen Länder as tiles, roughly where they lie: who applied, who put a note on record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from handlers.files.canvas import BLUE, EMPTY, FAINT, INK, ORANGE, WHITE, Canvas

PLACES: Mapping[str, tuple[int, int]] = {
    **{"SH": (1, 0), "HH": (2, 0), "MV": (3, 0)},
    **{"HB": (0, 1), "NI": (1, 1), "ST": (2, 1), "BB": (3, 1), "BE": (4, 1)},
    **{"NW": (0, 2), "HE": (1, 2), "TH": (2, 2), "SN": (3, 2)},
    **{"RP": (0, 3), "BW": (1, 3), "BY": (2, 3)},
    "SL": (0, 4),
}
"""Column and row of each, by its official abbreviation."""

_TILE, _GAP, _MARGIN, _TOP = 78, 6, 20, 64
_WIDTH = 2 * _MARGIN + 5 * _TILE + 4 * _GAP
_LEGEND = 44
_BAND = 23


@dataclass(frozen=True, slots=True)
class Part:
    """What one Land did: in how many resolutions it applied, and under how many it has a note."""

    applied: int = 0
    noted: int = 0


@dataclass(frozen=True, slots=True)
class Words:
    """What stands beside the tiles, in the reader's language; `applied` and `noted` begin with the letter that marks
    the tiles."""

    title: str
    subtitle: str
    applied: str
    noted: str
    neither: str


def tile_map(parts: Mapping[str, Part], words: Words) -> bytes:
    """A PNG. `parts` by abbreviation; a Land that is missing did neither."""
    canvas = Canvas(_WIDTH, _TOP + 5 * (_TILE + _GAP) + _LEGEND)
    canvas.title((_MARGIN, 30), words.title, _WIDTH - 2 * _MARGIN)
    canvas.text((_MARGIN, 50), canvas.shortened(words.subtitle, _WIDTH - 2 * _MARGIN, 11), 11, FAINT)
    for short, (column, row) in PLACES.items():
        _tile(canvas, _corner(column, row), short, parts.get(short, Part()), words)
    _legend(canvas, words)
    return canvas.png()


def _corner(column: int, row: int) -> tuple[int, int]:
    return _MARGIN + column * (_TILE + _GAP), _TOP + row * (_TILE + _GAP)


def _tile(canvas: Canvas, corner: tuple[int, int], short: str, part: Part, words: Words) -> None:
    left, top = corner
    box = (left, top, left + _TILE, top + _TILE)
    colour = BLUE if part.applied else ORANGE if part.noted else EMPTY
    canvas.box(box, colour)
    if part.applied and part.noted:
        canvas.band(box, _BAND, ORANGE)
    ink = WHITE if part.applied else INK
    canvas.text((left + 10, top + 27), short, 20, ink, "bold")
    if part.applied:
        canvas.text((left + 10, top + 47), f"{words.applied[:1]} {part.applied}", 13, WHITE, "bold")
    if part.noted:
        canvas.text((left + 10, top + _TILE - 7), f"{words.noted[:1]} {part.noted}", 13, INK, "bold")


def _legend(canvas: Canvas, words: Words) -> None:
    top = _TOP + 5 * (_TILE + _GAP) + 8
    told = (BLUE, f"{words.applied[:1]}  {words.applied}"), (ORANGE, f"{words.noted[:1]}  {words.noted}")
    for place, (colour, text) in enumerate((*told, (EMPTY, words.neither))):
        left = _MARGIN + (_TILE + _GAP) * 1.65 * place
        canvas.box((left, top, left + 16, top + 16), colour)
        canvas.text((left + 22, top + 13), canvas.shortened(text, 110, 11), 11)
