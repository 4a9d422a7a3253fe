"""The tour: the whole path from a publication to a chat, step by step, each with what one sees of it."""

from __future__ import annotations

import datetime as dt
import textwrap
from zoneinfo import ZoneInfo

from bot.cli.command import Failure
from bot.cli.terminal import Terminal
from bot.demo.publisher import FEED_PATH, LIST_PATH
from bot.demo.samples import new_in_feed, new_in_list, older_document
from bot.demo.stage import Stage

AT_ONCE = "referat-1"
DAILY = "referat-2"
MORNING = dt.time(7, 30)
WIDTH = 92


class Tour:
    """Each step says what happens and shows it; one that does not happen as it should ends the tour with `Failure`."""

    def __init__(self, stage: Stage, terminal: Terminal) -> None:
        self._stage = stage
        self._terminal = terminal
        self._step = 0

    async def run(self) -> None:
        self._terminal.say("Beschlussbote – eine Vorführung. Konferenz, Orte und Beschlüsse sind erfunden;")
        self._terminal.say("alles läuft auf diesem Rechner, ohne Netz und ohne Einstellungen.")
        await self._first_look()
        await self._subscribe()
        await self._news()
        await self._notice()
        await self._digest()
        await self._answers()

    async def _first_look(self) -> None:
        stage = self._stage
        stage.publisher.publish(older_document())
        self._heading("Eine Konferenz veröffentlicht: eine Liste von PDF-Dateien und einen RSS-Feed.")
        self._terminal.say(f"   {stage.publisher.address}{LIST_PATH}  {stage.publisher.address}{FEED_PATH}")
        report = await stage.look()
        self._heading("Der erste Blick ist still: Was schon da ist, wird gelesen, aber niemandem gemeldet.")
        self._check(report.count("new") == 1 and not report.enqueued, "the older document was not taken in silently")
        self._terminal.say("   1 älterer Beschluss gelesen, 0 Nachrichten.")

    async def _subscribe(self) -> None:
        self._heading("Zwei Referate abonnieren, eines sofort, eines als täglichen Überblick.")
        await self._say(AT_ONCE, "/abo topic Sprachkurse")
        await self._say(DAILY, "/abo state Bayern")
        await self._say(DAILY, "/abo topic Ausländerbehörde")
        await self._say(DAILY, f"/digest {MORNING:%H:%M}")

    async def _news(self) -> None:
        self._stage.publisher.publish(new_in_list())
        self._stage.publisher.publish(new_in_feed())
        report = await self._stage.look()
        self._heading("Zwei neue Beschlüsse erscheinen: ein PDF in der Liste, eine Webseite im Feed.")
        self._check(report.count("new") == 2, "the two new documents were not taken in")
        self._terminal.say(
            f"   2 gelesen und gespeichert; in derselben Transaktion {report.enqueued} Meldungen vorgemerkt."
        )

    async def _notice(self) -> None:
        await self._stage.deliver()
        self._heading(f"Im Chat von {AT_ONCE} erscheint eine Nachricht – genau eine.")
        shown = self._stage.screens.take(AT_ONCE)
        self._check(len(shown) == 1, f"{len(shown)} messages instead of one notice")
        self._show(shown)

    async def _digest(self) -> None:
        zone = ZoneInfo(self._stage.app.settings.timezone)
        now = self._stage.clock.now().astimezone(zone)
        morning = dt.datetime.combine(now.date() + dt.timedelta(days=1), MORNING, zone)
        self._stage.clock.set_forward(morning - now)
        await self._stage.digests()
        await self._stage.deliver()
        self._heading(f"Am nächsten Morgen um {MORNING:%H:%M} Uhr bekommt {DAILY} den Überblick.")
        shown = self._stage.screens.take(DAILY)
        self._check(len(shown) == 1, f"{len(shown)} messages instead of one digest")
        self._show(shown)

    async def _answers(self) -> None:
        self._heading("Auf Fragen antwortet der Bot mit dem Wortlaut.")
        await self._say(AT_ONCE, "/topic Sprachkurse")
        await self._say(AT_ONCE, "/state Bayern")

    async def _say(self, chat_id: str, line: str) -> None:
        self._terminal.say(f"\n   {chat_id} » {line}")
        shown = await self._stage.say(chat_id, line)
        self._check(bool(shown), f"{line} got no answer")
        self._show(shown)

    def _heading(self, text: str) -> None:
        self._step += 1
        self._terminal.say(f"\n{self._step}. {text}")

    def _show(self, messages: list[str]) -> None:
        for message in messages:
            for line in message.strip().splitlines():
                for part in _wrapped(line):
                    self._terminal.say(f"   │ {part}".rstrip())

    def _check(self, fine: bool, problem: str) -> None:
        if not fine:
            raise Failure(f"the demo did not work: {problem}")


def _wrapped(line: str) -> list[str]:
    hanging = "  " if line.startswith("• ") else ""
    return textwrap.wrap(line, WIDTH, break_on_hyphens=False, subsequent_indent=hanging) or [""]
