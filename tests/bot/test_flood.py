"""The arithmetic of too many messages: who is answered, who is asked to wait, who hears nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.flood import Allowance, Flood, Stock, Verdict, wait, weigh

ALLOWANCE = Allowance(burst=3, every=2.0, calm=2)
ANSWER, ASK, QUIET = Verdict.ANSWER, Verdict.ASK_TO_WAIT, Verdict.KEEP_QUIET


@pytest.mark.parametrize(
    ("moments", "verdicts", "why"),
    [
        ([0, 0, 0], [ANSWER] * 3, "as many as there are at once"),
        ([0, 0, 0, 0, 0, 0], [ANSWER] * 3 + [ASK, QUIET, QUIET], "then one word, and quiet"),
        ([0, 0, 0, 0, 2, 3.9], [ANSWER] * 3 + [ASK, QUIET, QUIET], "one free answer is not yet calm"),
        ([0, 0, 0, 0, 4, 4, 4], [ANSWER] * 3 + [ASK, ANSWER, ANSWER, ASK], "two are; then the word is said anew"),
        ([0, 2, 4, 6, 8, 10, 12], [ANSWER] * 7, "who writes at that pace is never asked to wait"),
        ([0, 0, 0, 100, 100, 100, 100], [ANSWER] * 6 + [ASK], "more than the burst never gathers"),
        ([50, 0, 0, 0], [ANSWER] * 3 + [ASK], "a clock that is set back gives nothing"),
    ],
)
def test_verdicts(moments: list[float], verdicts: list[Verdict], why: str) -> None:
    flood = Flood(ALLOWANCE)
    assert [flood.judge("a", at)[0] for at in moments] == verdicts, why


def test_chats_do_not_share() -> None:
    flood = Flood(ALLOWANCE)
    assert [flood.judge(chat, 0)[0] for chat in "aaaab"] == [ANSWER] * 3 + [ASK, ANSWER]


def test_the_word_tells_how_long() -> None:
    flood = Flood(ALLOWANCE)
    for _ in range(3):
        flood.judge("a", 0)
    assert flood.judge("a", 1.0) == (ASK, 3.0)
    assert flood.judge("a", 3.9)[0] is QUIET
    assert flood.judge("a", 4.0)[0] is ANSWER


@given(st.lists(st.floats(min_value=0, max_value=30), max_size=60))
def test_between_two_words_there_is_always_an_answer(gaps: list[float]) -> None:
    """And never more answers than were given out."""
    stock: Stock | None = None
    at, said, answered = 0.0, False, 0
    for gap in gaps:
        at += gap
        stock, verdict = weigh(stock, at, ALLOWANCE)
        assert 0 <= stock.free <= ALLOWANCE.burst
        assert not (verdict is ASK and said)
        said = verdict is not ANSWER and (said or verdict is ASK)
        answered += verdict is ANSWER
        assert wait(stock, ALLOWANCE) >= 0
    assert answered <= ALLOWANCE.burst + at / ALLOWANCE.every + 1e-6


def test_who_is_calm_is_forgotten() -> None:
    flood = Flood(ALLOWANCE, most=3)
    for chat in "abc":
        flood.judge(chat, 0)
    flood.judge("d", 100)
    assert len(flood) == 1
    for chat in "efghij":
        flood.judge(chat, 100)
    assert len(flood) <= 3
