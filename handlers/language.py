"""/sprache: which language the bot speaks in this chat. Quotations stay as they were printed."""

from __future__ import annotations

from config.texts import DEFAULT_LANGUAGE
from handlers.paging import ButtonRow
from handlers.phrases import either, shortened
from handlers.reply import Button, Incoming, Reply, plain
from handlers.services import Services
from handlers.setting_commands import SetLanguage, ShowLanguages
from storage import chats


async def show_languages(_command: ShowLanguages, _incoming: Incoming, services: Services) -> Reply:
    return Reply((plain(services.texts("language.is")),), _buttons(services))


async def set_language(command: SetLanguage, incoming: Incoming, services: Services) -> Reply:
    """Kept for the chat and answered in the new language at once."""
    code = _meant(command.name, services)
    if code is None:
        return _unknown(command.name, services)
    async with services.database.begin() as conn:
        await chats.ensure(conn, incoming.chat, services.default_timezone, incoming.at)
        await chats.configure(conn, incoming.chat, language=code)
    texts = services.languages.of(code)
    return Reply(
        (plain(texts("language.set")),),
        ((Button(texts("button.begin"), "/start"), Button(texts("button.help"), "/hilfe")),),
    )


async def offer(incoming: Incoming, services: Services, then: str = "") -> tuple[ButtonRow, ...]:
    """A row to the language of the person's chat program, in that language; where that is spoken already, to the usual
    one: telephones that speak English are common among people who work in German. Nothing where the chat has chosen.

    `then`: what stands behind the language in what it types.
    """
    known = services.languages.known(incoming.language)
    code = known if known != services.language else DEFAULT_LANGUAGE
    if code is None or code == services.language:
        return ()
    async with services.database.read() as conn:
        chosen = await chats.language_of(conn, incoming.chat)
    typed = f"/sprache {code} {then}".strip()
    return () if chosen else ((Button(services.languages.of(code)("language.offer"), typed),),)


def _meant(typed: str, services: Services) -> str | None:
    """ "en", "English" and "englisch" are the same."""
    wanted = typed.casefold()
    for code in services.languages.codes:
        if wanted in (code, *services.languages.of(code)("language.words").casefold().split()):
            return code
    return None


def _buttons(services: Services) -> tuple[ButtonRow, ...]:
    """Every language by its own name."""
    languages = services.languages
    return (tuple(Button(languages.of(code)("language.name"), f"/sprache {code}") for code in languages.codes),)


def _unknown(typed: str, services: Services) -> Reply:
    names = [services.languages.of(code)("language.name") for code in services.languages.codes]
    text = services.texts("language.unknown", name=shortened(typed, 60), names=either(names, services.texts))
    return Reply((plain(text),), _buttons(services), suggestions=tuple(names), error=text)
