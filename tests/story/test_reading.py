"""Reading on the phone: from a search through its pages, a whole resolution and its notes to a subscription; after a
restart, and after a correction of the document, the buttons of old messages are still right. In both languages."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import pytest
from telegram import Bot

from config.texts import Languages, Texts
from feeds.record import Item, Passage, Reference, Resolution
from feeds.words import Analyser
from handlers.services import Services
from storage import chats, subscriptions
from storage.intake import Arrival, take_in
from tests.bot.conftest import NOON, HandClock, answering, services_at
from tests.fake_telegram import FakeTelegram
from tests.fake_telegram.world import SentMessage
from tests.storage.samples import note, reading, resolution

ANNA = 4711
KEY = f"telegram:{ANNA}"
ADDRESS = "https://bspmk.example/7.pdf"
LANGUAGES = Languages.load()


def long_one() -> Resolution:
    """Eight items that fill several sheets, and two notes; it stands on page 4 of its file."""
    texts = [
        f"Zum Punkt {at}: "
        + " ".join(f"Die Konferenz hält zu Sprachkursen fest, was unter {at}.{n} zu halten ist." for n in range(12))
        for at in range(1, 9)
    ]
    notes = (note("Bayern", item=2, text="Bayern sieht das anders. " * 20), note("Sachsen", text="Sachsen auch. " * 20))
    made = resolution("1.1", "Sprachkurse sichern", *texts, protocol_notes=notes, page=4)
    return replace(
        made, applicants=("Bayern", "Berlin", "Bremen", "Hessen", "Saarland"), vote="mehrheitlich", counts=(15, 0, 1)
    )


async def store(services: Services, *resolutions: Resolution, session: int = 7, address: str = ADDRESS) -> list[int]:
    async with services.database.begin() as conn:
        arrival = Arrival(reading(*resolutions, session=session), None, address, NOON, silent=True)
        taken = await take_in(conn, arrival, services.analyser, services.topics)
    return [one.id for one in taken.resolutions]


@dataclass
class Phone:
    """Anna's chat with the bot, as she sees and uses it."""

    telegram: FakeTelegram
    texts: Texts

    def label(self, key: str, **fields: object) -> str:
        return self.texts(f"button.{key}", **fields)

    def numbered(self, card: int, key: str, **fields: object) -> str:
        return self.label("numbered", number=card, label=self.label(key, **fields))

    @property
    def messages(self) -> list[SentMessage]:
        return self.telegram.messages(ANNA)

    async def types(self, line: str) -> SentMessage:
        self.telegram.people.says(ANNA, line)
        return await self._settled()

    async def taps(self, label: str) -> SentMessage:
        """The newest message after the tap is answered."""
        self.telegram.people.presses(ANNA, label)
        return await self._settled()

    async def _settled(self) -> SentMessage:
        await self.telegram.until(lambda: not self.telegram.world.updates.pending)
        return self.messages[-1]


@pytest.fixture
def folder(empty_store: Path, tmp_path: Path) -> Path:
    shutil.copy(empty_store, tmp_path / "store.sqlite")
    return tmp_path


@pytest.fixture(params=LANGUAGES.codes)
async def phone(request: pytest.FixtureRequest, telegram: FakeTelegram, folder: Path, analyser: Analyser) -> Phone:
    """Six resolutions on language courses, and a later one that refers to the long one; Anna has chosen a language."""
    telegram.people.person(ANNA)
    async with services_at(folder, analyser) as services:
        others = [resolution(f"{n}.1", f"Sprachkurse, Teil {n}") for n in range(2, 7)]
        await store(services, long_one(), *others)
        cited = (Reference("BspMK", 7, "1.1", "7. BspMK unter TOP 1.1"),)
        later = resolution("9.9", "Wohnraum", "Wohnraum ist knapp.", references=cited)
        await store(services, later, session=8, address="https://bspmk.example/8.pdf")
        async with services.database.begin() as conn:
            await chats.ensure(conn, KEY, "Europe/Berlin", NOON)
            await chats.configure(conn, KEY, language=request.param)
    return Phone(telegram, LANGUAGES.of(request.param))


@pytest.fixture
async def running(
    phone: Phone, bot: Bot, folder: Path, analyser: Analyser, clock: HandClock
) -> AsyncIterator[Services]:
    async with services_at(folder, analyser) as services, answering(bot, services, clock):
        yield services


@pytest.mark.usefixtures("running")
async def test_pages_are_turned_in_place(phone: Phone) -> None:
    first = await phone.types("/topic Sprachkurse")
    assert phone.texts("phrase.stretch", first=1, last=3, total=6) in first.text
    second = await phone.taps(phone.label("more"))
    assert (len(phone.messages), second.message_id) == (1, first.message_id)
    assert phone.texts("phrase.stretch", first=4, last=6, total=6) in second.text
    assert phone.numbered(4, "whole") in second.labels()
    assert (await phone.taps(phone.label("back"))) == first
    assert len(phone.messages) == 1


@pytest.mark.usefixtures("running")
async def test_from_the_results_to_the_whole_its_notes_and_a_subscription(phone: Phone, running: Services) -> None:
    results = await phone.types("/topic Sprachkurse antrag:Bremen")
    assert "◐" in results.text
    assert "15:0:1" in results.text
    assert "BY, BE, HB +2" in results.text
    notes = phone.label("notes.many", number=2)
    assert notes in results.labels()
    sheet = await phone.taps(phone.label("whole"))
    assert sheet.message_id != results.message_id
    said, total = [sheet.text], 0
    while phone.label("more") in phone.messages[-1].labels():
        assert (await phone.taps(phone.label("more"))).message_id == sheet.message_id
        said.append(phone.messages[-1].text)
    total = len(said)
    assert total > 2
    assert all(
        phone.texts("show.sheet", name="7. BspMK, TOP 1.1", sheet=n, total=total) in text
        for n, text in enumerate(said, 1)
    )
    assert all(f"unter {at}.11 zu halten" in " ".join(said) for at in range(1, 9))
    assert "Sachsen auch." in said[-1]
    (source,) = [b["url"] for row in phone.messages[-1].buttons for b in row if "url" in b]
    assert source == f"{ADDRESS}#page=4"
    told = await phone.taps(notes)
    assert ("Bayern sieht das anders." in told.text, "zu halten" in told.text) == (True, False)
    before = len(phone.messages)
    subscribe = next(label for label in results.labels() if label.startswith(phone.label("subscribe_to", label="")[:5]))
    await phone.taps(subscribe)
    assert len(phone.messages) == before + 1
    async with running.database.read() as conn:
        assert await subscriptions.count(conn) == 1


@pytest.mark.usefixtures("running")
async def test_what_refers_to_it_and_back(phone: Phone) -> None:
    whole = await phone.types("/beschluss 7. BspMK TOP 1.1")
    referring = phone.label("referring", name="8. BspMK, TOP 9.9")
    assert referring in whole.labels()
    later = await phone.taps(referring)
    assert "Wohnraum" in later.text
    back = await phone.taps(phone.label("reference", name="7. BspMK, TOP 1.1"))
    assert "Sprachkurse sichern" in back.text


async def test_old_buttons_after_a_restart_and_a_correction(
    phone: Phone, bot: Bot, folder: Path, analyser: Analyser, clock: HandClock
) -> None:
    async with services_at(folder, analyser) as services, answering(bot, services, clock):
        results = await phone.types("/topic Sprachkurse")
        number = next(n for n in (1, 2, 3) if f"{n}. TOP 1.1" in results.text)
    corrected = long_one()
    changed = replace(corrected.passages[1], text="Zum Punkt 2: Hier steht jetzt etwas anderes zu Sprachkursen.")
    items = (corrected.items[0], Item(2, changed.text, (2, 2)), *corrected.items[2:])
    passages: tuple[Passage, ...] = (corrected.passages[0], changed, *corrected.passages[2:])
    async with services_at(folder, analyser) as services:
        await store(services, replace(corrected, passages=passages, items=items))
    async with services_at(folder, analyser) as services, answering(bot, services, clock):
        whole = await phone.taps(phone.numbered(number, "whole"))
        item = phone.texts("change.item.one", items="2")
        assert whole.text.startswith(phone.texts("show.changed", changes=item))
        assert "Sprachkurse sichern" in whole.text
        notes = await phone.taps(phone.numbered(number, "notes.many", number=2))
        assert item in notes.text
        turned = await phone.taps(phone.label("more"))
        assert turned.message_id in {message.message_id for message in phone.messages}


async def test_a_button_to_what_is_gone_says_so(
    phone: Phone, bot: Bot, folder: Path, analyser: Analyser, clock: HandClock
) -> None:
    async with services_at(folder, analyser) as services, answering(bot, services, clock):
        await bot.send_message(ANNA, "Alt", reply_markup=None)
        for line in ("/beschluss #999.1 seite 2", "/notizen #999.1", "~vergessen"):
            told = await phone.types(line)
            assert told.text in (phone.texts("show.gone"), phone.texts("problem.old_button"))


@pytest.mark.usefixtures("running")
async def test_a_search_from_another_chat_with_its_pages_and_the_way_into_the_bot(phone: Phone) -> None:
    world, titles, offset = phone.telegram.world, [], ""
    for _ in range(2):
        query = phone.telegram.people.looks_up(ANNA, "", offset)
        await phone.telegram.until(partial(world.inline_answers.__contains__, query))
        titles += world.inline_answers[query].titles()
        offset = world.inline_answers[query].next_offset
        if not offset:
            break
    assert len(titles) == 7
    query = phone.telegram.people.looks_up(ANNA, "Sprachkurse sichern")
    await phone.telegram.until(lambda: query in world.inline_answers)
    chosen = phone.telegram.people.chooses(query, world.inline_answers[query].titles()[0], ANNA)
    assert "◐" in chosen.text
    (link,) = [b["url"] for row in chosen.buttons for b in row if b["text"] == phone.label("in_bot")]
    opened = await phone.types(f"/start {link.rpartition('=')[2]}")
    assert opened.text.startswith("TOP 1.1 – Sprachkurse sichern")
