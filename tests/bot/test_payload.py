from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.payload import LONGEST_TEXT, compose
from bot.styled import utf16_length
from handlers.reply import Block, Button, Reply, Span, plain
from tests.fake_telegram.text import check_entities, check_text

words = st.text(st.sampled_from("aäß😀 .\n"), min_size=1, max_size=300)
styles = st.sampled_from(["plain", "bold", "italic"])
blocks = st.builds(Block, st.lists(st.builds(Span, words, styles), min_size=1, max_size=30).map(tuple))
replies = st.lists(blocks, min_size=1, max_size=12).map(lambda each: Reply((plain("Anfang"), *each)))


@given(replies, st.integers(min_value=60, max_value=LONGEST_TEXT))
def test_telegram_takes_every_part(reply: Reply, limit: int) -> None:
    for payload in compose(reply, limit):
        check_text(payload["text"])
        check_entities(payload["text"], payload["entities"])
        assert utf16_length(payload["text"]) <= limit


@given(replies, st.integers(min_value=60, max_value=400))
def test_no_word_is_dropped(reply: Reply, limit: int) -> None:
    texts = [payload["text"] for payload in compose(reply, limit)]
    if len(texts) > 1:
        texts = [text.removesuffix(f"\n\n({n}/{len(texts)})") for n, text in enumerate(texts, 1)]
    assert re.sub(r"\s", "", "".join(texts)) == re.sub(r"\s", "", "".join(block.text for block in reply.blocks))


def test_several_parts_are_numbered_and_the_last_has_the_buttons() -> None:
    reply = Reply(tuple(plain("Wort " * 300) for _ in range(6)), ((Button("Mehr", "/neu 2"),),))
    payloads = compose(reply)
    assert [payload["text"][-7:] for payload in payloads] == ["\n\n(1/3)", "\n\n(2/3)", "\n\n(3/3)"]
    assert [payload["buttons"] for payload in payloads] == [[], [], [[{"label": "Mehr", "command": "/neu 2"}]]]


def test_one_part_is_not_numbered() -> None:
    assert [payload["text"] for payload in compose(Reply((plain("x" * LONGEST_TEXT),)))] == ["x" * LONGEST_TEXT]


def test_more_than_a_hundred_marks_make_more_parts() -> None:
    reply = Reply(tuple(Block((Span(f"{n}", "bold"),)) for n in range(250)))
    assert [len(payload["entities"]) for payload in compose(reply)] == [100, 100, 50]


def test_a_payload_survives_json() -> None:
    reply = Reply((Block((Span("Quelle", "link", "https://a.example"),)),), ((Button("Ende", "/ende 1"),),))
    payloads = compose(reply)
    assert json.loads(json.dumps(payloads)) == list(payloads)


def test_a_button_that_would_be_refused_is_left_out_alone(caplog: pytest.LogCaptureFixture) -> None:
    long, fine = Button("Lang", "/topic " + "ä" * 30), Button("Kurz", "/topic " + "ä" * 28)
    payload = compose(Reply((plain("Text"),), ((long, fine), (long,))))[0]
    assert payload["buttons"] == [[{"label": "Kurz", "command": "/topic " + "ä" * 28}]]
    assert "payload.button_left_out" in caplog.text


@pytest.mark.parametrize("blocks", [(), (plain(""),), (plain(" \n"), plain(""))])
def test_a_reply_without_text_is_an_error(blocks: tuple[Block, ...]) -> None:
    with pytest.raises(ValueError, match="without any text"):
        compose(Reply(blocks))
