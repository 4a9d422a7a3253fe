"""The settings: read once from the environment and a TOML file, checked together, then frozen.

What a single value may look like stands in `setting_values`. All problems are collected and reported at once, each by
the full name of its setting. Secrets are masked wherever they could be printed.
"""

from __future__ import annotations

import difflib
import hashlib
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from config.setting_values import READERS, Access, Listen, LogFormat, Secret

__all__ = ["PREFIX", "Listen", "Secret", "Settings", "SettingsError", "load_settings"]

PREFIX = "BESCHLUSSBOTE_"
PATHS = ("SOURCES", "INDEX_DIR")
"""In a settings file they are meant from where the file lies."""
RESERVED_PATHS = ("/healthz", "/readyz", "/metrics")
"""Of the HTTP side; the webhook needs another one."""
PACKAGED_SOURCES = Path(__file__).with_name("sources.toml")


class SettingsError(Exception):
    """Settings that cannot be used; `problems` names every one of them."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(self.problems))


@dataclass(frozen=True, slots=True)
class Settings:
    """What one installation is set to. The names are those of the variables, in lower case, without the prefix."""

    telegram_token: Secret | None = None
    telegram_api_base: str = "https://api.telegram.org"
    database_url: str = field(default="sqlite+aiosqlite:///beschlussbote.sqlite", repr=False)
    sources: Path = PACKAGED_SOURCES
    access: Access = "open"
    admins: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()
    timezone: str = "Europe/Berlin"
    http_listen: Listen | None = None
    webhook_url: str | None = None
    webhook_secret: Secret | None = None
    dip_key: Secret | None = None
    log_format: LogFormat = "text"
    fetch_allow: tuple[str, ...] = ()
    index_dir: Path | None = None
    broadcast_rate: int = 30
    burst: int = 10
    keep_messages: int = 90
    keep_updates: int = 3
    keep_rounds: int = 90
    keep_closed_chats: int = 180

    @property
    def embedded_database(self) -> bool:
        """Whether the store is an SQLite file of our own, which the program may migrate by itself."""
        return self.database_url.startswith("sqlite")

    @property
    def database_file(self) -> Path | None:
        """The file that an embedded database lives in."""
        return Path(self.database_url.partition(":///")[2].partition("?")[0]) if self.embedded_database else None

    @property
    def index_folder(self) -> Path:
        """Where the search index lies: as set, else beside an embedded database, else in the user's cache."""
        if self.index_dir is not None:
            return self.index_dir
        if (file := self.database_file) is not None:
            return file.with_name(f"{file.name}-index")
        # One for each store; the hash also keeps its password out of the name.
        name = hashlib.sha256(self.database_url.encode()).hexdigest()[:16]
        return Path("~/.cache/beschlussbote").expanduser() / f"index-{name}"

    @property
    def database_shown(self) -> str:
        """The address of the store without its password."""
        return re.sub(r"(?<=://)([^:/@]*):[^@]*@", r"\1:***@", self.database_url)

    @property
    def secrets(self) -> tuple[str, ...]:
        """All values that must not appear in any output."""
        given = [secret.reveal() for secret in (self.telegram_token, self.webhook_secret, self.dip_key) if secret]
        password = re.search(r"://[^:/@]*:([^@]+)@", self.database_url)
        return (*given, *(dict.fromkeys((password[1], unquote(password[1]))) if password else ()))


def load_settings(environ: Mapping[str, str], file: Path | None = None) -> Settings:
    """Settings from the TOML file and the environment, which wins.

    In the file a name stands with or without the prefix, in upper or lower case; a list may be an array or text with
    commas. An empty value counts as not set. Raises `SettingsError` with every problem by name.
    """
    problems: list[str] = []
    typed = _from_file(file, problems) if file else {}
    typed |= {name: value for name, value in _from_environ(environ, problems).items() if value != ""}
    values: dict[str, Any] = {}
    for name, raw in typed.items():
        try:
            values[name.lower()] = READERS[name](raw)
        except ValueError as error:
            problems.append(f"{PREFIX}{name} {error}")
    problems.extend(_together(values))
    if problems:
        raise SettingsError(problems)
    return Settings(**values)


def _from_environ(environ: Mapping[str, str], problems: list[str]) -> dict[str, Any]:
    typed = {}
    for key in sorted(key for key in environ if key.startswith(PREFIX)):
        name = key.removeprefix(PREFIX)
        if name in READERS:
            typed[name] = environ[key].strip()
        else:
            problems.append(_unknown(key, name))
    return typed


def _from_file(file: Path, problems: list[str]) -> dict[str, Any]:
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        problems.append(f"the settings file {file} cannot be read: {_reason(error)}")
        return {}
    except tomllib.TOMLDecodeError as error:
        problems.append(f"the settings file {file} is not valid TOML: {error}")
        return {}
    typed = {}
    for key, value in table.items():
        name = key.upper().removeprefix(PREFIX)
        if name not in READERS:
            problems.append(f"{_unknown(key, name)} (in {file})")
        elif name in typed:
            problems.append(f"{PREFIX}{name} stands twice in {file}")
        elif value != "":
            typed[name] = file.parent / value if name in PATHS and isinstance(value, str) else value
    return typed


def _reason(error: OSError | UnicodeDecodeError) -> str:
    return (error.strerror or str(error)) if isinstance(error, OSError) else "it is not UTF-8 text"


def _unknown(key: str, name: str) -> str:
    near = difflib.get_close_matches(name, READERS, n=1, cutoff=0.6)
    known = f"did you mean {PREFIX}{near[0]}?" if near else f"known are {', '.join(READERS)}"
    return f"{key} is no setting: {known}"


def _together(values: Mapping[str, Any]) -> Iterable[str]:
    """Problems that only show when settings are seen side by side."""
    if bool(values.get("webhook_secret")) != bool(values.get("webhook_url")):
        alone, other = ("SECRET", "URL") if values.get("webhook_secret") else ("URL", "SECRET")
        yield f"{PREFIX}WEBHOOK_{alone} is set without {PREFIX}WEBHOOK_{other}: set both or neither"
    if values.get("webhook_url") and not values.get("http_listen"):
        yield f"{PREFIX}WEBHOOK_URL needs {PREFIX}HTTP_LISTEN: where a proxy passes it on to, e.g. 127.0.0.1:8080"
    if values.get("access") == "invite" and not values.get("admins"):
        yield f"{PREFIX}ACCESS is 'invite', but without {PREFIX}ADMINS nobody can invite"
    if values.get("access") == "allowlist" and not (values.get("admins") or values.get("allowed")):
        yield f"{PREFIX}ACCESS is 'allowlist', but nobody is on it: set {PREFIX}ADMINS or {PREFIX}ALLOWED"
    if values.get("webhook_url") and urlsplit(values["webhook_url"]).path in RESERVED_PATHS:
        yield f"{PREFIX}WEBHOOK_URL takes a path of our own: right is one that nobody guesses, e.g. /telegram-7f3a"
