"""Links that open the bot: what they are short for, and that everything we make reads back."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handlers import deep_link
from handlers.access import Links
from handlers.command import Problem, parse_command
from handlers.deep_link import LONGEST, shared, slug, to_resolution, to_state, to_subscription, to_topic, typed_by
from tests.handlers.samples import Talk, commands
from tests.handlers.test_answer_any import fit

PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")

LINKS = [
    ("thema_sprachkurse", "/topic Sprachkurse", "a topic by its id"),
    ("thema_einbuergerung", "/topic Einbürgerung", "umlauts are spelt out"),
    ("thema_oeffentlicher-dienst", "/topic Öffentlicher Dienst", "several words"),
    ("THEMA_Sprachkurse", "/topic Sprachkurse", "somebody wrote it by hand"),
    ("topic_sprachkurse", "/topic Sprachkurse", "in English"),
    ("thema_wohnraum-schaffen", "/topic wohnraum schaffen", "no topic: the words"),
    ("land_bayern", "/state Bayern", "a Land"),
    ("land_baden-wuerttemberg", "/state Baden-Württemberg", "a Land with an umlaut and a hyphen"),
    ("land_nrw", "/state Nordrhein-Westfalen", "an abbreviation"),
    ("state_bavaria", "/state Bayern", "in English"),
    ("b_17", "/beschluss #17", "a resolution"),
    ("abo_land_bayern", "/aboneu sehen sofort state Bayern", "the preview of a subscription to a Land"),
    ("abo_bayern", "/aboneu sehen sofort state Bayern", "without saying that it is one"),
    ("abo_thema_sprachkurse", "/aboneu sehen sofort topic Sprachkurse", "to a topic"),
    ("abo_sprachkurse", "/aboneu sehen sofort topic Sprachkurse", "without saying that it is one"),
    ("neu", "/neu", "a command"),
    ("hilfe", "/hilfe", "a command"),
    ("land_atlantis", None, "no such Land"),
    ("abo_land_atlantis", None, "no such Land"),
    ("b_x", None, "no number"),
    ("b_" + "9" * 20, None, "a number that no resolution has"),
    ("thema_", None, "nothing behind it"),
    ("quastenflosser", None, "nothing known"),
    ("quasten_flosser", None, "no such kind"),
    ("stopp", None, "a link must not take anything away"),
]


@pytest.mark.parametrize(("payload", "line", "why"), LINKS, ids=[why for *_, why in LINKS])
async def test_a_link_is_short_for_a_line(talk: Talk, payload: str, line: str | None, why: str) -> None:
    assert typed_by(f"/start {payload}", talk.services) == line


async def test_start_alone_is_no_link(talk: Talk) -> None:
    assert [typed_by(line, talk.services) for line in ("/start", "/topic thema_x", "thema_x")] == [None, None, None]


async def test_every_link_that_we_make_leads_where_it_should(talk: Talk) -> None:
    services = talk.services
    made = {
        **{to_topic(topic): f"/topic {topic.name}" for topic in services.topics},
        **{to_state(state): f"/state {state.name}" for state in services.states.all},
        to_resolution(12): "/beschluss #12",
    }
    assert {payload: typed_by(f"/start {payload}", services) for payload in made} == made
    assert [payload for payload in made if not PAYLOAD.fullmatch(payload)] == []


async def test_subscriptions_can_be_shared(talk: Talk) -> None:
    services = talk.services
    for state in services.states.all:
        payload = to_subscription("state", state.name)
        assert typed_by(f"/start {payload}", services) == f"/aboneu sehen sofort state {state.name}"
    for topic in services.topics:
        payload = to_subscription("topic", topic.name)
        assert typed_by(f"/start {payload}", services) == f"/aboneu sehen sofort topic {topic.name}"
    assert to_subscription("topic", " ".join(["Sprachkurse"] * 9)) is None


@pytest.mark.parametrize("query", ["Kita -Schule", "konferenz:IntMK", '"künstliche Intelligenz"', "", "-Kinder"])
def test_what_a_link_cannot_say_is_not_shared_by_one(query: str) -> None:
    assert to_subscription("topic", query) is None


NAMED = Links(bot=lambda: "BeschlussProbeBot", new_token=lambda: "x" * 22)


@pytest.mark.parametrize(
    ("line", "payload"),
    [
        ("/abo state Bayern", "abo_land_bayern"),
        ("/abo topic Sprachkurse", "abo_thema_sprachkurse"),
        ("/folgen #2", "b_2"),
        ("/abo topic Sprachkurse an:Bund", None),
    ],
)
async def test_a_subscription_is_shared_by_a_link(talk: Talk, line: str, payload: str | None) -> None:
    linked = replace(talk, services=replace(talk.services, links=NAMED))
    await linked.say(line)
    reply = await linked.say("/meinabo 1 teilen")
    urls = [button.url for row in reply.buttons for button in row if button.url]
    wanted = f"url=https%3A%2F%2Ft.me%2FBeschlussProbeBot%3Fstart%3D{payload}&"
    assert (wanted in urls[0]) if payload else urls == []


async def test_where_no_link_could_be_opened_there_is_none(talk: Talk) -> None:
    await talk.say("/abo state Bayern")
    reply = await talk.say("/meinabo 1 teilen")
    assert [button for row in reply.buttons for button in row if button.url] == []


@given(st.text(max_size=80))
def test_a_slug_is_of_the_characters_that_telegram_allows(text: str) -> None:
    assert re.fullmatch(r"([a-z0-9]+(-[a-z0-9]+)*)?", slug(text))
    payload = to_subscription("topic", text)
    assert payload is None or len(payload) <= LONGEST


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.from_regex(PAYLOAD, fullmatch=True)
    | st.builds("{}_{}".format, st.sampled_from(sorted(deep_link._READERS)), st.from_regex(PAYLOAD, fullmatch=True))
)
async def test_any_payload_is_answered(talk: Talk, payload: str) -> None:
    line = typed_by(f"/start {payload}", talk.services)
    assert line is None or not isinstance(parse_command(line), Problem)
    fit(await talk.say(f"/start {payload}"))


async def test_a_link_shows_its_thing_and_the_way_to_what_this_is(talk: Talk) -> None:
    reply = await talk.say("/start thema_sprachkurse")
    assert reply.text.startswith("„Sprachkurse“: 4 Treffer")
    assert commands(reply)[-1] == "/start"


async def test_a_link_to_nothing_is_welcomed_with_a_word(talk: Talk) -> None:
    reply = await talk.say("/start quastenflosser")
    assert reply.blocks[0].text.startswith("Der Link")
    assert "Guten Tag" in reply.text
    assert reply.error is None


def test_a_link_to_share_holds_address_and_text() -> None:
    address = shared("https://t.me/Bote?start=b_1", "TOP 5.2 – Kita & Schule")
    assert address == (
        "https://t.me/share/url?url=https%3A%2F%2Ft.me%2FBote%3Fstart%3Db_1&text=TOP+5.2+%E2%80%93+Kita+%26+Schule"
    )
