from __future__ import annotations

from typing import Any

import pytest

from bot.transports.update_order import order_of


@pytest.mark.parametrize(
    ("content", "order"),
    [
        ({"message": {"chat": {"id": -42}, "from": {"id": 7}}}, "-42"),
        ({"channel_post": {"chat": {"id": -1001}}}, "-1001"),
        ({"my_chat_member": {"chat": {"id": 5}, "from": {"id": 7}}}, "5"),
        ({"callback_query": {"id": "1", "from": {"id": 7}, "message": {"chat": {"id": -42}}}}, "-42"),
        ({"callback_query": {"id": "1", "from": {"id": 7}}}, "7"),
        ({"inline_query": {"id": "1", "from": {"id": 7}, "query": "x"}}, "7"),
        ({"message": "none"}, "update 9"),
        ({"message": {"chat": {"id": "x"}}}, "update 9"),
        ({}, "update 9"),
    ],
)
def test_an_update_belongs_to_its_chat_or_to_who_sent_it(content: dict[str, Any], order: str) -> None:
    assert order_of({"update_id": 9, **content}) == order
