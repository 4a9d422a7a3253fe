"""Demands, deadlines, doubts and references in the answers, from hand-made records through the real store."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from feeds.record import DateMention, Demand, LawReference, Reference, Resolution, SummarySentence
from handlers.notice import compose
from handlers.reply import Reply
from storage.intake import Arrival, take_in
from storage.outbox import claim
from tests.handlers.samples import ALL_STATES, NOW, Talk, commands, publication, quoted, resolution

ASKED = "Der Bund wird gebeten, bis zum 31. März 2027 nach § 4 MusterG zu berichten."
FACTS: dict[str, Any] = {
    "demands": (Demand(1, "Bund", "bitten", ASKED, (1, 2)),),
    "dates": (DateMention(dt.date(2027, 3, 31), "day", "31. März 2027", "deadline", 1, (1, 2)),),
    "laws": (LawReference("MusterG", "4", "§ 4 MusterG", 1, (1, 2)),),
    "summary": (SummarySentence("Die Konferenz dankt dem Amt.", 2, (3, 4)), SummarySentence(ASKED, 1, (1, 2))),
}
REPORT = resolution("7.1", "Bericht anfordern", ASKED, "Die Konferenz dankt dem Amt.", **FACTS)
MANY = replace(REPORT, number="7.2", demands=tuple(Demand(1, "Bund", "bitten", f"Forderung {n}.") for n in range(9)))
OLDER = resolution("3.2", "Ältere Sache", "Der Bund wird gebeten.")


async def store(
    talk: Talk, *found: Resolution, warnings: Sequence[str] = (), silent: bool = True, **fields: Any
) -> None:
    told = {"body": "BspMK", "session": 12, "date_start": dt.date(2026, 3, 4), "title": None} | fields
    reading = replace(publication("resolutions", found, **told), warnings=tuple(warnings))
    services, place = talk.services, f"https://bspmk.example/{told['session']}.pdf"
    async with services.database.begin() as conn:
        await take_in(conn, Arrival(reading, None, place, NOW, silent), services.analyser, services.topics)


async def told(talk: Talk) -> Reply:
    """The one message that waits."""
    async with talk.services.database.begin() as conn:
        (message,) = await claim(conn, NOW, dt.timedelta(minutes=1), 10)
        return await compose(conn, message, talk.services)


async def test_what_matters_comes_before_the_text(empty_talk: Talk) -> None:
    await store(empty_talk, REPORT)
    reply = await empty_talk.say("/beschluss 7.1")
    texts = [block.text for block in reply.blocks]
    assert texts[2:9] == [
        "Gefordert",
        "Bund:",
        f"{ASKED} (Ziffer 1, Z.\u00a01–2)",
        "Fristen und Daten",
        f"Frist: 31. März 2027 – „{ASKED}“ (Ziffer 1, Z.\u00a01–2)",
        "Recht",
        "§ 4 MusterG",
    ]
    assert texts[9:11] == ["Wortlaut", f"Ziffer 1, Z.\u00a01–2\n{ASKED}"]
    assert "Alle Forderungen" not in str(reply.buttons)


async def test_a_long_list_has_a_button_to_all_of_it(empty_talk: Talk) -> None:
    await store(empty_talk, MANY)
    short = await empty_talk.say("/beschluss 7.2")
    assert "… und 4 weitere" in short.text
    (button,) = [command for command in commands(short) if command.startswith("/einzelheiten")]
    whole = await empty_talk.say(button)
    assert [f"Forderung {n}." in whole.text for n in range(9)] == [True] * 9
    assert whole.blocks[0].text == "TOP 7.2 – Bericht anfordern"
    assert [hit.number for hit in whole.hits] == ["7.2"]
    assert (await empty_talk.say(commands(whole)[-1])).blocks == short.blocks, "the way back"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("/einzelheiten 9999", "gibt es hier nicht"),
        ("/einzelheiten", "/einzelheiten 17"),
        ("/einzelheiten 1 2", "/einzelheiten 17"),
        ("/details 1", "nicht erkannt"),
    ],
)
async def test_details_of_what_is_not_there(empty_talk: Talk, line: str, says: str) -> None:
    await store(empty_talk, OLDER)
    assert says in (await empty_talk.say(line)).text


@pytest.mark.parametrize(
    ("reference", "leads"),
    [
        (Reference("BspMK", 11, "3.2", "11. BspMK unter TOP 3.2"), True),
        (Reference("bspmk", 11, "3.2", "11. BspMK unter TOP 3.2"), True),
        (Reference("BspMK", None, "3.2", "Beschluss vom 2. Oktober 2025", dt.date(2025, 10, 2)), True),
        (Reference("BspMK", None, "3.2", "Beschluss vom 3. Oktober 2025", dt.date(2025, 10, 3)), False),
        (Reference("BspMK", None, "3.2", "TOP 3.2"), False),
        (Reference("BspMK", 11, None, "11. BspMK"), True),
        (Reference("BspMK", 11, "9.9", "11. BspMK unter TOP 9.9"), False),
        (Reference("XMK", 11, "3.2", "11. XMK unter TOP 3.2"), False),
        (Reference("BspMK", 12, "7.1", "12. BspMK unter TOP 7.1"), False),
    ],
)
async def test_a_reference_to_what_is_stored_is_a_button(empty_talk: Talk, reference: Reference, leads: bool) -> None:
    await store(empty_talk, OLDER, session=11, date_start=dt.date(2025, 10, 1), date_end=dt.date(2025, 10, 2))
    await store(empty_talk, replace(REPORT, references=(reference, reference)))
    reply = await empty_talk.say("/beschluss 7.1")
    assert f"Bezug\n\n{reference.text}" in reply.text
    labels = [button.label for row in reply.buttons for button in row]
    assert [label for label in labels if "TOP" in label] == (["Bezug: 11. BspMK, TOP 3.2"] if leads else [])
    if leads:
        assert "Ältere Sache" in (await empty_talk.say(commands(reply)[0])).text


DOUBTS = ("Der Ort fehlt.", "Antragsteller nicht sicher erkannt: „X“")
SAID = "\n".join(("Nicht sicher erkannt: Der Ort fehlt.", DOUBTS[1], "Nicht sicher erkannt: Seite 2 fehlt."))


async def test_doubts_are_said_wherever_the_resolution_is_shown(empty_talk: Talk) -> None:
    await empty_talk.say("/abo topic Bericht")
    doubtful = replace(REPORT, warnings=DOUBTS)
    await store(empty_talk, doubtful, warnings=("Seite 2 fehlt.", DOUBTS[0]), silent=False)
    for reply in (
        await empty_talk.say("/beschluss 7.1"),
        await empty_talk.say("/topic Bericht"),
        await told(empty_talk),
    ):
        texts = [block.text for block in reply.blocks]
        assert texts.count(SAID) == 1
        assert texts.index(SAID) < next(at for at, text in enumerate(texts) if ASKED in text), "in front of the content"


async def test_many_doubts_are_counted(empty_talk: Talk) -> None:
    await store(empty_talk, replace(REPORT, warnings=tuple(f"Zweifel {n}" for n in range(8))))
    text = (await empty_talk.say("/beschluss 7.1")).text
    assert "Zweifel 4\n… und 3 weitere" in text
    assert "Zweifel 5" not in text


@pytest.mark.parametrize(("subscription", "second"), [("state Bayern", True), ("topic MusterG", False)])
async def test_a_notice_quotes_the_summary_unless_words_were_asked_for(
    empty_talk: Talk, subscription: str, second: bool
) -> None:
    await empty_talk.say(f"/abo {subscription}")
    await store(empty_talk, replace(REPORT, applicants=ALL_STATES), silent=False)
    assert quoted(await told(empty_talk)) == (["Die Konferenz dankt dem Amt.", ASKED] if second else [ASKED])


async def test_the_latest_with_a_sentence_each(empty_talk: Talk) -> None:
    await store(empty_talk, REPORT, replace(REPORT, number="7.3", vote=None, outcome="vertagt", summary=()))
    texts = [block.text for block in (await empty_talk.say("/neu")).blocks]
    assert f"TOP 7.1 – Bericht anfordern – ✓ einstimmig\n{ASKED}" in texts
    assert "TOP 7.3 – Bericht anfordern – … vertagt" in texts
