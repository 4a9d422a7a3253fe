"""How a subscription is spoken of, and the buttons that change it."""

from __future__ import annotations

from config.texts import Texts
from feeds.filter_values import AsWritten
from feeds.query_language import Request, parse
from handlers.command_types import Rhythm
from handlers.phrases import enumeration, readable, time_of_day
from handlers.reply import Button
from handlers.wish_arguments import WORKDAYS
from storage.chats import EVERY_DAY, Chat
from storage.subscriptions import Subscription


def label_of(subscription: Subscription, texts: Texts) -> str:
    """For instance "Thema „Sprachkurse“", "Land Bayern", "Suche „Kita land:Bayern“"."""
    kind = "query" if subscription.kind == "topic" and _is_search(subscription.label) else subscription.kind
    return texts(f"subscription.{kind}", label=readable(subscription.label, texts))


def _is_search(label: str) -> bool:
    """Whether it says more than words."""
    request = parse(label, AsWritten())
    return isinstance(request, Request) and not request.plain


def rhythm_phrase(rhythm: Rhythm, chat: Chat | None, texts: Texts) -> str:
    """For instance "sofort", or "täglich um 07:30 Uhr"."""
    if rhythm == "immediate":
        return texts("rhythm.immediate")
    if chat is None or chat.digest_minute is None:
        return texts("rhythm.digest")
    time = time_of_day(chat.digest_minute)
    if chat.digest_days == EVERY_DAY:
        return texts("rhythm.digest_at", time=time)
    return texts("rhythm.digest_on", days=days_phrase(chat.digest_days, texts), time=time)


def days_phrase(days: int, texts: Texts) -> str:
    """For instance "werktags", or "montags und freitags"."""
    if days == WORKDAYS:
        return texts("rhythm.workdays")
    return enumeration([texts(f"weekday.{day + 1}") for day in range(7) if days >> day & 1], texts)


def switch_button(subscription: int, rhythm: Rhythm, texts: Texts) -> Button:
    """To the other rhythm."""
    if rhythm == "immediate":
        return Button(texts("button.daily"), f"/rhythmus {subscription} täglich")
    return Button(texts("button.immediate"), f"/rhythmus {subscription} sofort")
