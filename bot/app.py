"""The one place that wires: settings in, a working program out.

Everything is built here once, handed to whoever needs it, and closed again in the opposite order, also when something
fails on the way. Commands take what they need: most the `App`, those that watch `open_watching`, those that send
`open_telegram`.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from importlib.metadata import version

from telegram import Bot

from bot.clock import Clock
from bot.transports.telegram import NAME as TELEGRAM
from bot.transports.telegram import telegram_bot
from bot.transports.transport import chat_key
from bot.watch import WatchServices
from bot.worker import Worker
from config.catalogue import Source, load_catalogue
from config.settings import Secret, Settings
from config.states import States
from config.texts import Languages
from config.topics import load_topics
from feeds.fetch import Limits, identify, open_fetcher
from feeds.filter_values import FilterValues
from feeds.words import Analyser
from handlers.access import Access
from handlers.services import Services
from storage.database import Database, DatabaseError
from storage.matching import Standing
from storage.migrate import current, is_known, newest, upgrade
from storage.retention import Keeping
from storage.search_index import PATIENCE, SearchIndex

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class App:
    """The parts that every command works with."""

    settings: Settings
    clock: Clock
    database: Database
    services: Services
    sources: tuple[Source, ...]


@asynccontextmanager
async def open_database(settings: Settings) -> AsyncIterator[Database]:
    """The store, at this version's schema: a file of our own is brought there, a server must be there already, or at a
    newer one, while instances are replaced one by one.

    Raises `DatabaseError` when it cannot be used.
    """
    await _at_newest(settings)
    database = Database.open(settings.database_url)
    try:
        yield database
    finally:
        await database.dispose()


@asynccontextmanager
async def open_app(settings: Settings, clock: Clock, patience: float = PATIENCE) -> AsyncIterator[App]:
    """The program without its loops; raises `CatalogueError` or `DatabaseError`. `patience`: seconds for the index."""
    sources = load_catalogue(settings.sources)
    async with open_database(settings) as database, open_services(settings, database, patience) as services:
        yield App(settings, clock, database, replace(services, sources=sources), sources)


@asynccontextmanager
async def open_services(settings: Settings, database: Database, patience: float = PATIENCE) -> AsyncIterator[Services]:
    """What the handlers need, read from the packaged data; the search index is closed at the end."""
    analyser, topics, states = Analyser.load(), load_topics(), States.load()
    index = SearchIndex(settings.database_url, settings.index_folder, analyser, topics, states, patience)
    values = FilterValues.load(states, topics)
    try:
        yield Services(
            database,
            index,
            analyser,
            topics,
            states,
            values,
            Languages.load(),
            settings.timezone,
            access=access_of(settings),
            keeping=keeping_of(settings),
        )
    finally:
        await index.close()


def access_of(settings: Settings) -> Access:
    """Who has access by the settings; ids without the name of a chat system are Telegram's."""
    admins, allowed = ({full_key(id) for id in ids} for ids in (settings.admins, settings.allowed))
    return Access(settings.access, frozenset(admins), frozenset(allowed))


def keeping_of(settings: Settings) -> Keeping:
    return Keeping(settings.keep_messages, settings.keep_updates, settings.keep_rounds, settings.keep_closed_chats)


def full_key(id: str) -> str:
    """The key of a chat; an id without the name of a chat system is Telegram's."""
    return id if ":" in id else chat_key(TELEGRAM, id)


@asynccontextmanager
async def open_watching(app: App, limits: Limits | None = None) -> AsyncIterator[WatchServices]:
    """What a polling round works with: connections and a thread for reading, closed at the end."""
    agent, allow = identify(version("beschlussbote"), None), app.settings.fetch_allow
    worker = Worker()
    try:
        async with open_fetcher(agent, seconds=app.clock.seconds, allow=allow, limits=limits) as fetcher:
            services = app.services
            standing = Standing(services.analyser, services.topics, services.states)
            parts = (app.sources, app.database, fetcher, worker, services.analyser, services.topics)
            yield WatchServices(*parts, standing=standing, dip_key=app.settings.dip_key)
    finally:
        worker.close()


@asynccontextmanager
async def open_telegram(token: Secret, api_base: str) -> AsyncIterator[Bot]:
    """A Bot whose connections are closed at the end; nothing is sent yet."""
    bot = telegram_bot(token, api_base)
    try:
        yield bot
    finally:
        await bot.shutdown()
        await bot.request.shutdown()  # a Bot that was never initialised closes nothing by itself


async def _at_newest(settings: Settings) -> None:
    if settings.embedded_database:
        await upgrade(settings.database_url)
        return
    found, needed = await current(settings.database_url), newest()
    if found is not None and not is_known(found):
        _log.warning("database.is_newer", extra={"fields": {"revision": found, "known": needed}})
    elif found != needed:
        at = found or "no revision"
        raise DatabaseError(f"The database is at {at}, this version needs {needed}: run 'beschlussbote db upgrade'.")
