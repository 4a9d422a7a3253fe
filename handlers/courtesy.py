"""A greeting or thanks, which is no search: answered in kind, with the way on."""

from __future__ import annotations

from config.texts import Texts
from handlers.command_types import Start
from handlers.lookup_commands import PlainText
from handlers.plain_line import plain_line
from handlers.reply import Button, Incoming, Reply, plain
from handlers.services import Services
from handlers.welcome import start


async def answer_plain(command: PlainText, incoming: Incoming, services: Services) -> Reply:
    """A line without a slash. Who really looks for such a word says so: /thema Danke."""
    said = command.text.casefold().strip(" .!?,;:)(-")
    everywhere = [services.languages.of(code) for code in services.languages.codes]
    if any(said in _words(texts, "greetings") for texts in everywhere):
        return await start(Start(), incoming, services)
    if any(said in _words(texts, "thanks") for texts in everywhere):
        return _welcome(services.texts)
    return await plain_line(command, incoming, services)


def _words(texts: Texts, key: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in texts(f"courtesy.{key}").split(","))


def _welcome(texts: Texts) -> Reply:
    ways = (Button(texts("button.latest"), "/neu"), Button(texts("button.help"), "/hilfe"))
    return Reply((plain(texts("courtesy.welcome")),), (ways,))
