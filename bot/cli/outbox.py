"""`outbox`: what was delivered, what was not and why, and deciding about messages whose fate nobody can know."""

from __future__ import annotations

import argparse
import datetime as dt
import json
from typing import Any, get_args

from bot.app import full_key, open_app
from bot.cli.command import Call, Commands, WrongUse, add_command
from bot.cli.terminal import counted
from storage import outbox_desk
from storage.outbox import OutboxMessage, State

OPEN = outbox_desk.OPEN_STATES
ALL: tuple[State, ...] = get_args(State)
_SHOWN = 60


def register(commands: Commands) -> None:
    parser = add_command(
        commands,
        "outbox",
        run,
        "Show what is under way or has ended, or decide about messages: unknown ones may have arrived and are never "
        "repeated by themselves; `resend` sends them again (perhaps twice), `drop` does not (perhaps never).",
    )
    parser.add_argument("action", choices=("list", "show", "resend", "drop"))
    parser.add_argument("ids", nargs="*", type=int, metavar="ID", help="of messages, as `list` shows them")
    parser.add_argument("--state", choices=get_args(State), help="list only these; default: all that is still open")
    parser.add_argument(
        "--chat", metavar="KEY", help="list only this chat's, in every state; e.g. 4711 or telegram:4711"
    )
    parser.add_argument("--all", action="store_true", help="resend or drop all that are unknown")
    parser.add_argument(
        "--limit", type=_number, default=100, metavar="N", help="list at most N, the oldest (default 100)"
    )
    parser.add_argument("--json", action="store_true", help="list as JSON, one message a line")


async def run(call: Call) -> int:
    act = {"list": _list, "show": _show}.get(call.args.action, _decide)
    return await act(call)


async def _list(call: Call) -> int:
    if call.args.ids:
        raise WrongUse("outbox list takes no ids; --state chooses what is shown")
    states: tuple[State, ...] = (call.args.state,) if call.args.state else ALL if call.args.chat else OPEN
    async with open_app(call.settings(), call.clock) as app, app.database.read() as conn:
        chat = full_key(call.args.chat) if call.args.chat else None
        rows = await outbox_desk.listed(conn, states, call.args.limit, chat)
    now = call.clock.now()
    for row in rows:
        call.terminal.say(json.dumps(_as_json(row), ensure_ascii=False) if call.args.json else _line(row, now))
    if not rows and not call.args.json:
        call.terminal.say("nothing")
    return 0


async def _show(call: Call) -> int:
    """All that is known about single messages, with their words."""
    if not call.args.ids:
        raise WrongUse("outbox show needs the ids of messages, as `outbox list` shows them")
    async with open_app(call.settings(), call.clock) as app, app.database.read() as conn:
        rows = await outbox_desk.of_ids(conn, call.args.ids)
    for row in rows:
        said = row.payload.get("text")
        if call.args.json:
            call.terminal.say(json.dumps({**_as_json(row), "text": said}, ensure_ascii=False))
            continue
        facts = {name: value for name, value in _as_json(row).items() if value not in (None, [])}
        call.terminal.say("\n".join(f"{name + ':':12} {value}" for name, value in facts.items()))
        call.terminal.say(f"\n{said or '(its words are made when it goes out)'}\n")
    missing = sorted(set(call.args.ids) - {row.id for row in rows})
    if missing:
        call.terminal.problem(f"no such message: {', '.join(map(str, missing))}")
    return 1 if missing else 0


async def _decide(call: Call) -> int:
    ids: list[int] = list(call.args.ids)
    if bool(ids) == bool(call.args.all):
        raise WrongUse(f"outbox {call.args.action} needs the ids of messages, or --all for the unknown ones")
    async with open_app(call.settings(), call.clock) as app, app.database.begin() as conn:
        if call.args.all:
            ids = [row.id for row in await outbox_desk.listed(conn, ("unknown",), limit=100_000)]
        act = outbox_desk.resend if call.args.action == "resend" else outbox_desk.drop
        done = await act(conn, ids, call.clock.now())
    if done or not ids:
        call.terminal.say(_decided(call.args.action, len(done)))
    return _left_over(call, sorted(set(ids) - set(done)))


def _decided(action: str, count: int) -> str:
    if not count:
        return "no message is unknown"
    what = "due again" if action == "resend" else "dropped"
    return f"{counted(count, 'message')} {'is' if count == 1 else 'are'} {what}"


def _left_over(call: Call, ids: list[int]) -> int:
    if not ids:
        return 0
    right: tuple[State, ...] = outbox_desk.RESENDABLE if call.args.action == "resend" else outbox_desk.DROPPABLE
    call.terminal.problem(f"not in a state for that ({', '.join(right)}): {', '.join(map(str, ids))}")
    return 1


def _number(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"{text!r} is no number above zero")
    return int(text)


def _line(row: OutboxMessage, now: dt.datetime) -> str:
    text = " ".join(str(row.payload.get("text") or row.kind).split())[:_SHOWN]
    reason = f"  ({row.reason})" if row.reason else ""
    later = f"  → {row.due_at:%Y-%m-%d %H:%M}" if row.state == "pending" and row.due_at > now else ""
    return f"{row.id:6} {row.state:8} {row.created_at:%Y-%m-%d %H:%M} {row.chat}  {row.event}  „{text}“{later}{reason}"


def _as_json(row: OutboxMessage) -> dict[str, Any]:
    return {
        "id": row.id,
        "state": row.state,
        "chat": row.chat,
        "event": row.event,
        "revision": row.revision,
        "part": row.part,
        "attempts": row.attempts,
        "created_at": row.created_at.isoformat(),
        "due_at": row.due_at.isoformat(),
        "ended_at": row.ended_at.isoformat() if row.ended_at else None,
        "message_id": row.message_id,
        "reason": row.reason,
        "resolutions": list(row.resolutions),
    }
