"""Invented records of the invented "Beispielministerkonferenz" (BspMK), and what a chat with them needs."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, replace
from typing import Any

from config.states import States
from feeds.record import Item, Passage, ProtocolNote, Publication, Reading, Resolution
from handlers.reply import Incoming, Reply
from handlers.router import answer
from handlers.services import Services
from storage.resolutions import StoredPublication, StoredResolution

NOW = dt.datetime(2026, 3, 6, 9, 0, tzinfo=dt.UTC)
ADDRESS = "https://bspmk.example/beschluesse/12.pdf"
CHAT = "console:test"
LONG_NOTE = " ".join(f"Dies ist der {number}. Satz einer sehr langen Protokollnotiz." for number in range(1, 121))
ALL_STATES = States.load().names


def resolution(number: str | None, title: str, *items: str, **fields: Any) -> Resolution:
    """Each text becomes an item of two printed lines."""
    passages = tuple(
        Passage(text, ((0, 2 * at - 1), (len(text) // 2, 2 * at)), "item", at) for at, text in enumerate(items, 1)
    )
    plain = Resolution(
        number=number,
        title=title,
        applicants=("Niedersachsen",),
        vote="einstimmig",
        passages=passages,
        items=tuple(Item(one.item or 0, one.text, one.lines(), (one.text,)) for one in passages),
    )
    return replace(plain, **fields)


COURSES = resolution(
    "2.1",
    "Sprachkurse verlässlich finanzieren",
    "Die Ministerinnen und Minister begrüßen das Angebot an Berufssprachkursen.",
    "Der Bund wird aufgefordert, Sprachkurse für alle Zugewanderten dauerhaft zu finanzieren.",
    label="Leitantrag",
    applicants=ALL_STATES,
    protocol_notes=(ProtocolNote(("Bayern",), 2, "Bayern weist auf die Haushaltslage des Bundes hin.", (5, 6)),),
)
DEGREES = resolution(
    "2.2",
    "Abschlüsse aus dem Ausland schneller anerkennen",
    "Die Länder prüfen, wie Verfahren zur Anerkennung ausländischer Abschlüsse kürzer werden.",
    applicants=("Bayern", "Hessen"),
    vote="mehrheitlich",
    protocol_notes=(
        ProtocolNote(("Sachsen", "Thüringen"), None, "Die genannten Länder stimmen nur dem ersten Absatz zu.", (3, 3)),
        ProtocolNote(("Bayern",), None, LONG_NOTE, (4, 90)),
    ),
)
MEETING_12 = (
    resolution("1.1", "Genehmigung der Tagesordnung", "Die Tagesordnung wird genehmigt."),
    COURSES,
    DEGREES,
    resolution("3.1", "Kinderbetreuung in Sprachkursen", "Wer Sprachkurse besucht, braucht eine Kinderbetreuung."),
    resolution(
        "3.2",
        "Fahrtkosten",
        "Die Fahrt zu den Sprachkursen soll erstattet werden.",
        warnings=("Der Ort fehlt.", "Antragsteller nicht sicher erkannt: „X“"),
    ),
    resolution("3.3.a", "Lehrkräfte", "Lehrkräfte in Sprachkursen sind besser zu bezahlen.", vote=None, applicants=()),
)
MEETING_11 = (resolution("2.1", "Wohnraum schaffen", "Für Zugewanderte ist Wohnraum zu schaffen."),)
PAPER = (
    Resolution(
        "4",
        "Frühe Sprachbildung",
        section="Handlungsfeld",
        passages=(
            Passage("Bund und Länder stärken die frühe Sprachbildung."),
            Passage("Diagnostik vor der Einschulung", role="bullet"),
        ),
    ),
    Resolution(None, "Ausblick", passages=(Passage("Die Partner treffen sich jährlich."),)),
)


def publication(kind: Any, resolutions: tuple[Resolution, ...], **fields: Any) -> Reading:
    content = hashlib.sha256(repr(resolutions).encode()).hexdigest()
    plain = Publication("sample", kind, fields.pop("title", None), content)
    return Reading(replace(plain, **fields), resolutions)


def readings() -> tuple[tuple[str, Reading], ...]:
    """(address, reading) of two meetings and a paper."""
    spring, autumn = dt.date(2026, 3, 4), dt.date(2025, 10, 1)
    twelfth = publication(
        "resolutions",
        MEETING_12,
        title="12. Beispielministerkonferenz",
        body="BspMK",
        session=12,
        date_start=spring,
        date_end=spring + dt.timedelta(days=1),
        place="Musterstadt",
        meeting="Hauptkonferenz",
    )
    eleventh = publication("resolutions", MEETING_11, body="BspMK", session=11, date_start=autumn)
    paper = publication(
        "paper", PAPER, title="Gemeinsamer Fahrplan", subtitle="Roadmap", date_start=dt.date(2024, 5, 2)
    )
    return (
        ("https://bspmk.example/beschluesse/11.pdf", eleventh),
        (ADDRESS, twelfth),
        ("fahrplan.txt", paper),
    )


def stored(one: Resolution, id: int = 7, **fields: Any) -> StoredResolution:
    """As it would come out of the store, from the twelfth meeting unless the fields of the publication differ."""
    meeting = readings()[1][1].publication
    document = StoredPublication(3, fields.pop("address", ADDRESS), None, replace(meeting, **fields), NOW)
    return StoredResolution(id, 1, document, one)


@dataclass(frozen=True, slots=True)
class Talk:
    """One chat with the handlers: a line in, the reply out."""

    services: Services
    chat: str = CHAT

    async def say(self, line: str, **fields: Any) -> Reply:
        return await answer(Incoming(self.chat, line, NOW, **fields), self.services)


def quoted(reply: Reply) -> list[str]:
    """The sentences that are quoted, without their places."""
    bullets = (block for block in reply.blocks if block.kind == "bullet")
    return ["".join(span.text for span in block.spans if span.style != "italic") for block in bullets]


def commands(reply: Reply) -> list[str]:
    """What the buttons type; those that open an address or another chat type nothing."""
    return [button.command for row in reply.buttons for button in row if button.command]
