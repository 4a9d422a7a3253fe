"""How a subscription is spoken of, and the buttons that change it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from zoneinfo import ZoneInfo

from config.texts import Texts
from feeds.filter_values import AsWritten
from feeds.query_language import Request, parse
from handlers.command_types import Rhythm
from handlers.phrases import enumeration, long_date, readable, time_of_day
from handlers.reply import Button
from handlers.wish_arguments import WORKDAYS
from storage.chats import EVERY_DAY, Chat
from storage.subscriptions import Subscription

RHYTHM_WORD: Mapping[Rhythm, str] = {"immediate": "sofort", "digest": "täglich", "weekly": "wöchentlich"}
"""What buttons type for it."""
DEFAULT_DIGEST = 7 * 60 + 30
"""07:30 local time: when a daily digest comes for somebody who has not chosen a time."""


def label_of(subscription: Subscription, texts: Texts) -> str:
    """For instance "Thema „Sprachkurse“", "Land Bayern", "Suche „Kita land:Bayern“", "„Mein Thema“ (Land Bayern)"."""
    told = texts(f"subscription.{_sort(subscription)}", label=readable(_told(subscription), texts))
    return texts("subscription.named", name=subscription.name, label=told) if subscription.name else told


def _sort(subscription: Subscription) -> str:
    """Its kind, or, of what is typed: a conference, a search that says more than words, a topic."""
    if subscription.kind != "topic":
        return subscription.kind
    request = parse(subscription.label, AsWritten())
    if not isinstance(request, Request) or request.plain:
        return "topic"
    return "conference" if conference_of(request) else "query"


def _told(subscription: Subscription) -> str:
    request = parse(subscription.label, AsWritten()) if subscription.kind == "topic" else None
    conference = conference_of(request) if isinstance(request, Request) else None
    return conference.replace(".", ". ", 1) if conference else subscription.label


def conference_of(request: Request) -> str | None:
    """The conference that a search asks for, if it asks for nothing else."""
    one = request.filters[0] if len(request.filters) == 1 else None
    alone = one is not None and not (request.words or request.phrases or request.excluded)
    return one.value if one and alone and one.name == "konferenz" and not one.excluded else None


def rhythm_phrase(rhythm: Rhythm, chat: Chat | None, texts: Texts) -> str:
    """For instance "sofort", "täglich um 07:30 Uhr", or "montags um 07:30 Uhr"."""
    if rhythm == "immediate":
        return texts("rhythm.immediate")
    minute = chat.digest_minute if chat else None
    if rhythm == "weekly":
        time = time_of_day(DEFAULT_DIGEST if minute is None else minute)
        return texts("rhythm.digest_on", days=texts("weekday.1"), time=time)
    if chat is None or minute is None:
        return texts("rhythm.digest")
    time = time_of_day(minute)
    if chat.digest_days == EVERY_DAY:
        return texts("rhythm.digest_at", time=time)
    return texts("rhythm.digest_on", days=days_phrase(chat.digest_days, texts), time=time)


def days_phrase(days: int, texts: Texts) -> str:
    """For instance "werktags", or "montags und freitags"."""
    if days == WORKDAYS:
        return texts("rhythm.workdays")
    return enumeration([texts(f"weekday.{day + 1}") for day in range(7) if days >> day & 1], texts)


def state_phrase(one: Subscription, chat: Chat | None, now: dt.datetime, texts: Texts) -> str:
    """When it comes, or until when it is paused."""
    if not one.rests(now):
        return rhythm_phrase(one.rhythm, chat, texts)
    if one.paused_until is None:
        return texts("rhythm.paused")
    zone = ZoneInfo(chat.timezone) if chat else dt.UTC
    return texts("rhythm.paused_until", date=long_date(one.paused_until.astimezone(zone).date(), texts))


def rhythm_buttons(before: str, behind: str, but: Rhythm | None, texts: Texts) -> tuple[Button, ...]:
    """One for each rhythm `but` that one; its word is typed between `before` and `behind`."""
    return tuple(
        Button(texts(f"button.{rhythm}"), " ".join(filter(None, (before, word, behind))))
        for rhythm, word in RHYTHM_WORD.items()
        if rhythm != but
    )
