"""Answers to inline queries: what they must be like, and what a person sees and chooses of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tests.fake_telegram.answers import Json, bad_request
from tests.fake_telegram.keyboard import check_keyboard
from tests.fake_telegram.text import check_entities, check_text

MOST_RESULTS = 50
LONGEST_ID = 64  # bytes, of a result and of an offset
_START = re.compile(r"[A-Za-z0-9_-]{1,64}")
_FIELDS = {"type", "id", "title", "description", "input_message_content", "reply_markup", "url", "thumbnail_url"}


@dataclass
class InlineAnswer:
    """What stands above the message field: the line of the button, and the cards."""

    results: list[Json] = field(default_factory=list)
    next_offset: str = ""
    button: Json | None = None
    cache_time: int = 300
    is_personal: bool = False

    def titles(self) -> list[str]:
        return [result["title"] for result in self.results]

    def texts(self) -> list[str]:
        """What choosing each card would send."""
        return [result["input_message_content"]["message_text"] for result in self.results]


def check_answer(given: Json) -> InlineAnswer:
    """The answer, if Telegram takes it."""
    results = given["results"]
    if len(results) > MOST_RESULTS:
        raise bad_request("RESULTS_TOO_MUCH")
    for result in results:
        _check_result(result)
    if len({result["id"] for result in results}) < len(results):
        raise bad_request("RESULT_ID_DUPLICATE")
    if len(given.get("next_offset", "").encode()) > LONGEST_ID:
        raise bad_request("NEXT_OFFSET_INVALID")
    if "button" in given:
        _check_button(given["button"])
    return InlineAnswer(
        results,
        given.get("next_offset", ""),
        given.get("button"),
        given.get("cache_time", 300),
        given.get("is_personal", False),
    )


def _check_result(result: Json) -> None:
    if unknown := set(result) - _FIELDS:
        raise bad_request(f"can't parse inline query result: unknown field {sorted(unknown)[0]}")
    if result.get("type") != "article":
        raise bad_request(f"can't parse inline query result: unsupported type {result.get('type')}")
    if not 1 <= len(str(result.get("id", "")).encode()) <= LONGEST_ID:
        raise bad_request("RESULT_ID_INVALID")
    if not str(result.get("title", "")).strip():
        raise bad_request("ARTICLE_TITLE_EMPTY")
    content = result.get("input_message_content") or {}
    check_text(content.get("message_text", ""))
    check_entities(content["message_text"], content.get("entities", []))
    if "reply_markup" in result:
        check_keyboard(result["reply_markup"])


def _check_button(button: Json) -> None:
    if not str(button.get("text", "")).strip():
        raise bad_request("can't parse inline query results button: text must be non-empty")
    if not _START.fullmatch(button.get("start_parameter", "")):
        raise bad_request("START_PARAM_INVALID")
