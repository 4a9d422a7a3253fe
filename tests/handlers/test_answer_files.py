"""/karte, /trend, /export, /kalender and /datei over the invented documents."""

from __future__ import annotations

import csv
import io
import json

import pytest
from icalendar import Calendar

from handlers.reply import Attachment, Reply
from tests.handlers.samples import Talk, commands


def only(reply: Reply) -> Attachment:
    (attachment,) = reply.attachments
    assert len(attachment.words) <= 1024
    return attachment


async def test_the_map_says_in_words_what_it_shows(talk: Talk) -> None:
    reply = await talk.say("/karte Sprachkurse")
    picture = only(reply)
    assert picture.kind == "picture"
    assert picture.data.startswith(b"\x89PNG")
    assert picture.words.startswith("Antrag: ")
    assert "Protokollnotiz: " in picture.words
    listed = await talk.say("/topic Sprachkurse")
    assert reply.total == listed.total, "it shows what the search finds"


async def test_what_is_not_found_is_answered_as_by_a_search(talk: Talk) -> None:
    for command in ("/karte", "/trend", "/export", "/kalender"):
        reply = await talk.say(f"{command} Quatschundso")
        assert reply.attachments == ()
        assert reply.text
        wrong = await talk.say(f"{command} land:Atlantis")
        assert wrong.attachments == ()
        assert wrong.error


@pytest.mark.parametrize("line", ["/trend", "/trend Sprachkurse"])
async def test_trends_are_told_by_session(talk: Talk, line: str) -> None:
    picture = only(await talk.say(line))
    assert picture.data.startswith(b"\x89PNG")
    assert "BspMK" in picture.words


async def test_a_table_holds_every_hit_once(talk: Talk) -> None:
    listed = await talk.say("/topic Sprachkurse")
    file = only(await talk.say("/export Sprachkurse"))
    rows = list(csv.DictReader(io.StringIO(file.data.decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == listed.total
    assert {row["Konferenz"] for row in rows} == {"BspMK"}
    assert "Sprachkurse" in rows[0]["Themen"].split(", "), "topics by their names"
    as_json = only(await talk.say("/export Sprachkurse json"))
    assert as_json.name.endswith(".json")
    assert [one["number"] or "" for one in json.loads(as_json.data)] == [row["TOP"] for row in rows]


async def test_a_file_on_this_machine_is_nobodys_business(talk: Talk) -> None:
    file = only(await talk.say("/export Sprachkurse json"))
    assert all(one["source"] is None or one["source"].startswith("http") for one in json.loads(file.data))


async def test_a_resolution_as_a_document(talk: Talk) -> None:
    hit = (await talk.say("/topic Sprachkurse")).hits[0]
    shown = await talk.say(f"/beschluss {hit.number}")
    assert hit.title in shown.text
    for form, ending in (("pdf", ".pdf"), ("text", ".txt"), ("", ".pdf")):
        file = only(await talk.say(f"/datei #1 {form}"))
        assert file.name.endswith(ending)
        assert file.name.startswith("12-bspmk-top-") or file.name[0].isdigit()
        assert file.data


async def test_a_document_is_cited_as_people_do(talk: Talk) -> None:
    file = only(await talk.say("/datei 2.2 BspMK 12 text"))
    assert file.name == "12-bspmk-top-2-2.txt"
    which = await talk.say("/datei 2.1 text")
    assert which.attachments == ()
    names = {only(await talk.say(command)).name for command in commands(which)}
    assert names == {"11-bspmk-top-2-1.txt", "12-bspmk-top-2-1.txt"}


async def test_an_old_button_means_the_number_that_it_was_made_with(talk: Talk) -> None:
    assert only(await talk.say("/datei 1 pdf")).name == only(await talk.say("/datei #1 pdf")).name


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("/datei 999999 pdf", "gibt es hier nicht"),
        ("/datei", "/datei"),
        ("/datei pdf", "/datei"),
        ("/datei IntMK", "/datei 12. BspMK TOP 1.1"),
        ("/datei 99.9 BspMK 12", "gibt es nicht"),
        ("/karte", "/karte"),
        ("/export", "/export"),
        ("/export json", "/export"),
    ],
)
async def test_mistakes_are_answered_with_what_would_be_right(talk: Talk, line: str, says: str) -> None:
    reply = await talk.say(line)
    assert reply.attachments == ()
    assert says in reply.text


async def test_deadlines_become_a_calendar(talk: Talk) -> None:
    listed = await talk.say("/fristen")
    reply = await talk.say("/kalender")
    if not listed.total:
        assert reply.attachments == ()
        return
    calendar = Calendar.from_ical(only(reply).data.decode())
    assert len(calendar.walk("VEVENT")) == listed.total == reply.total
