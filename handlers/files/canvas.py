"""What the pictures share: a font, colours that colour-blind people can tell apart, and PNG bytes at the end.

The colours are those of Okabe and Ito (jfly.uni-koeln.de/color); besides, every difference is also told by a letter or
a number. The font is Bitstream Vera, which lies in reportlab and may be used freely.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Literal

from PIL import Image, ImageDraw, ImageFont

Box = tuple[float, float, float, float]
Colour = str

WHITE, INK, FAINT, EMPTY = "#FFFFFF", "#222222", "#6B6B6B", "#E8E8E8"
BLUE, ORANGE, SKY = "#0072B2", "#E69F00", "#56B4E9"

_HALF_WAY = 0.21
"""The luminance on which white and INK (of 0.016) have the same contrast."""

_TITLES = (18, 15, 13)

SCALE = 2
"""Pixels for one unit, so that telephones with fine displays show sharp letters."""

Weight = Literal["plain", "bold"]
_FONTS: dict[Weight, str] = {"plain": "Vera.ttf", "bold": "VeraBd.ttf"}


@dataclass
class Canvas:
    """A white picture of `width` × `height` units; places are units from the top left corner."""

    width: int
    height: int
    _image: Image.Image = field(init=False)
    _draw: ImageDraw.ImageDraw = field(init=False)

    def __post_init__(self) -> None:
        self._image = Image.new("RGB", (self.width * SCALE, self.height * SCALE), WHITE)
        self._draw = ImageDraw.Draw(self._image)

    def box(self, box: Box, fill: Colour) -> None:
        left, top, right, bottom = (place * SCALE for place in box)
        self._draw.rounded_rectangle((left, top, right, bottom), radius=4 * SCALE, fill=fill)

    def band(self, box: Box, height: float, fill: Colour) -> None:
        """The lower end of a box."""
        left, _, right, bottom = (place * SCALE for place in box)
        round_below = (False, False, True, True)
        place = (left, bottom - height * SCALE, right, bottom)
        self._draw.rounded_rectangle(place, radius=4 * SCALE, fill=fill, corners=round_below)

    def title(self, at: tuple[float, float], text: str, room: float) -> None:
        """In large letters, where it is long in smaller ones, and only then cut."""
        size = next((one for one in _TITLES if _font("bold", one).getlength(_printable(text)) <= room * SCALE), 13)
        self.text(at, self.shortened(text, room, size, "bold"), size, weight="bold")

    def line(self, start: tuple[float, float], end: tuple[float, float], fill: Colour = FAINT) -> None:
        self._draw.line((start[0] * SCALE, start[1] * SCALE, end[0] * SCALE, end[1] * SCALE), fill=fill, width=SCALE)

    def text(
        self,
        at: tuple[float, float],
        text: str,
        size: float = 13,
        fill: Colour = INK,
        weight: Weight = "plain",
        anchor: str = "ls",
    ) -> None:
        """`anchor` as Pillow names it: “ls” begins at the place, on the line; “mm” is centred on it."""
        font = _font(weight, size)
        self._draw.text((at[0] * SCALE, at[1] * SCALE), _printable(text), font=font, fill=fill, anchor=anchor)

    def shortened(self, text: str, room: float, size: float = 13, weight: Weight = "plain") -> str:
        """The text, cut with “…” where it is longer than `room` units."""
        font, most, text = _font(weight, size), room * SCALE, _printable(text)
        if font.getlength(text) <= most:
            return text
        kept = next(n for n in range(len(text), -1, -1) if n == 0 or font.getlength(f"{text[:n].rstrip()}…") <= most)
        return f"{text[:kept].rstrip()}…"

    def png(self) -> bytes:
        buffer = io.BytesIO()
        self._image.save(buffer, "PNG", optimize=True)
        return buffer.getvalue()


def ink_on(fill: Colour) -> Colour:
    """Dark or white letters, whichever stand out more (WCAG 2.2, relative luminance and contrast ratio)."""
    parts = (int(fill[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return WHITE if 0.2126 * red + 0.7152 * green + 0.0722 * blue < _HALF_WAY else INK


def _printable(text: str) -> str:
    """One line; what cannot be drawn becomes a blank."""
    return "".join(char if char.isprintable() else " " for char in text)


def _font(weight: Weight, size: float) -> ImageFont.FreeTypeFont:
    place = files("reportlab") / "fonts" / _FONTS[weight]
    return ImageFont.truetype(io.BytesIO(place.read_bytes()), int(size * SCALE))
