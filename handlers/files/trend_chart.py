"""Topics over sessions: a table of small boxes, the darker the more; each box also shows its number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.files.canvas import EMPTY, FAINT, INK, Canvas, ink_on

_LABEL, _CELL, _ROW, _MARGIN, _TOP, _HEAD = 236, 58, 34, 20, 62, 52
_LIGHT, _DARK = (0xD6, 0xEA, 0xF5), (0x00, 0x5A, 0x8C)


@dataclass(frozen=True, slots=True)
class Trend:
    """`counts[row][column]`: resolutions on that topic in that session. `dates` stand below the sessions' names."""

    title: str
    subtitle: str
    topics: tuple[str, ...]
    sessions: tuple[str, ...]
    dates: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]


def trend_chart(trend: Trend) -> bytes:
    """A PNG; of many sessions as many as were given, so callers give the newest."""
    width = max(2 * _MARGIN + _LABEL + len(trend.sessions) * _CELL, 420)
    canvas = Canvas(width, _TOP + _HEAD + len(trend.topics) * _ROW + _MARGIN)
    canvas.title((_MARGIN, 30), trend.title, width - 2 * _MARGIN)
    canvas.text((_MARGIN, 50), canvas.shortened(trend.subtitle, width - 2 * _MARGIN, 11), 11, FAINT)
    most = max((count for row in trend.counts for count in row), default=0)
    for column, (session, date) in enumerate(zip(trend.sessions, trend.dates, strict=True)):
        _session(canvas, column, session, date)
    for row, (topic, counts) in enumerate(zip(trend.topics, trend.counts, strict=True)):
        _row(canvas, row, topic, counts, most)
    return canvas.png()


def _session(canvas: Canvas, column: int, name: str, date: str) -> None:
    """The number above the conference, so that long names have room."""
    middle = _MARGIN + _LABEL + (column + 0.5) * _CELL
    number, _, body = name.rpartition(" ")
    for line, (text, colour) in enumerate(((number, INK), (body, INK), (date, FAINT))):
        canvas.text((middle, _TOP + 14 + 13 * line), canvas.shortened(text, _CELL - 2, 10), 10, colour, anchor="ms")


def _row(canvas: Canvas, row: int, topic: str, counts: Sequence[int], most: int) -> None:
    top = _TOP + _HEAD + row * _ROW
    canvas.text((_MARGIN, top + 20), canvas.shortened(topic, _LABEL - 10, 12), 12)
    for column, count in enumerate(counts):
        left = _MARGIN + _LABEL + column * _CELL
        share = count / most if most else 0
        fill = _shade(share) if count else EMPTY
        canvas.box((left + 2, top + 2, left + _CELL - 2, top + _ROW - 4), fill)
        if count:
            canvas.text((left + _CELL / 2, top + _ROW / 2), f"{count}", 13, ink_on(fill), "bold", "mm")


def _shade(share: float) -> str:
    mixed = (round(light + (dark - light) * share) for light, dark in zip(_LIGHT, _DARK, strict=True))
    return "#" + "".join(f"{value:02X}" for value in mixed)
