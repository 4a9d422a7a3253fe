"""`resolution`: an operator holds a resolution back, lets it go, or corrects it to those who heard of it."""

from __future__ import annotations

from bot.app import App, open_app
from bot.cli.command import Call, Commands, Failure, WrongUse, add_command
from bot.cli.terminal import counted
from handlers.cited import cited
from storage import holds
from storage.database import Connection
from storage.resolutions import StoredResolution


def register(commands: Commands) -> None:
    parser = add_command(
        commands,
        "resolution",
        run,
        "Hold a resolution back from everybody, release it, or correct it: the correction goes to all who received "
        "a message about it, or may have.",
    )
    parser.add_argument("action", choices=("hold", "release", "correct"))
    parser.add_argument("citation", nargs="+", help="as people cite it, e.g. “#17” or “20. IntMK TOP 5.2”")
    parser.add_argument(
        "--although-held", action="store_true", help="correct: to those who heard of it, while the others do not"
    )
    parser.add_argument("--text", default="", help="correct: the operator's words, in German, above the resolution")


async def run(call: Call) -> int:
    if call.args.text and call.args.action != "correct":
        raise WrongUse("--text belongs to correct")
    if call.args.although_held and call.args.action != "correct":
        raise WrongUse("--although-held belongs to correct")
    async with open_app(call.settings(), call.clock) as app:
        call.terminal.say(await _act(app, call))
    return 0


async def _act(app: App, call: Call) -> str:
    now = call.clock.now()
    async with app.database.begin() as conn:
        stored = await _one(conn, " ".join(call.args.citation))
        name = f"#{stored.id} {stored.resolution.title}"
        if call.args.action == "hold":
            stopped = await holds.hold(conn, stored.id, now)
            return f"held: {name}; {counted(stopped, 'message')} stopped"
        if call.args.action == "release":
            freed = await holds.release(conn, stored.id, now)
            return f"released: {name}; {counted(freed, 'message')} due"
        if not call.args.although_held and stored.id in await holds.held(conn):
            raise Failure(f"{name} is held back: release it first, or correct it with --although-held")
        told = await holds.correct(conn, stored.id, stored.revision, call.args.text, now)
        return f"corrected: {name}; a correction to {counted(told, 'chat')} is due"


async def _one(conn: Connection, text: str) -> StoredResolution:
    found = await cited(conn, text)
    if found is None:
        raise WrongUse(f"{text!r} cites no resolution; right is e.g. “#17” or “20. IntMK TOP 5.2”")
    if len(found) != 1:
        listed = "; ".join(f"#{one.id} {one.resolution.title}" for one in found)
        raise Failure(f"{text!r} is {'several resolutions: ' + listed if found else 'no stored resolution'}")
    return found[0]
