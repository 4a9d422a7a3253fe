from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.pacing import TELEGRAM, Limits, Pacing, Rate

SMALL = Limits(overall=Rate(3, 1.0), private=Rate(1, 1.0), group=Rate(2, 60.0))


@pytest.mark.parametrize(
    ("sends", "chat", "at", "wait", "why"),
    [
        ([], "t:1", 0.0, 0.0, "the first goes at once"),
        ([("t:1", 0.0)], "t:1", 0.25, 0.75, "one a second in a private chat"),
        ([("t:1", 0.0)], "t:1", 1.0, 0.0, "a second later it is free"),
        ([("t:1", 0.0)], "t:2", 0.0, 0.0, "another chat does not wait for it"),
        ([("t:-1", 0.0)], "t:-1", 0.5, 0.0, "a group takes several at once"),
        ([("t:-1", 0.0), ("t:-1", 9.0)], "t:-1", 10.0, 50.0, "but no more than its share of a minute"),
        ([("t:1", 0.0), ("t:2", 0.1), ("t:3", 0.2)], "t:4", 0.3, 0.7, "all chats together"),
        ([("t:1", 0.0), ("t:2", 0.1), ("t:3", 0.2)], "c:4", 0.3, 0.0, "another transport has its own limits, or none"),
    ],
)
def test_how_long_to_wait(sends: list[tuple[str, float]], chat: str, at: float, wait: float, why: str) -> None:
    pacing = Pacing({"t": SMALL})
    assert [pacing.take(*send) for send in sends] == [0.0] * len(sends)
    assert pacing.take(chat, at) == pytest.approx(wait), why


def test_a_refused_send_is_not_counted() -> None:
    pacing = Pacing({"t": SMALL})
    pacing.take("t:1", 0.0)
    for at in (0.1, 0.5, 0.9):
        assert pacing.take("t:1", at) > 0
    assert pacing.take("t:1", 1.0) == 0.0


@given(st.lists(st.tuples(st.sampled_from(["1", "2", "3", "-1", "-2"]), st.floats(0, 5)), max_size=200))
def test_no_window_holds_too_many(asked: list[tuple[str, float]]) -> None:
    """Whatever is asked for and when: what was let through keeps every limit."""
    pacing, sent, now = Pacing({"telegram": TELEGRAM}), [], 0.0
    for chat_id, later in asked:
        now += later / 10
        if pacing.take(f"telegram:{chat_id}", now) == 0.0:
            sent.append((chat_id, now))
    assert most_within(1.0, [at for _, at in sent]) <= 25
    for chat_id in {chat_id for chat_id, _ in sent}:
        times = [at for each, at in sent if each == chat_id]
        assert most_within(60.0, times) <= 20 if chat_id.startswith("-") else most_within(1.0, times) <= 1


def test_who_waits_as_told_may_send() -> None:
    pacing, now = Pacing({"telegram": TELEGRAM}), 0.0
    for _ in range(100):
        wait = pacing.take("telegram:-1", now)
        assert pacing.take("telegram:-1", now + wait) == 0.0 or wait == 0.0
        now += wait


def test_memory_does_not_grow_with_the_number_of_chats() -> None:
    pacing = Pacing({"telegram": TELEGRAM})
    for number in range(10_000):
        pacing.take(f"telegram:{number}", number * 1.0)
    assert len(pacing._sent) < 2_000


def most_within(seconds: float, times: list[float]) -> int:
    """The most sends that any window of that length holds (its end not included)."""
    return max((sum(start <= at < start + seconds - 1e-9 for at in times) for start in times), default=0)
