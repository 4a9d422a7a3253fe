"""The help as a newcomer takes it: every example is typed just as it stands there, over the documents of the demo."""

from __future__ import annotations

import re
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.demo.samples import new_in_feed, new_in_list, older_document
from config.texts import Languages
from feeds.read import read_document
from feeds.words import Analyser
from handlers.command import COMMANDS
from handlers.examples import example
from handlers.help_pages import PAGES, examples
from handlers.reply import Incoming, Reply
from handlers.router import answer
from handlers.services import Services
from handlers.speaking import speaking
from storage.intake import Arrival, take_in
from tests.bot.conftest import NOON, services_at

ANNA = "telegram:4711"
LANGUAGES = Languages.load()
FINDS = re.compile(
    r"[^/]|/(suche|search|thema|topic|land|state|an|demands|beschluss|resolution|neu|latest|themen|topics)\b"
)
"""Examples that look something up: they should find it."""


@pytest.fixture
async def demo(empty_store: Path, tmp_path: Path, analyser: Analyser) -> AsyncIterator[Services]:
    """The program over the three documents of the demo."""
    shutil.copy(empty_store, tmp_path / "store.sqlite")
    async with services_at(tmp_path, analyser) as services:
        for document in (older_document(), new_in_list(), new_in_feed()):
            reading = read_document(document.data, document.path, document.content_type)
            async with services.database.begin() as conn:
                arrival = Arrival(reading, None, f"https://bspmk.example{document.path}", NOON, silent=True)
                await take_in(conn, arrival, services.analyser, services.topics)
        yield services


async def typed(services: Services, line: str) -> Reply:
    return await answer(Incoming(ANNA, line, NOON, user=ANNA), services)


@pytest.mark.parametrize("language", LANGUAGES.codes)
@pytest.mark.parametrize("page", PAGES)
async def test_every_example_works(demo: Services, page: str, language: str) -> None:
    await typed(demo, f"/sprache {language}")
    for line, _ in await examples(page, speaking(language, demo)):
        reply = await typed(demo, line)
        assert reply.error is None, (line, reply.text)
        assert not FINDS.match(line) or reply.total, (line, reply.text)


@pytest.mark.parametrize("language", LANGUAGES.codes)
async def test_so_does_the_use_of_every_command(demo: Services, language: str) -> None:
    await typed(demo, f"/sprache {language}")
    texts, right = LANGUAGES.of(language), await example(demo)
    for spec in COMMANDS:
        if spec.shown:
            line = texts(f"command.{spec.name}.usage", cited=right.cited)
            reply = await typed(demo, line)
            assert reply.error is None, (line, reply.text)


@pytest.mark.parametrize("language", LANGUAGES.codes)
async def test_so_does_what_stands_in_quotes_or_behind_a_colon(demo: Services, language: str) -> None:
    """ "auch: /an Bund Sprachkurse", "„/digest aus“ meldet wieder sofort"."""
    await typed(demo, f"/sprache {language}")
    texts = LANGUAGES.of(language)
    said = " ".join(texts.template(key) for key in texts.keys if re.fullmatch(r"command\.\w+\.does|help\..*", key))
    lines = {match[1] for match in re.finditer(r"[„“](/[^“”{]+)[“”]", said)}
    assert len(lines) > 5
    for line in sorted(lines):
        reply = await typed(demo, line)
        assert reply.error is None, (line, reply.text)
