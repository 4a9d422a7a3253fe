"""A small typesetter for test documents: lines stand where the test wants them, numbers in either margin.

Unlike the demo's typesetter it takes lines as they are (breaks and hyphens included), so that a document that exists
as text can be printed and read back.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

FONT = "Helvetica"
EMBEDDED = "Vera"
Side = Literal["left", "right"]
Order = Literal["with the line", "before the text", "after the text"]
Draw = Callable[[Canvas], None]


@dataclass(frozen=True, slots=True)
class Type:
    """A line to print: its number in the margin, empty space above it, and whether it opens a page."""

    text: str
    number: int | None = None
    gap: bool = False
    page_start: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """How a document is printed; all measures in points.

    `numbers`: when the margin numbers are drawn, with their line or after all text of the page. `running` stands at
    the top of every page, `foot` at its end with the page's number for "#". `processed`: as word processors write,
    with embedded type and a place of its own for every word.
    """

    side: Side = "right"
    every: int = 1
    numbers: Order = "with the line"
    left: float = 75.0
    number_left: float = 50.0
    number_right: float = 550.0
    top: float = 770.0
    bottom: float = 70.0
    size: float = 9.5
    pitch: float = 13.0
    gap: float = 9.0
    running: tuple[str, ...] = ()
    foot: str | None = None
    processed: bool = False

    @property
    def font(self) -> str:
        if not self.processed:
            return FONT
        if EMBEDDED not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(EMBEDDED, f"{EMBEDDED}.ttf"))
        return EMBEDDED


PLAIN = Look()


def printed(lines: Iterable[Type], look: Look = PLAIN) -> bytes:
    """The PDF; the same lines give the same bytes."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    for number, page in enumerate(_pages(lines, look), start=1):
        _draw(canvas, page, look, number)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def drawn(*pages: Draw, password: str | None = None) -> bytes:
    """The PDF in which each function has drawn a page."""
    buffer = io.BytesIO()
    encrypt = StandardEncryption(password) if password else None
    canvas = Canvas(buffer, pagesize=A4, invariant=1, encrypt=encrypt)
    for draw in pages:
        canvas.setFont(FONT, 9)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def column(
    lines: Iterable[str], left: float = 75.0, top: float = 750.0, pitch: float = 14.0
) -> Callable[[Canvas], None]:
    """Draws lines one below the other."""

    def draw(canvas: Canvas) -> None:
        for position, text in enumerate(lines):
            canvas.drawString(left, top - pitch * position, text)

    return draw


def picture(canvas: Canvas) -> None:
    """Draws what a scanner makes: an image and no text."""
    gray = ImageReader(Image.new("L", (60, 80), 128))
    canvas.drawImage(gray, 0, 0, *A4)


def _pages(lines: Iterable[Type], look: Look) -> Iterator[list[tuple[float, Type]]]:
    """Lines with the height of their baselines, page by page."""
    page: list[tuple[float, Type]] = []
    at = look.top
    for line in lines:
        at -= look.pitch + (look.gap if line.gap and page else 0)
        if page and (line.page_start or at < look.bottom):
            yield page
            page, at = [], look.top - look.pitch
        page.append((at, line))
    if page:
        yield page


def _draw(canvas: Canvas, page: list[tuple[float, Type]], look: Look, number: int) -> None:
    for position, text in enumerate(look.running):
        canvas.setFont(FONT, 8)
        canvas.drawRightString(look.number_right, 815 - 11 * position, text)
    numbered = [(at, line) for at, line in page if line.number is not None and line.number % look.every == 0]
    if look.numbers == "before the text":
        _draw_numbers(canvas, numbered, look)
    for at, line in page:
        canvas.setFont(look.font, look.size)
        if look.processed:
            _draw_words(canvas, line.text, at, look)
        else:
            canvas.drawString(look.left, at, line.text)
        if look.numbers == "with the line" and (at, line) in numbered:
            _draw_numbers(canvas, [(at, line)], look)
    if look.numbers == "after the text":
        _draw_numbers(canvas, numbered, look)
    if look.foot:
        canvas.setFont(FONT, 8)
        canvas.drawCentredString(A4[0] / 2, 40, look.foot.replace("#", str(number)))


def _draw_words(canvas: Canvas, text: str, at: float, look: Look) -> None:
    left = look.left
    for word in re.findall(r"\S+\s*", text):
        canvas.drawString(left, at, word)
        left += pdfmetrics.stringWidth(word, look.font, look.size)


def _draw_numbers(canvas: Canvas, numbered: list[tuple[float, Type]], look: Look) -> None:
    canvas.setFont(FONT, 7)
    for at, line in numbered:
        shown = str(line.number)
        if look.side == "right":
            canvas.drawRightString(look.number_right, at, shown)
        else:
            canvas.drawString(look.number_left, at, shown)


def fitted(lines: Iterable[Type], look: Look, width: float = 455.0) -> Look:
    """The look with the largest type in which no line is wider than `width`."""
    widest = max((pdfmetrics.stringWidth(line.text, look.font, 1) for line in lines), default=1.0)
    return replace(look, size=min(look.size, width / widest))
