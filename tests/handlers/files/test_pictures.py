"""The pictures: every Land has its place, colours and numbers say the same, and any input gives a picture."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from config.states import States
from handlers.files.canvas import BLUE, EMPTY, ORANGE, SCALE, WHITE, Canvas
from handlers.files.tile_map import PLACES, Part, Words, tile_map
from handlers.files.trend_chart import Trend, trend_chart

WORDS = Words("Sprachkurse", "12 Beschlüsse", "Antrag", "Protokollnotiz", "weder noch")
TILE, GAP, MARGIN, TOP = 78, 6, 20, 64


def opened(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("RGB")


def colour(picture: Image.Image, x: float, y: float) -> str:
    pixel = picture.getpixel((int(x * SCALE), int(y * SCALE)))
    assert isinstance(pixel, tuple)
    return "#" + "".join(f"{value:02X}" for value in pixel)


def corner_of(short: str) -> tuple[int, int]:
    column, row = PLACES[short]
    return MARGIN + column * (TILE + GAP), TOP + row * (TILE + GAP)


def test_every_land_has_one_place() -> None:
    assert set(PLACES) == {state.abbreviation for state in States.load().all}
    assert len(set(PLACES.values())) == 16


@pytest.mark.parametrize(
    ("part", "upper", "lower"),
    [
        (Part(2, 0), BLUE, BLUE),
        (Part(0, 1), ORANGE, ORANGE),
        (Part(1, 1), BLUE, ORANGE),
        (Part(), EMPTY, EMPTY),
    ],
)
def test_a_tile_shows_what_a_land_did(part: Part, upper: str, lower: str) -> None:
    picture = opened(tile_map({"BY": part, "SL": Part(1, 0)}, WORDS))
    left, top = corner_of("BY")
    assert colour(picture, left + 5, top + 8) == upper
    assert colour(picture, left + TILE - 5, top + TILE - 5) == lower
    assert colour(picture, *(place + 8 for place in corner_of("SL"))) == BLUE
    assert colour(picture, *(place + 8 for place in corner_of("BE"))) == EMPTY


def test_the_colours_differ_in_lightness_too() -> None:
    """Who sees no colours at all tells them apart as well."""
    light = [sum(int(one[at : at + 2], 16) for at in (1, 3, 5)) for one in (BLUE, ORANGE, EMPTY, WHITE)]
    assert min(abs(a - b) for i, a in enumerate(light) for b in light[i + 1 :]) > 60


def test_darker_is_more() -> None:
    trend = Trend("T", "U", ("A",), ("1.", "2.", "3."), ("", "", ""), ((0, 1, 9),))
    picture = opened(trend_chart(trend))
    none, few, many = (
        luminance(pixel)
        for at in range(3)
        if isinstance(pixel := picture.getpixel((int((256 + 58 * at + 6) * SCALE), int(122 * SCALE))), tuple)
    )
    assert none > few > many


@pytest.mark.parametrize("count", range(1, 21))
def test_letters_stand_out_from_every_shade(count: int) -> None:
    """At least as WCAG 2.2 (1.4.3) wants it of large letters."""
    picture = opened(trend_chart(Trend("T", "U", ("A", "B"), ("1.",), ("",), ((count,), (20,)))))
    left, top = (256 + 2) * SCALE, (114 + 2) * SCALE
    cell = picture.crop((left, top, left + 54 * SCALE, top + 28 * SCALE))
    lights = sorted(luminance(pixel) for _, pixel in cell.getcolors(10**6) or () if isinstance(pixel, tuple))
    assert (lights[-1] + 0.05) / (lights[0] + 0.05) >= 3


def luminance(pixel: tuple[int, ...]) -> float:
    parts = (part / 255 for part in pixel)
    linear = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_large_numbers_stay_on_their_colour() -> None:
    """What is said of the notes stands in the band of the notes, however much it is."""
    picture = opened(tile_map({"BY": Part(1234, 1234)}, WORDS))
    left, top = corner_of("BY")
    assert colour(picture, left + 4, top + TILE - 20) == ORANGE
    assert colour(picture, left + TILE - 4, top + TILE - 30) == BLUE


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=300), st.integers(0, 10**6), st.sampled_from(sorted(PLACES)))
def test_any_words_and_numbers_give_a_picture(text: str, count: int, short: str) -> None:
    picture = opened(tile_map({short: Part(count, count)}, Words(text, text, text, text, text)))
    assert picture.width > 400
    rows = opened(trend_chart(Trend(text, text, (text,), (text,), (text,), ((count,),))))
    assert rows.width >= 400


@pytest.mark.parametrize("room", [0, 3, 40, 400])
def test_text_is_cut_to_its_room(room: int) -> None:
    canvas = Canvas(10, 10)
    cut = canvas.shortened("Fachkräfteeinwanderung", room)
    assert cut == "Fachkräfteeinwanderung" if room == 400 else cut.endswith("…") or cut == "…"
