"""Taking subscriptions along: as a list out of one chat, and into another; what is added is seen before it is."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.texts import Languages
from handlers.command import clean, parse_command
from handlers.command_types import Subscribe
from handlers.subscription_commands import ExportSubscriptions, Follow, ImportSubscriptions
from handlers.subscription_list import as_one_line, completed, with_name, without_name
from storage import subscriptions
from storage.subscriptions import LIMIT, Subscription
from tests.handlers.samples import Talk, commands

HERE, THERE = "console:one", "console:two"
LANGUAGES = Languages.load()
MADE = (
    "/abo thema Sprachkurse täglich",
    "/abo land Bayern sofort",
    "/abo Kinderbetreuung Sprachkurse sofort",
    '/abo thema Kurse "täglich" wöchentlich',
    "/abo konferenz:BspMK -land:Hessen sofort",
    "/folgen 2.2 BspMK 12 täglich",
)


@dataclass
class Sent:
    """What people have sent along."""

    files: dict[str, bytes] = field(default_factory=dict)

    async def read(self, document: str) -> bytes | None:
        return self.files.get(document)


async def held(talk: Talk) -> list[Subscription]:
    async with talk.services.database.read() as conn:
        return [*await subscriptions.of_chat(conn, talk.chat)]


def facts(all_of_chat: list[Subscription]) -> list[tuple[object, ...]]:
    return [(one.kind, one.query, one.label, one.rhythm, one.name, one.topic) for one in all_of_chat]


@pytest.fixture
async def one(talk: Talk) -> Talk:
    """A chat with a subscription of every kind, one of them with a name."""
    here = replace(talk, chat=HERE)
    for line in MADE:
        reply = await here.say(line)
        assert reply.error is None, line
    await here.say(f"/meinabo {(await held(here))[1].id} name Mein Land # 1")
    assert len(await held(here)) == len(MADE)
    return here


@pytest.mark.parametrize("language", LANGUAGES.codes)
@pytest.mark.parametrize("way", ["text", "file", "under the command", "as the answer"])
async def test_what_is_taken_along_is_the_same_there(one: Talk, language: str, way: str) -> None:
    sent = Sent()
    two = Talk(replace(one.services, files=sent), THERE)
    for talk in (one, two):
        await talk.say(f"/sprache {language}")
    exported = await one.say("/abos export")
    (file,) = exported.attachments
    shown = exported.blocks[1].text
    if way == "as the answer":
        await two.say("/abo import")
    if way == "file":
        sent.files["7"] = file.data
        seen = await two.say("", document="7")
    else:
        seen = await two.say(f"/abo import\n{shown}" if way == "under the command" else shown)
    texts = LANGUAGES.of(language)
    assert seen.total == len(MADE)
    assert texts("moving.preview", total=texts("count.subscription.many", number=len(MADE))) in seen.text
    assert await held(two) == [], "only seen so far"
    done = await two.say("/abo import ja", pressed="1")
    assert texts("moving.done", total=texts("count.subscription.many", number=len(MADE))) in done.text
    assert facts(await held(two)) == facts(await held(one))
    assert (await two.say("/abos export")).blocks[1].text == shown


async def test_what_is_there_is_not_doubled_and_the_rest_is_named(one: Talk) -> None:
    lines = "\n".join(
        ("/abo Sprachkurse täglich", "/abo land Hessen", "/abo land Hessen", "/abo land:", "/folgen 9.9.9")
    )
    seen = await one.say(lines)
    assert seen.total == 1
    for said in (
        "Das käme hinzu: 1 Abo",
        "Hessen",
        "Haben Sie schon: „Sprachkurse“",
        "„/abo land:“ und „/folgen 9.9.9“",
    ):
        assert said in seen.text
    await one.say("/abo import ja")
    assert [sub.label for sub in await held(one)].count("Hessen") == 1


async def test_of_a_list_that_is_too_long_what_fits_is_added(talk: Talk) -> None:
    lines = "\n".join(f"/abo Wort{number} sofort" for number in range(LIMIT + 3))
    seen = await talk.say(lines)
    assert (seen.total, f"höchstens {LIMIT} Abos" in seen.text) == (LIMIT, True)
    await talk.say("/abo import ja")
    assert len(await held(talk)) == LIMIT


async def test_plain_lines_will_do_where_a_list_is_asked_for(talk: Talk) -> None:
    assert "Schicken Sie jetzt die Liste" in (await talk.say("/abo import")).text
    seen = await talk.say("# meine Themen\nSprachkurse\n\nBayern täglich\n")
    assert seen.total == 2
    await talk.say("ja")
    assert [(sub.kind, sub.label, sub.rhythm) for sub in await held(talk)] == [
        ("topic", "Sprachkurse", "immediate"),
        ("state", "Bayern", "digest"),
    ]


async def test_only_a_yes_adds_and_anything_else_is_what_it_always_is(talk: Talk) -> None:
    await talk.say("/abo import\nSprachkurse\nBayern")
    assert "Sprachkurse verlässlich finanzieren" in (await talk.say("Sprachkurse")).text
    assert await held(talk) == []
    await talk.say("/abbrechen")
    late = await talk.say("/abo import ja")
    assert late.error == late.text == talk.services.texts("moving.too_late")
    assert await held(talk) == []


@pytest.mark.parametrize(
    ("data", "why"),
    [(b"nur ein Brief", "no list in it"), (None, "not there any more"), ("Grüße".encode("cp1252"), "an old coding")],
)
async def test_a_file_that_is_no_list_is_told_from_one(talk: Talk, data: bytes | None, why: str) -> None:
    sent = Sent({} if data is None else {"7": data})
    reply = await Talk(replace(talk.services, files=sent)).say("", document="7")
    assert reply.error == talk.services.texts("problem.empty"), why


async def test_nothing_to_take_along_leads_to_a_first_one(talk: Talk) -> None:
    reply = await talk.say("/abos export")
    assert reply.attachments == ()
    assert "/abo import" in commands(reply)


@pytest.mark.parametrize(
    ("line", "expected", "why"),
    [
        ("/abos export", ExportSubscriptions(), "the list"),
        ("/subscriptions export", ExportSubscriptions(), "in English"),
        ("/abo import", ImportSubscriptions(), "asks for one"),
        ("/abos import", ImportSubscriptions(), "at the other command"),
        ("/abo import ja", ImportSubscriptions((), True), "what was shown"),
        ("/abo Import Wasserstoff", Subscribe("Import Wasserstoff"), "a search for these words"),
        ("/abo A\n/folgen 5.2", ImportSubscriptions(("/abo A", "/folgen 5.2")), "several lines"),
        ("/folgen 5.2\n/subscribe A daily", ImportSubscriptions(("/folgen 5.2", "/subscribe A daily")), "also mixed"),
        ("/folgen IntMK täglich", Follow("IntMK", "digest"), "with its rhythm"),
    ],
)
def test_how_lines_are_read(line: str, expected: object, why: str) -> None:
    assert parse_command(line) == expected, why


@pytest.mark.parametrize(
    ("question", "text", "line", "why"),
    [
        ("/abo import", "Sprachkurse", "/abo import /abo Sprachkurse", "plain words"),
        ("/kanal 3 /abo import", "A\nB", "/kanal 3 /abo import /abo A /abo B", "for a channel"),
        ("/abo import", "/folgen 5.2", "/abo import /folgen 5.2", "a single line of a list"),
        ("/abo import", "/abos", None, "another command"),
        ("/abo import", "/abo import", None, "asked again"),
        ("/abo import", "~abc", None, "a button"),
        ("/abo import /abo A", "ja", "/abo import ja /abo A", "a yes"),
        ("/kanal 3 /abo import /abo A", "/kanal 3 /abo import ja", "/kanal 3 /abo import ja /abo A", "its button"),
        ("/abo import /abo A", "Sprachkurse", None, "no answer to that"),
    ],
)
def test_what_answers_the_question(question: str, text: str, line: str | None, why: str) -> None:
    assert completed(question, text) == line, why


WORDS = st.text(st.characters(codec="utf-8", exclude_characters="/"), max_size=20).map(clean)
NAMES = st.text(st.characters(codec="utf-8", exclude_characters="/#"), max_size=20).map(clean)


@given(st.lists(st.tuples(WORDS, NAMES), min_size=2, max_size=5))
def test_any_lines_are_read_back_one_by_one(told: list[tuple[str, str]]) -> None:
    listed = [with_name(f"/abo x {text} sofort", name) for text, name in told]
    command = parse_command(as_one_line("\n".join(listed)))
    assert isinstance(command, ImportSubscriptions)
    read = command.lines
    assert [without_name(line)[1] or "" for line in read] == [name for _, name in told]
    unnamed = [line for line, (_, name) in zip(read, told, strict=True) if not name]
    assert all(line.endswith(" sofort") for line in unnamed)
