"""What the handlers need from the running program, handed in by the wiring."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from config.catalogue import Source
from config.states import States
from config.texts import DEFAULT_LANGUAGE, Languages, Texts
from config.topics import Topic
from config.zones import Zones
from feeds.filter_values import FilterValues
from feeds.words import Analyser
from handlers.access import Access, Links
from handlers.files_from_chats import Files, NoFiles
from handlers.rights import NoRights, Rights
from storage.database import Database
from storage.retention import Keeping
from storage.search_index import SearchIndex


@dataclass(frozen=True, slots=True)
class Services:
    """Everything here is built once in `bot.app` and shared; `default_timezone` is an IANA name.

    `access`: who may use the bot by the settings. `links`: None where there is no chat system that could open them.
    `rights`: who may what in groups. `files`: what people send along. `sources`: the catalogue. `keeping`: how long
    things are kept. `values`: what the filters of a search can be set to. `zones`: the time zones by name. `language`:
    what the chat at hand is spoken to in; `dataclasses.replace(services, language=…)` speaks another.
    """

    database: Database
    index: SearchIndex
    analyser: Analyser
    topics: Sequence[Topic]
    states: States
    values: FilterValues
    languages: Languages
    default_timezone: str
    language: str = DEFAULT_LANGUAGE
    access: Access = field(default_factory=Access)
    links: Links | None = None
    rights: Rights = field(default_factory=NoRights)
    files: Files = field(default_factory=NoFiles)
    sources: Sequence[Source] = ()
    keeping: Keeping = field(default_factory=Keeping)
    zones: Zones = field(default_factory=Zones.load)

    @property
    def texts(self) -> Texts:
        """The texts of the chat at hand."""
        return self.languages.of(self.language)
