"""Logging: one line per event, its name first, secrets masked, chats by their pseudonyms.

An event is a short dotted name ("source.failed"); what belongs to it comes as `extra={"fields": {…}}`. As text a line
reads `time LEVEL event key=value …`, as JSON it is one object. Libraries that log addresses with tokens in them, or
one line per request, are silenced.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import traceback
from collections.abc import Iterable, Mapping
from typing import TextIO

from bot.pseudonyms import Pseudonyms

SILENCED = ("httpx", "httpcore", "aiohttp.access", "apscheduler", "telegram", "alembic")
"""httpx logs request addresses at INFO, and Telegram's hold the token; the others log per request or per tick."""


def set_up_logging(
    stream: TextIO,
    style: str,
    secrets: Iterable[str],
    level: int = logging.INFO,
    pseudonyms: Pseudonyms | None = None,
) -> None:
    """Send every event of `level` and above to `stream`, as "text" or "json"; `pseudonyms` name the chats."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(EventFormatter(style, tuple(secret for secret in secrets if secret), pseudonyms))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in SILENCED:
        logging.getLogger(name).setLevel(logging.WARNING)


class EventFormatter(logging.Formatter):
    """One line per record, in whichever style; `secrets` and the ids of chats are replaced wherever they would show."""

    def __init__(self, style: str, secrets: tuple[str, ...], pseudonyms: Pseudonyms | None = None) -> None:
        super().__init__()
        self._as_json = style == "json"
        self._pseudonyms = pseudonyms or Pseudonyms.of_token(None)
        self._secrets = {form for secret in secrets for form in (secret, json.dumps(secret, ensure_ascii=False)[1:-1])}

    def format(self, record: logging.LogRecord) -> str:
        line = self._json(record) if self._as_json else self._text(record)
        for secret in self._secrets:
            line = line.replace(secret, "***")
        return self._pseudonyms.masked(line)

    def _text(self, record: logging.LogRecord) -> str:
        pairs = [f"{key}={_shown(value)}" for key, value in _fields(record).items()]
        return " ".join([_moment(record), record.levelname, _one_line(record.getMessage()), *pairs])

    def _json(self, record: logging.LogRecord) -> str:
        event = {"at": _moment(record), "level": record.levelname, "event": record.getMessage()}
        # The first place in the line is the event's own, and no field takes it.
        return json.dumps({**event, **_fields(record), **event}, ensure_ascii=False, default=str)


def _fields(record: logging.LogRecord) -> Mapping[str, object]:
    given = getattr(record, "fields", None)
    fields: dict[str, object] = dict(given) if isinstance(given, Mapping) else {}
    if record.exc_info and record.exc_info[0]:
        fields["traceback"] = "".join(traceback.format_exception(*record.exc_info)).strip()
    return fields


def _moment(record: logging.LogRecord) -> str:
    return dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds")


def _shown(value: object) -> str:
    text = str(value)
    plain = text.isprintable() and not any(sign in text for sign in ' "=')
    return text if text and plain else json.dumps(text, ensure_ascii=False)


def _one_line(text: str) -> str:
    return " ".join(text.splitlines())
