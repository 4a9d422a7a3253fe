"""One watched demand on its page: done or not, when it is reminded of, a note; and the way to change each."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from config.texts import Texts
from handlers.paging import ButtonRow
from handlers.phrases import counted, long_date, place, shortened
from handlers.questions import ask, cancel_row
from handlers.reminder_dates import first_reminder
from handlers.render_resolution import button_to, short_name
from handlers.reply import Block, Button, Incoming, Reply, Span, plain
from handlers.services import Services
from handlers.typed_date import typed_date
from handlers.watch_commands import EndWatch, NoteOnWatch, RemindOfWatch, SetLead, SetWatchDone, ShowWatch
from handlers.watched_sentences import still_stands
from storage import chats, resolutions, watches
from storage.database import Connection
from storage.resolutions import StoredResolution
from storage.watches import Watch

NEVER = frozenset(["nie", "gar nicht", "aus", "never", "off"])
LEADS = (0, 7, 14, 28)
"""Days before the deadline that a tap chooses."""


async def show_watch(command: ShowWatch, incoming: Incoming, services: Services) -> Reply:
    async with services.database.read() as conn:
        return await page(conn, command.id, incoming, services)


async def set_done(command: SetWatchDone, incoming: Incoming, services: Services) -> Reply:
    async with services.database.begin() as conn:
        one, today = await _one(conn, command.id, incoming, services)
        if one is not None:
            again = None if command.done else first_reminder(one.due_on, one.lead_days, today)
            done_at = incoming.at if command.done else None
            await watches.change(conn, incoming.chat, one.id, done_at=done_at, remind_on=again)
        return await page(conn, command.id, incoming, services, "watch.done" if command.done else "watch.open_again")


async def remind_of_watch(command: RemindOfWatch, incoming: Incoming, services: Services) -> Reply:
    texts = services.texts
    async with services.database.begin() as conn:
        one, today = await _one(conn, command.id, incoming, services)
        if one is None:
            return no_such(texts)
        if command.when is None:
            await ask(conn, f"/erfolgskontrolle {one.id} erinnern", incoming)
            return _ask_when(one, texts)
        never = command.when.casefold() in NEVER
        day = None if never else typed_date(command.when, today)
        if not never and (day is None or day <= today):
            text = texts("problem.date", given=shortened(command.when, 60))
            return Reply((plain(text),), (cancel_row(texts),), error=text)
        await watches.change(conn, incoming.chat, one.id, remind_on=day, done_at=None)
        return await page(conn, one.id, incoming, services, "watch.reminder_set")


async def set_lead(command: SetLead, incoming: Incoming, services: Services) -> Reply:
    texts = services.texts
    async with services.database.begin() as conn:
        one, today = await _one(conn, command.id, incoming, services)
        if one is None:
            return no_such(texts)
        if command.days is None:
            return _ask_lead(one, texts)
        again = first_reminder(one.due_on, command.days, today)
        await watches.change(conn, incoming.chat, one.id, lead_days=command.days, remind_on=again)
        return await page(conn, one.id, incoming, services, "watch.reminder_set")


async def note_on_watch(command: NoteOnWatch, incoming: Incoming, services: Services) -> Reply:
    texts = services.texts
    async with services.database.begin() as conn:
        one, _ = await _one(conn, command.id, incoming, services)
        if one is None:
            return no_such(texts)
        if command.text is None:
            await ask(conn, f"/erfolgskontrolle {one.id} notiz", incoming)
            away = ((Button(texts("button.note_away"), f"/erfolgskontrolle {one.id} notiz -"),),) if one.note else ()
            return Reply((plain(texts("watch.note")),), (*away, cancel_row(texts)))
        await watches.change(conn, incoming.chat, one.id, note=command.text or None)
        return await page(conn, one.id, incoming, services, "watch.noted")


async def end_watch(command: EndWatch, incoming: Incoming, services: Services) -> Reply:
    texts = services.texts
    async with services.database.begin() as conn:
        removed = await watches.remove(conn, incoming.chat, command.id)
    if removed is None:
        return no_such(texts)
    again = Button(texts("button.mark"), f"/merken #{removed.resolution_id}")
    return Reply((plain(texts("watch.ended")),), ((again, *_to_list(texts)),))


async def page(conn: Connection, id: int, incoming: Incoming, services: Services, said: str | None = None) -> Reply:
    """The watched demand as it is; `said`: the key of what has just been done."""
    texts = services.texts
    one = await watches.get(conn, incoming.chat, id)
    stored = await resolutions.by_id(conn, one.resolution_id) if one else None
    if one is None or stored is None:
        return no_such(texts)
    done = (plain(texts(said)),) if said else ()
    return Reply((*done, *blocks_of(one, stored, texts)), _buttons(one, stored, texts), total=1)


def blocks_of(one: Watch, stored: StoredResolution, texts: Texts) -> tuple[Block, ...]:
    """Where it stands, the sentence word for word, and what is known about it."""
    where = ", ".join(filter(None, (short_name(stored, texts), place(one.item, None, texts))))
    title = Block((Span(where, "bold"), Span(f" – {stored.resolution.title}")))
    changed = () if still_stands(one.text, stored.resolution) else (plain(texts("watch.text_gone")),)
    return title, plain(one.text, "quote"), *changed, plain("\n".join(facts_of(one, texts)))


def facts_of(one: Watch, texts: Texts) -> tuple[str, ...]:
    """A line each: who is asked, by when, done or the next reminder, the note."""
    if one.done_at:
        state = texts("watch.is_done")
    elif one.remind_on:
        state = texts("watch.reminder", date=long_date(one.remind_on, texts)) + _assumed(one, texts)
    else:
        state = texts("watch.no_reminder")
    return (
        *((texts("watch.to", name=one.addressee),) if one.addressee else ()),
        *((texts("watch.due", date=_due(one, texts)),) if one.due_on else ()),
        state,
        *((texts("watch.has_note", text=one.note),) if one.note else ()),
    )


def _due(one: Watch, texts: Texts) -> str:
    """As the document says it: a day, or the words that name none."""
    if one.due_said is not None:
        return texts("deadlines.no_day", said=one.due_said)
    return long_date(one.due_on, texts) if one.due_on else ""


def _assumed(one: Watch, texts: Texts) -> str:
    """By which day the reminder is reckoned where the document names none."""
    if one.due_said is None or one.due_on is None:
        return ""
    return texts("watch.assumed", date=long_date(one.due_on, texts))


def later_buttons(one: Watch, texts: Texts) -> ButtonRow:
    to = f"/erfolgskontrolle {one.id} erinnern"
    return (
        Button(texts("button.in_four_weeks"), f"{to} 4 Wochen"),
        Button(texts("button.in_three_months"), f"{to} 3 Monate"),
        Button(texts("button.on_date"), to),
    )


def no_such(texts: Texts) -> Reply:
    text = texts("watch.no_such")
    return Reply((plain(text),), (_to_list(texts),), error=text)


async def _one(conn: Connection, id: int, incoming: Incoming, services: Services) -> tuple[Watch | None, dt.date]:
    """The watch, and today's date where the chat is."""
    chat = await chats.get(conn, incoming.chat)
    zone = ZoneInfo(chat.timezone if chat else services.default_timezone)
    return await watches.get(conn, incoming.chat, id), incoming.at.astimezone(zone).date()


def _ask_when(one: Watch, texts: Texts) -> Reply:
    never = (Button(texts("button.never"), f"/erfolgskontrolle {one.id} erinnern nie"),)
    return Reply((plain(texts("watch.when")),), (later_buttons(one, texts)[:2], never, cancel_row(texts)))


def _ask_lead(one: Watch, texts: Texts) -> Reply:
    if one.due_on is None:
        return Reply((plain(texts("watch.no_deadline")),), (later_buttons(one, texts),))
    days = tuple(
        Button(counted("count.day_before", number, texts), f"/erfolgskontrolle {one.id} vorlauf {number}")
        for number in LEADS
    )
    key = "watch.lead" if one.due_said is None else "watch.lead_assumed"
    text = texts(key, date=long_date(one.due_on, texts), said=one.due_said or "")
    return Reply((plain(text),), (days[:2], days[2:], cancel_row(texts)))


def _buttons(one: Watch, stored: StoredResolution, texts: Texts) -> tuple[ButtonRow, ...]:
    to = f"/erfolgskontrolle {one.id}"
    settled = Button(texts("button.done"), f"{to} erledigt")
    if one.done_at:
        settled = Button(texts("button.open_again"), f"{to} offen")
    lead = (Button(texts("button.lead"), f"{to} vorlauf"),) if one.due_on else ()
    return (
        (settled, Button(texts("button.note"), f"{to} notiz")),
        later_buttons(one, texts),
        (*lead, button_to(stored, texts("button.whole", name=short_name(stored, texts)))),
        (Button(texts("button.forget_watch"), f"{to} weg"), *_to_list(texts)),
    )


def _to_list(texts: Texts) -> ButtonRow:
    return (Button(texts("button.watches"), "/erfolgskontrolle"),)
