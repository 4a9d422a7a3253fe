"""What one setting may look like: a reader per setting turns what was typed into a value.

A reader raises `ValueError` with the end of a sentence that begins with the setting's name and says what would be
right. It never repeats the value of a secret.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

DATABASE_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "sqlite+aiosqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
    "postgresql+asyncpg": "postgresql+asyncpg",
}
"""What an address of the database may begin with, and what it then means."""
WEBHOOK_PORTS = (443, 80, 88, 8443)
"""The ports that Telegram delivers to (Bot API, setWebhook)."""

Access = Literal["open", "invite", "allowlist"]
LogFormat = Literal["text", "json"]


class Secret:
    """A value that never shows itself by accident; `reveal()` gives it."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        return self._value

    def __repr__(self) -> str:
        return "Secret('***')"

    def __str__(self) -> str:
        return "***"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._value == self._value

    def __hash__(self) -> int:
        return hash(self._value)


@dataclass(frozen=True, slots=True)
class Listen:
    """Where the HTTP side listens; port 0 lets the system choose one."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def _text(raw: object) -> str:
    if not isinstance(raw, str):
        raise ValueError("must be text in quotes")
    return raw.strip()


def _list(raw: object) -> tuple[str, ...]:
    parts = raw if isinstance(raw, list) else str(raw).split(",")
    return tuple(text for part in parts if (text := str(part).strip()))


def _token(raw: object) -> Secret:
    """The value is never repeated in the message: what was typed wrongly may still be most of a secret."""
    text = _text(raw)
    if not re.fullmatch(r"\d+:[A-Za-z0-9_-]+", text):
        raise ValueError("is no bot token: it looks like 123456:ABC…, as BotFather gives it")
    return Secret(text)


def _api_base(raw: object) -> str:
    text = _web_address(raw, ("http", "https")).rstrip("/")
    if text.endswith("/bot"):
        raise ValueError("must stand without the /bot part, e.g. http://127.0.0.1:8081")
    return text


def _web_address(raw: object, schemes: tuple[str, ...]) -> str:
    text = _text(raw)
    if not _is_web_address(text, schemes):
        begins = " or ".join(f"{one}://" for one in schemes)
        raise ValueError(f"is {text!r}: right is an address that begins with {begins}")
    return text


def _is_web_address(text: str, schemes: tuple[str, ...]) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in schemes and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port or an IPv6 address that is none
        return False


def database_url(raw: object) -> str:
    """The address with the driver that is used here. What was typed is not repeated: there may be a password in it."""
    driver, separator, rest = _text(raw).partition("://")
    if not separator or driver not in DATABASE_DRIVERS:
        shown = driver if separator else "no address"
        right = "sqlite+aiosqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME"
        raise ValueError(f"begins with {shown!r}: right is {right}")
    if driver.startswith("postgres"):
        _must_be_a_server(rest)
    return f"{DATABASE_DRIVERS[driver]}://{rest}"


def _must_be_a_server(rest: str) -> None:
    """The host may be left out, or be a socket's folder (`?host=/run/postgresql`); the name may not."""
    if "@" in re.sub(r"^[^/?#]*", "", rest):
        raise ValueError("has a '/', '?' or '#' in its password: write it as %2F, %3F or %23")
    try:
        parts = urlsplit(f"//{rest}")
        _ = parts.port
    except ValueError:
        raise ValueError("has no valid host and port: right is postgresql://USER:PASSWORD@HOST:5432/NAME") from None
    if not parts.path.strip("/"):
        raise ValueError("names no database: right is postgresql://USER:PASSWORD@HOST/NAME")


def _sources(raw: object) -> Path:
    path = raw if isinstance(raw, Path) else Path(_text(raw))
    if not path.is_file():
        raise ValueError(f"is {str(path)!r}: no such file; right is the path of a sources.toml")
    return path


def _folder(raw: object) -> Path:
    """It need not exist: it is made when it is needed."""
    path = raw if isinstance(raw, Path) else Path(_text(raw))
    if path.exists() and not path.is_dir():
        raise ValueError(f"is {str(path)!r}: that is a file; right is a folder")
    return path


def _choice(*allowed: str) -> Callable[[object], str]:
    def read(raw: object) -> str:
        text = _text(raw)
        if text not in allowed:
            raise ValueError(f"is {text!r}: right is {' or '.join(map(repr, allowed))}")
        return text

    return read


def _whole(least: int, most: int) -> Callable[[object], int]:
    def read(raw: object) -> int:
        text = str(raw).strip()
        if isinstance(raw, bool) or not text.isascii() or not text.isdigit() or not least <= int(text) <= most:
            raise ValueError(f"is {text!r}: right is a whole number from {least} to {most}")
        return int(text)

    return read


def _chats(raw: object) -> tuple[str, ...]:
    chats = _list([raw] if isinstance(raw, int) else raw)
    wrong = [chat for chat in chats if not re.fullmatch(r"(?:[a-z]+:)?-?\d+", chat)]
    if wrong:
        raise ValueError(f"holds {wrong[0]!r}: right are chat ids such as 4711, with commas between them")
    return chats


def _people(raw: object) -> tuple[str, ...]:
    chats = _chats(raw)
    if groups := [chat for chat in chats if "-" in chat]:
        raise ValueError(f"holds {groups[0]!r}, a group: right are chat ids of people, such as 4711")
    return chats


def _timezone(raw: object) -> str:
    text = _text(raw)
    try:
        ZoneInfo(text)
    except (KeyError, ValueError, OSError):
        raise ValueError(f"is {text!r}: right is a name such as Europe/Berlin") from None
    return text


def _listen(raw: object) -> Listen:
    text = _text(raw)
    match = re.fullmatch(r"(?:\[(?P<six>[0-9a-fA-F:.]+)\]|(?P<host>[^:\s]+)):(?P<port>\d{1,5})", text)
    if not match or int(match["port"]) > 65535:
        raise ValueError(f"is {text!r}: right is HOST:PORT, e.g. 127.0.0.1:8080")
    return Listen(match["six"] or match["host"], int(match["port"]))


def _webhook(raw: object) -> str:
    text = _web_address(raw, ("https",))
    if (urlsplit(text).port or 443) not in WEBHOOK_PORTS:
        raise ValueError(f"names a port Telegram does not deliver to: right are {', '.join(map(str, WEBHOOK_PORTS))}")
    return text


def _webhook_secret(raw: object) -> Secret:
    text = _text(raw)
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", text):
        raise ValueError("must be 1 to 256 of the characters A-Z a-z 0-9 _ -")
    return Secret(text)


def _key(raw: object) -> Secret:
    text = _text(raw)
    if not re.fullmatch(r"[\x21-\x7e]{8,200}", text):
        raise ValueError("is no key: right are 8 to 200 characters without blanks, as it was given")
    return Secret(text)


def _hosts(raw: object) -> tuple[str, ...]:
    hosts = _list(raw)
    for host in hosts:
        if not _is_network(host) and not re.fullmatch(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?", host):
            raise ValueError(f"holds {host!r}: right are hosts or networks such as intern.example or 10.1.0.0/16")
    return hosts


def _is_network(text: str) -> bool:
    try:
        ipaddress.ip_network(text, strict=False)
    except ValueError:
        return False
    return True


READERS: Mapping[str, Callable[[object], object]] = {
    "TELEGRAM_TOKEN": _token,
    "TELEGRAM_API_BASE": _api_base,
    "DATABASE_URL": database_url,
    "SOURCES": _sources,
    "ACCESS": _choice("open", "invite", "allowlist"),
    "ADMINS": _people,
    "ALLOWED": _chats,
    "TIMEZONE": _timezone,
    "HTTP_LISTEN": _listen,
    "WEBHOOK_URL": _webhook,
    "WEBHOOK_SECRET": _webhook_secret,
    "DIP_KEY": _key,
    "LOG_FORMAT": _choice("text", "json"),
    "FETCH_ALLOW": _hosts,
    "INDEX_DIR": _folder,
    "BROADCAST_RATE": _whole(1, 1000),
    "BURST": _whole(1, 500),
    "KEEP_MESSAGES": _whole(1, 3650),
    "KEEP_UPDATES": _whole(1, 30),
    "KEEP_ROUNDS": _whole(1, 3650),
    "KEEP_CLOSED_CHATS": _whole(1, 3650),
}
