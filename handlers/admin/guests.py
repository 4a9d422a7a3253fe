"""Who has access: invitations, and those who came with them or were let in by hand."""

from __future__ import annotations

import datetime as dt
import re

from handlers.admin.commands import invitation, number
from handlers.admin.wording import calendar_day, said, way_back, wrong
from handlers.paging import ButtonRow, Stretch
from handlers.phrases import counted, shortened
from handlers.reply import Block, Button, Incoming, Reply, plain
from handlers.services import Services
from storage import admissions, invitations
from storage.admissions import Admission
from storage.database import Connection
from storage.invitations import Invitation

LONGEST_NOTE = 40
MOST_USES = 1000
MOST_DAYS = 366
_OFFERED = ((1, 7), (10, 30), (50, 90))
_PAGE = 6
_CHAT = re.compile(r"(?P<id>-?[0-9]{1,15})(?:\s+(?P<note>\S.*))?")
_FROM = re.compile(r"ab ([0-9]{1,6})")


async def invite(argument: str, incoming: Incoming, services: Services) -> Reply:
    """With a note alone: how many and how long are offered as buttons; with both the link."""
    if services.access.mode != "invite":
        return wrong(f"guests.no_invitations.{services.access.mode}", services)
    wish = invitation(argument)
    note = wish[2] if wish else argument
    if not note:
        return said("guests.how", services)
    if len(note) > LONGEST_NOTE:
        return wrong("guests.long_note", services, limit=LONGEST_NOTE)
    if wish is None:
        return said("guests.choose", services, *_offers(note, services), note=note)
    uses, days, _ = wish
    if not (1 <= uses <= MOST_USES and 1 <= days <= MOST_DAYS):
        return wrong("guests.bounds", services, uses=MOST_USES, days=MOST_DAYS)
    return await _issue(uses, days, note, incoming, services)


def _offers(note: str, services: Services) -> list[ButtonRow]:
    texts = services.texts
    return [
        (
            Button(
                texts(
                    "guests.offer", people=counted("count.person", uses, texts), days=counted("count.day", days, texts)
                ),
                f"/einladen {uses} {days} {note}",
            ),
        )
        for uses, days in _OFFERED
    ]


async def _issue(uses: int, days: int, note: str, incoming: Incoming, services: Services) -> Reply:
    texts, links = services.texts, services.links
    if links is None:
        return wrong("guests.no_links", services)
    token = links.new_token()
    async with services.database.begin() as conn:
        made = await invitations.issue(conn, token, note, uses, incoming.at + dt.timedelta(days=days), incoming.at)
    people = counted("count.person", uses, texts)
    good = texts("guests.issued", note=note, people=people, day=calendar_day(made.expires_at, services))
    payload = f"{invitations.WORD}{token}"
    way = texts("guests.for_person", link=links.private(payload)), texts("guests.for_group", link=links.group(payload))
    listed = (Button(texts("admin.button.zugang"), "/admin zugang"),)
    return Reply((plain(good), *map(plain, way), plain(texts("guests.once"))), (listed, way_back(texts)))


async def show_guests(argument: str, incoming: Incoming, services: Services) -> Reply:
    texts = services.texts
    page = _FROM.search(argument)
    first = int(page[1]) if page else 1
    async with services.database.read() as conn:
        total = await admissions.count(conn)
        open_ones = await invitations.open_ones(conn, incoming.at)
        guests = await admissions.listed(conn, _PAGE, max(first, 1) - 1)
    stretch = Stretch(max(first, 1), _PAGE, total)
    blocks = (
        plain(texts(f"guests.mode.{services.access.mode}", admins=len(services.access.admins)), "heading"),
        *(_invitation_line(one, services) for one in open_ones),
        plain(texts("guests.guests", number=total, part=stretch.heading(texts)).strip(), "heading"),
        *(_guest_line(at, one, services) for at, one in enumerate(guests, stretch.first)),
    )
    closing = [(_close_button(one, services),) for one in open_ones]
    ending = [(_end_button(at, one, services),) for at, one in enumerate(guests, stretch.first)]
    return Reply(blocks, (*closing, *ending, *stretch.turning("/admin zugang", texts), way_back(texts)))


async def close_invitation(argument: str, incoming: Incoming, services: Services) -> Reply:
    """Nobody comes in with it any more; "alle" behind the number ends the access of those who did, too."""
    id = number(argument)
    async with services.database.begin() as conn:
        closed = None if id is None else await invitations.close(conn, id, incoming.at)
        if closed is None:
            return said("guests.gone", services)
        came = await admissions.by_invitation(conn, closed.id)
        if argument.endswith(" alle") and services.access.mode != "open":
            await admissions.revoke(conn, came, services.access.set_by_hand, incoming.at)
            return said("guests.all_ended", services, note=closed.note, number=len(came))
    every = Button(services.texts("guests.end_all", number=len(came)), f"/admin einladung {closed.id} alle")
    return said("guests.closed", services, *([(every,)] if came else []), note=closed.note, number=len(came))


async def end_access(argument: str, incoming: Incoming, services: Services) -> Reply:
    """Of one chat, after asking. The invitation it came with lets nobody in any more: else its link would open the door
    again."""
    id = number(argument)
    async with services.database.begin() as conn:
        guest = None if id is None else await admissions.get(conn, id)
        if guest is None:
            return said("guests.gone", services)
        if not argument.endswith(" ja"):
            return _ask(guest, services)
        return await _ended(conn, guest, incoming, services)


def _ask(guest: Admission, services: Services) -> Reply:
    texts = services.texts
    yes = Button(texts("guests.end_yes"), f"/admin beenden {guest.id} ja")
    no = Button(texts("button.keep"), "/admin zugang")
    return said("guests.sure", services, (yes, no), who=_who(guest, services))


async def let_in(argument: str, incoming: Incoming, services: Services) -> Reply:
    match = _CHAT.fullmatch(argument)
    if match is None:
        return wrong("guests.no_chat", services, action="zulassen")
    note = match["note"] or ""
    if len(note) > LONGEST_NOTE:
        return wrong("guests.long_note", services, limit=LONGEST_NOTE)
    async with services.database.begin() as conn:
        new = await admissions.admit(conn, _key(match["id"], incoming), note, incoming.at)
    return said("guests.let_in" if new else "guests.in_already", services)


async def lock_out(argument: str, incoming: Incoming, services: Services) -> Reply:
    match = _CHAT.fullmatch(argument)
    if match is None:
        return wrong("guests.no_chat", services, action="sperren")
    key = _key(match["id"], incoming)
    if key in services.access.set_by_hand:
        return wrong("guests.by_setting", services)
    async with services.database.begin() as conn:
        guest = await admissions.of_chat(conn, key)
        return await _ended(conn, guest, incoming, services) if guest else said("guests.gone", services)


async def _ended(conn: Connection, guest: Admission, incoming: Incoming, services: Services) -> Reply:
    if services.access.mode == "open":
        return wrong("guests.open", services)
    await admissions.revoke(conn, [guest], services.access.set_by_hand, incoming.at)
    if guest.invitation_id is not None:
        await invitations.close(conn, guest.invitation_id, incoming.at)
    back = (Button(services.texts("admin.button.zugang"), "/admin zugang"),)
    key = "guests.ended" if guest.invitation_id is None else "guests.ended_with_invitation"
    return said(key, services, back, note=guest.note or services.texts("guests.by_hand"))


def _key(id: str, incoming: Incoming) -> str:
    """In the chat system that the administrator writes in."""
    return f"{incoming.chat.partition(':')[0]}:{id}"


def _invitation_line(one: Invitation, services: Services) -> Block:
    day = calendar_day(one.expires_at, services)
    text = services.texts("guests.invitation", note=one.note, left=one.left, uses=one.uses, day=day)
    return plain(text, "bullet")


def _guest_line(at: int, one: Admission, services: Services) -> Block:
    return plain(f"{at}. {_who(one, services)}", "bullet")


def _who(one: Admission, services: Services) -> str:
    """A group's id is negative in Telegram; no other system has groups."""
    kind = "group" if one.chat.partition(":")[2].startswith("-") else "person"
    note = one.note or services.texts("guests.by_hand")
    day = calendar_day(one.admitted_at, services)
    return services.texts(f"guests.{kind}", note=note, day=day)


def _close_button(one: Invitation, services: Services) -> Button:
    return Button(services.texts("guests.close", note=shortened(one.note, 30)), f"/admin einladung {one.id}")


def _end_button(at: int, one: Admission, services: Services) -> Button:
    note = shortened(one.note or services.texts("guests.by_hand"), 30)
    return Button(services.texts("guests.end", number=at, note=note), f"/admin beenden {one.id}")
