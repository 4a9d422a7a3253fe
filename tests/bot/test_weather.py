"""Who is closed and who is only caught in an outage: the rule of `bot.weather`, on scripts of what a system did."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from bot.weather import LONGEST_PROBE, STORM, Weather, Weathers, Word

CHATS = range(12)
scripts = st.lists(st.tuples(st.booleans(), st.lists(st.sampled_from(CHATS), max_size=15)), max_size=8)


class World:
    """A chat system that serves all but the dead, or nobody; whoever is set aside is asked again when it is time."""

    def __init__(self, dead: Iterable[int]) -> None:
        self.weather = Weather()
        self.dead = frozenset(dead)
        self.closed: set[int] = set()
        self.asked: list[int] = []

    def send(self, chat: int, up: bool) -> None:
        if chat in self.closed:
            return
        self.asked.append(chat)
        if up and chat not in self.dead:
            self.weather.accepted(f"telegram:{chat}")
        elif self.weather.refused(f"telegram:{chat}", 0.0) is Word.CLOSED:
            self.closed.add(chat)

    def play(self, up: bool, chats: Iterable[int]) -> None:
        for chat in chats:
            self.send(chat, up)
            while self.weather.asks_again():
                for suspect in self.weather.suspects:
                    if not self.weather.refused_again(suspect):
                        self.send(int(suspect.partition(":")[2]), up)


@given(st.sets(st.sampled_from(CHATS)), scripts)
def test_an_outage_closes_nobody_however_often_it_comes(dead: set[int], script: list[tuple[bool, list[int]]]) -> None:
    world = World(dead)
    for up, chats in script:
        world.play(up, chats)
    assert world.closed <= dead


@given(st.sets(st.sampled_from(CHATS)), scripts)
def test_whoever_is_gone_is_closed_once_others_are_served(dead: set[int], script: list[tuple[bool, list[int]]]) -> None:
    """Whatever came before; and each costs four requests at most from there on, of which one came before its time."""
    world, healthy = World(dead), 99
    for up, chats in script:
        world.play(up, chats)
    world.asked.clear()
    for _ in range(3):
        world.play(True, [healthy, *sorted(dead)])
    assert world.closed == dead
    assert all(world.asked.count(chat) <= 4 for chat in dead)


@given(st.integers(1, STORM - 1))
def test_few_who_are_gone_are_closed_by_the_next_message_that_arrives(few: int) -> None:
    world = World(range(few))
    world.play(True, [*range(few), 99])
    assert world.closed == set(range(few))
    assert not world.weather.storm


def test_in_a_storm_little_goes_out_and_what_was_not_asked_yet_goes_first() -> None:
    weather = Weather()
    for chat in range(STORM):
        weather.refused(f"telegram:{chat}", 0.0)
    assert weather.storm
    assert weather.probe_in("telegram:0", 10.0) == LONGEST_PROBE - 10.0, "it has refused just now"
    passed = [at for at in range(3600) if not weather.probe_in("telegram:99", float(at))]
    assert passed[:4] == [1, 3, 7, 15]
    assert len(passed) < 3600 / LONGEST_PROBE + 10
    weather.accepted("telegram:99")
    assert weather.probe_in("telegram:0", 3600.0) == 0.0


def test_a_topic_counts_as_its_chat_and_each_transport_for_itself() -> None:
    weathers = Weathers()
    for topic in range(2 * STORM):
        weathers.of("telegram:-5").refused(f"telegram:-5/{topic}", 0.0)
    assert not weathers.of("telegram:1").storm
    assert weathers.of("telegram").suspects == {"telegram:-5"}
    assert weathers.of("other:1").suspects == frozenset()
