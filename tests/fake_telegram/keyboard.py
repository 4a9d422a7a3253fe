"""What an inline keyboard must be like."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from tests.fake_telegram.answers import Json, bad_request

LONGEST_DATA = 64  # bytes
MOST_IN_ROW = 8
MOST_BUTTONS = 100


def check_keyboard(markup: Json) -> list[list[Json]]:
    """The rows of buttons."""
    rows = markup.get("inline_keyboard")
    if set(markup) != {"inline_keyboard"} or not isinstance(rows, list):
        raise bad_request("can't parse reply keyboard markup JSON object")
    for row in rows:
        _check_row(row)
    if sum(len(row) for row in rows) > MOST_BUTTONS:
        raise bad_request("reply markup is too long")
    return rows


def _check_row(row: Any) -> None:
    if not isinstance(row, list) or not 1 <= len(row) <= MOST_IN_ROW:
        raise bad_request("a row of an inline keyboard must hold 1 to 8 buttons")
    for button in row:
        _check_button(button)


def _check_button(button: Json) -> None:
    if not str(button.get("text", "")).strip():
        raise bad_request("can't parse inline keyboard button: text must be non-empty")
    match sorted(set(button) - {"text"}):
        case ["url"]:
            _check_address(button["url"])
        case ["switch_inline_query"] | ["switch_inline_query_current_chat"]:
            pass
        case ["callback_data"]:
            if not 1 <= len(button["callback_data"].encode()) <= LONGEST_DATA:
                raise bad_request("BUTTON_DATA_INVALID")
        case _:
            raise bad_request("text buttons are unallowed in the inline keyboard")


def _check_address(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https", "tg") or (parts.scheme != "tg" and "." not in (parts.hostname or "")):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
