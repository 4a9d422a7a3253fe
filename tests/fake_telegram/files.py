"""Files that go along with a message, and Telegram's rules for them (Bot API, "Sending files")."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

from aiohttp import web
from PIL import Image

from tests.fake_telegram.answers import Json, bad_request
from tests.fake_telegram.text import units

LONGEST_CAPTION = 1024
LARGEST = {"photo": 10_000_000, "document": 50_000_000}
MOST_SIDES, MOST_RATIO = 10_000, 20


@dataclass(frozen=True)
class SentFile:
    """`kind`: “photo” or “document”, as it was sent."""

    kind: str
    name: str
    data: bytes


def upload(value: Any) -> tuple[str, bytes]:
    """A part of a form with several parts: its name and bytes."""
    if not isinstance(value, web.FileField):
        raise bad_request("a file was expected as a part of multipart/form-data")
    return value.filename, value.file.read()


def checked(kind: str, given: Json) -> SentFile:
    name, data = given[kind]
    if units(given.get("caption", "")) > LONGEST_CAPTION:
        raise bad_request("message caption is too long")
    if not data:
        raise bad_request("file must be non-empty")
    if len(data) > LARGEST[kind]:
        raise bad_request("Request Entity Too Large")
    if kind == "photo":
        _check_picture(data)
    return SentFile(kind, name, data)


def _check_picture(data: bytes) -> None:
    try:
        width, height = Image.open(io.BytesIO(data)).size
    except OSError:
        raise bad_request("IMAGE_PROCESS_FAILED") from None
    if width + height > MOST_SIDES or max(width, height) > MOST_RATIO * min(width, height):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
