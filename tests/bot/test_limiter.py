from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.limiter import FLOOD_SECONDS, Limiter, Limits, Priority, Ticket, telegram_limits
from bot.windows import Rate

ANSWER, NOTICE, DIGEST = Priority.ANSWER, Priority.NOTICE, Priority.DIGEST
SMALL = Limits(overall=Rate(3, 1.0), private=Rate(1, 1.0), group=Rate(2, 60.0))


def send(limiter: Limiter, chat: str, at: float, priority: Priority = ANSWER) -> bool:
    """Ask, and send at once if that is granted (the request takes no time); what is not granted is taken back."""
    ticket = limiter.ask(chat, priority)
    granted = ticket in limiter.grant(at)
    limiter.ended(ticket, at) if granted else limiter.withdraw(ticket)
    return granted


@pytest.mark.parametrize(
    ("sends", "chat", "at", "wait", "why"),
    [
        ([], "t:1", 0.0, 0.0, "the first goes at once"),
        ([("t:1", 0.0)], "t:1", 0.25, 0.75, "one a second in a private chat"),
        ([("t:1", 0.0)], "t:1", 1.0, 0.0, "a second later it is free"),
        ([("t:1", 0.0)], "t:2", 0.0, 0.0, "another chat does not wait for it"),
        ([("t:-1", 0.0)], "t:-1", 0.5, 0.0, "a group takes several at once"),
        ([("t:-1", 0.0), ("t:-1", 9.0)], "t:-1", 10.0, 50.0, "but no more than its share of a minute"),
        ([("t:-1/7", 0.0), ("t:-1/8", 9.0)], "t:-1/9", 10.0, 50.0, "its topics share that"),
        ([("t:1", 0.0), ("t:2", 0.1), ("t:3", 0.2)], "t:4", 0.3, 0.7, "all chats together"),
        ([("t:1", 0.0), ("t:2", 0.1), ("t:", 0.2)], "t:4", 0.3, 0.7, "what belongs to no chat counts there too"),
        ([("t:1", 0.0), ("t:2", 0.1), ("t:3", 0.2)], "c:4", 0.3, 0.0, "another transport has its own limits, or none"),
    ],
)
def test_how_long_to_wait(sends: list[tuple[str, float]], chat: str, at: float, wait: float, why: str) -> None:
    limiter = Limiter({"t": SMALL})
    assert all(send(limiter, *each) for each in sends), why
    ticket = limiter.ask(chat, ANSWER)
    if wait == 0.0:
        assert limiter.grant(at) == (ticket,), why
    else:
        assert limiter.grant(at) == (), why
        assert limiter.next_grant(at) == pytest.approx(wait), why


def test_what_was_taken_back_is_not_counted() -> None:
    limiter = Limiter({"t": SMALL})
    send(limiter, "t:1", 0.0)
    assert [send(limiter, "t:1", at) for at in (0.1, 0.5, 0.9, 1.0)] == [False, False, False, True]


def test_the_most_urgent_goes_first_and_the_first_of_equals() -> None:
    limiter = Limiter({"t": Limits(Rate(2, 1.0), Rate(9, 1.0), Rate(9, 1.0))})
    wishes = [("t:1", DIGEST), ("t:2", NOTICE), ("t:3", ANSWER), ("t:4", NOTICE), ("t:5", ANSWER), ("t:6", DIGEST)]
    tickets = {limiter.ask(chat, priority): chat for chat, priority in wishes}
    order: list[str] = []
    now = 0.0
    while len(order) < len(wishes):
        for ticket in limiter.grant(now):
            order.append(tickets[ticket])
            limiter.ended(ticket, now)
        now += limiter.next_grant(now) or 0.0
    assert order == ["t:3", "t:5", "t:2", "t:4", "t:1", "t:6"]


def test_whose_chat_must_wait_holds_up_nobody_behind() -> None:
    limiter = Limiter({"t": SMALL})
    send(limiter, "t:1", 0.0)
    blocked, free = limiter.ask("t:1", ANSWER), limiter.ask("t:2", DIGEST)
    assert limiter.grant(0.5) == (free,)
    limiter.ended(free, 0.5)
    assert limiter.grant(1.0) == (blocked,)


def test_an_answer_during_a_broadcast_waits_for_one_slot_only() -> None:
    limiter, now = Limiter({"t": telegram_limits()}), 0.0
    for number in range(200):
        limiter.ask(f"t:{number}", NOTICE)
    asked, waited = 0.0, None
    answer = None
    while waited is None:
        if now > 3.0 and answer is None:
            answer, asked = limiter.ask("t:9999", ANSWER), now
        for ticket in limiter.grant(now):
            limiter.ended(ticket, now)
            if ticket is answer:
                waited = now - asked
        now += 0.001
    assert waited <= 1 / 30 + 0.002


def test_429_stops_that_chat_and_no_other() -> None:
    limiter = Limiter({"t": telegram_limits()})
    assert not limiter.refused("t:1", 43_200, 0.0)
    assert limiter.chat_wait("t:1", 10.0) == 43_190
    assert not send(limiter, "t:1", 43_199.0)
    assert send(limiter, "t:2", 0.0)
    assert send(limiter, "t:1", 43_200.0)


@pytest.mark.parametrize(
    ("refusals", "all_stop", "why"),
    [
        ([("t:1", 0.0), ("t:2", 1.0), ("t:3", 2.0)], True, "three different chats within seconds"),
        ([("t:1", 0.0), ("t:1", 1.0), ("t:1", 2.0)], False, "one chat again and again"),
        ([("t:1", 0.0), ("t:2", 1.0)], False, "two may be chance"),
        ([("t:1", 0.0), ("t:2", 1.0), ("t:3", FLOOD_SECONDS + 0.1)], False, "too far apart"),
        ([("t:-1/7", 0.0), ("t:-1/8", 1.0), ("t:-1/9", 2.0)], False, "topics of one chat"),
        ([("t:1", 0.0), ("c:2", 1.0), ("t:3", 2.0)], False, "another transport's is another's"),
    ],
)
def test_429_for_several_chats_stops_all(refusals: list[tuple[str, float]], all_stop: bool, why: str) -> None:
    limiter = Limiter({"t": telegram_limits()})
    assert [limiter.refused(chat, 60, at) for chat, at in refusals][-1] == all_stop, why
    last = refusals[-1][1]
    assert send(limiter, "t:77", last + 59) is not all_stop, why
    assert send(limiter, "t:78", last + 60), why


def test_who_prepares_begins_early_and_leaves_in_time() -> None:
    limiter = Limiter({"t": SMALL})
    assert send(limiter, "t:1", 0.0)
    ticket = limiter.ask("t:1", NOTICE, lead=0.25)
    assert limiter.grant(0.5) == ()
    assert limiter.next_grant(0.5) == pytest.approx(0.25)
    assert limiter.grant(0.75) == (ticket,)
    assert limiter.leave_in(ticket, 0.75) == pytest.approx(0.25)
    assert limiter.leave_in(ticket, 1.1) == 0.0, "his work took longer"
    limiter.sending(ticket, 1.1)
    limiter.ended(ticket, 1.2)
    assert limiter.chat_wait("t:1", 1.2) > 0.89, "the next counts from the arrival, not from the grant"


def test_a_request_under_way_keeps_its_slot() -> None:
    """While nobody knows whether it has arrived, it may arrive at any moment."""
    limiter = Limiter({"t": SMALL})
    ticket = limiter.ask("t:1", ANSWER)
    assert limiter.grant(0.0) == (ticket,)
    waiting = limiter.ask("t:1", ANSWER)
    assert limiter.grant(30.0) == ()
    assert limiter.next_grant(30.0) is None, "time alone does not help"
    limiter.ended(ticket, 30.0)
    assert limiter.next_grant(30.0) == pytest.approx(1.0), "it may have arrived at the very end"
    assert limiter.grant(31.0) == (waiting,)


def test_after_many_trips_the_way_back_is_known() -> None:
    limiter = warmed(0.05)
    ticket = limiter.ask("telegram:1", ANSWER)
    assert limiter.grant(0.0) == (ticket,)
    limiter.ended(ticket, 0.2)
    assert limiter.chat_wait("telegram:1", 0.2) == pytest.approx(1.0 - 0.05, abs=0.003), (
        "less the fastest, but for doubt"
    )


def warmed(trip: float) -> Limiter:
    """After enough trips of that length."""
    limiter = Limiter({"telegram": telegram_limits()})
    for number in range(-200, -50):
        ticket = limiter.ask(f"telegram:{number + 1000}", ANSWER)
        assert limiter.grant(float(number)) == (ticket,)
        limiter.ended(ticket, number + trip)
    return limiter


Trip = tuple[str, Priority, float, float]
TRIPS = st.lists(
    st.tuples(
        st.sampled_from(["1", "2", "3", "-1", "-2/7", "-2/8"]),
        st.sampled_from(Priority),
        st.floats(0, 0.5),
        st.floats(0.02, 0.4),
    ),
    max_size=120,
)


def replay(limiter: Limiter, trips: list[Trip], lead: float = 0.0) -> list[tuple[Ticket, float, float]]:
    """Ask at those distances, let each granted request take its time; (ticket, sent, answered) in order of sending."""
    asking, now = [], 0.0
    for chat_id, priority, later, takes in trips:
        now += later
        asking.append((now, f"telegram:{chat_id}", priority, takes))
    takes_of: dict[Ticket, float] = {}
    under_way: list[tuple[float, Ticket]] = []
    done: list[tuple[Ticket, float, float]] = []
    now = 0.0
    while asking or under_way or takes_of.keys() - {ticket for ticket, _, _ in done}:
        while asking and asking[0][0] <= now:
            _, chat, priority, takes = asking.pop(0)
            takes_of[limiter.ask(chat, priority, 0.0 if priority == ANSWER else lead)] = takes
        for end, ticket in [each for each in under_way if each[0] <= now]:
            under_way.remove((end, ticket))
            limiter.ended(ticket, end)
        for ticket in limiter.grant(now):
            leaves = now + limiter.leave_in(ticket, now)
            assert leaves <= now + ticket.lead + 1e-6  # sums of fractions are off by a last digit
            under_way.append((leaves + takes_of[ticket], ticket))
            done.append((ticket, leaves, leaves + takes_of[ticket]))
        pause = limiter.next_grant(now)
        moments = [end for end, _ in under_way] + [each[0] for each in asking[:1]]
        moments += [] if pause is None else [now + pause]
        now = max(now, min(moments, default=now))
    return done


@given(TRIPS, st.sampled_from([0.0, 0.02, 0.5]))
@settings(max_examples=100, deadline=None)
def test_no_window_holds_too_many(trips: list[Trip], lead: float) -> None:
    """Whatever is asked for and when, however long requests take: counted when they leave, all limits are kept."""
    done = replay(Limiter({"telegram": telegram_limits()}), trips, lead)
    assert len(done) == len(trips), "everybody goes in the end"
    assert most_within(1.0, sorted(sent for _, sent, _ in done)) <= 30
    for chat in {ticket.chat for ticket, _, _ in done}:
        times = sorted(sent for ticket, sent, _ in done if ticket.chat == chat)
        assert most_within(60.0, times) <= 20 if ":-" in chat else most_within(1.0, times) <= 1


@given(TRIPS, st.floats(0.0, 1.0))
@settings(max_examples=60, deadline=None)
def test_no_window_holds_too_many_where_they_arrive(trips: list[Trip], part: float) -> None:
    """The server counts arrivals: after a fastest way of 10 ms, somewhere in what the trip took longer."""
    done = replay(warmed(0.02), trips)
    arrivals = [sent + 0.01 + part * (answered - sent - 0.02) for _, sent, answered in done]
    assert most_within(1.0, sorted(arrivals)) <= 30


@given(TRIPS)
@settings(max_examples=60, deadline=None)
def test_nobody_is_overtaken_by_a_lesser_wish_of_the_same_chat(trips: list[Trip]) -> None:
    """Of one chat, at the moment of a grant, nobody of higher priority (or earlier, of the same) is left waiting."""
    limiter, now = Limiter({"telegram": telegram_limits()}), 0.0
    waiting: list[Ticket] = []
    for chat_id, priority, later, _ in trips:
        now += later
        waiting.append(limiter.ask(f"telegram:{chat_id}", priority))
        for ticket in limiter.grant(now):
            behind = [one for one in waiting if one.chat == ticket.chat and one is not ticket]
            assert all(one.priority >= ticket.priority for one in behind)
            same = [one for one in waiting if one.chat == ticket.chat and one.priority == ticket.priority]
            assert same[0] is ticket
            waiting.remove(ticket)
            limiter.ended(ticket, now)


def test_a_broadcast_keeps_up_with_the_rate_when_timers_are_late() -> None:
    """A millisecond lost at every message would be three in a hundred."""
    limiter, now, sent = Limiter({"t": telegram_limits()}), 0.0, 0
    tickets = [limiter.ask(f"t:{number}", NOTICE) for number in range(3000)]
    while sent < len(tickets):
        for ticket in limiter.grant(now):
            limiter.ended(ticket, now)
            sent += 1
        pause = limiter.next_grant(now)
        now += (pause or 0.0) + 0.001
    assert 3000 / now >= 0.98 * 30


def test_memory_does_not_grow_with_the_number_of_chats() -> None:
    limiter = Limiter({"telegram": telegram_limits()})
    for number in range(5_000):
        assert send(limiter, f"telegram:{number}", number * 1.0)
        limiter.refused(f"telegram:{number}", 1, number * 1.0)
    assert len(limiter._windows) < 2_000
    assert len(limiter._stops) < 2_000


def most_within(seconds: float, times: list[float]) -> int:
    """The most sends that any window of that length holds (its end not included)."""
    return max((sum(start <= at < start + seconds - 1e-6 for at in times) for start in times), default=0)


def test_infinity_is_not_a_pause() -> None:
    assert Limiter({}).next_grant(0.0) is None
    assert not math.isinf(Limiter({"t": SMALL}).chat_wait("t:1", 0.0))


def test_it_is_known_why_something_stands_still() -> None:
    limiter = Limiter({"telegram": telegram_limits()})
    assert limiter.why("telegram:1", 0.0) is None
    limiter.refused("telegram:1", 60.0, 0.0)
    assert limiter.why("telegram:1/7", 1.0) == "this chat was told to wait (429)"
    assert limiter.why("telegram:2", 1.0) is None
    limiter.stop_all("telegram", 30.0, 0.0, "no network")
    limiter.stop_all("telegram", 10.0, 1.0, "something shorter")
    assert {limiter.why(chat, 2.0) for chat in ("telegram:1", "telegram:2")} == {"no network"}
    assert limiter.why("telegram:2", 30.0) is None
    assert limiter.why("telegram:1", 30.0) == "this chat was told to wait (429)"
