"""What several of the administrators' answers need."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from config.texts import Texts
from handlers.paging import ButtonRow
from handlers.phrases import long_date
from handlers.reply import Button, Reply, plain
from handlers.services import Services


def clock_time(at: dt.datetime, services: Services) -> str:
    """For instance "4. März, 09:30", in the time zone of the installation."""
    local, texts = at.astimezone(ZoneInfo(services.default_timezone)), services.texts
    day = texts("phrase.day_and_month", day=local.day, month=texts(f"month.{local.month}"))
    return f"{day}, {local:%H:%M}"


def calendar_day(at: dt.datetime, services: Services) -> str:
    """For instance "4. März 2026"."""
    return long_date(at.astimezone(ZoneInfo(services.default_timezone)).date(), services.texts)


def way_back(texts: Texts) -> ButtonRow:
    return (Button(texts("admin.button.menu"), "/admin"),)


def said(key: str, services: Services, *rows: ButtonRow, **fields: object) -> Reply:
    """One sentence, and the way back."""
    return Reply((plain(services.texts(key, **fields)),), (*rows, way_back(services.texts)))


def wrong(key: str, services: Services, **fields: object) -> Reply:
    """What was typed cannot be carried out; the sentence says what would be right."""
    text = services.texts(key, **fields)
    return Reply((plain(text),), (way_back(services.texts),), error=text)
