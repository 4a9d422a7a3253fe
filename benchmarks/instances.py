"""Several instances on one PostgreSQL, commands by webhook, and the one that leads killed in the middle. Loopback only.

python -m benchmarks.instances [--rate 200] [--seconds 60] [--instances 3]

Each instance is a process of its own; the server of the database is started from the programs of this machine. A small
proxy of our own hands each command to the next instance that takes it, as the one in `deploy/nginx.conf` does. An
answer waits from the moment in which the command is sent until it has arrived at the Bot API. What the kill costs is
told against the quiet part before it in the same run. Each instance has answered a few commands before that: the first
search makes the index.
"""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
import os
import signal
import socket
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from itertools import count, cycle
from pathlib import Path

import aiohttp

from benchmarks.answering_server import Answer, AnsweringServer, message
from bot.demo.samples import older_document
from config.topics import load_topics
from feeds.read import read_document
from feeds.words import Analyser
from storage import received
from storage.database import Database
from storage.intake import Arrival, take_in
from storage.migrate import upgrade
from tests.postgres import binaries, running_server

COMMANDS = ("/topic Sprachmittlung", "/state Bayern", "/neu", "/hilfe")
SECRET = "only-for-the-benchmark"
FIRST_CHAT = 1_000_001
_NEVER = dt.datetime(1, 1, 1, tzinfo=dt.UTC)

GRACE = 90.0
"""Seconds after the last command in which an answer may still come."""

AFTER_KILL = 15.0
"""Seconds that count as “after the kill”."""


@dataclass
class Instance:
    process: asyncio.subprocess.Process
    port: int
    said: list[str] = field(default_factory=list)

    def cpu(self) -> float:
        """Seconds of a processor that it has used by now; 0 when it has ended (proc(5), stat)."""
        try:
            fields = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:
            return 0.0
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def moment_of(self, event: str) -> dt.datetime | None:
        lines = [line for line in self.said if f" {event}" in line]
        return dt.datetime.fromisoformat(lines[-1].split()[0]) if lines else None


@dataclass
class Load:
    """When each chat's command was sent; `refused` those that no instance took."""

    sent: dict[int, float] = field(default_factory=dict)
    refused: int = 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rate", type=float, default=200.0, help="commands a second")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--instances", type=int, default=3)
    args = parser.parse_args()
    programs = binaries()
    if programs is None:
        sys.exit("PostgreSQL's server programs are not installed: apt install postgresql")
    with (
        running_server(programs) as server,
        AnsweringServer.running() as telegram,
        tempfile.TemporaryDirectory() as folder,
    ):
        url = server.url(server.create())
        asyncio.run(run(url, telegram, Path(folder), args.rate, args.seconds, args.instances))


async def run(url: str, telegram: AnsweringServer, folder: Path, rate: float, seconds: float, number: int) -> None:
    await fill(url)
    async with AsyncExitStack() as stack:
        starting = [stack.enter_async_context(instance(url, telegram, folder, at)) for at in range(number)]
        instances = [await one for one in starting]
        await leading(instances)
        await warm_up(telegram, instances)
        print(f"{number} instances, {rate:g} commands a second for {seconds:g} s, one instance killed in the middle")
        load, used = Load(), sum(one.cpu() for one in instances)
        sending = asyncio.create_task(send(load, instances, rate, seconds))
        await asyncio.sleep(seconds / 2)
        used, answered = sum(one.cpu() for one in instances) - used, await answered_by_now(telegram)
        leader = max(instances, key=lambda one: one.moment_of("term.began") or _NEVER)
        killed, killed_at = dt.datetime.now(dt.UTC), time.monotonic()
        leader.process.send_signal(signal.SIGKILL)
        await sending
        answers = await collect(telegram, load)
        report(load, answers, killed_at, await waiting(url))
        print(f"  {used * 1000 / max(1, answered):.1f} ms of a processor per answer, in the instances")
        print(f"  another led after {await led_after(killed, [one for one in instances if one is not leader]):.1f} s")


async def led_after(killed: dt.datetime, others: Sequence[Instance]) -> float:
    """Seconds until one of the others worked as the leader."""
    async with asyncio.timeout(120):
        for pause in [0.05] * 10_000:
            began = [moment for one in others if (moment := one.moment_of("term.began")) and moment > killed]
            if began:
                return (min(began) - killed).total_seconds()
            await asyncio.sleep(pause)
    raise AssertionError


async def answered_by_now(telegram: AnsweringServer) -> int:
    """Chats that have an answer, without those of the warming up."""
    answers = await asyncio.to_thread(telegram.answers)
    return sum(chat >= FIRST_CHAT for chat in answers)


async def fill(url: str) -> None:
    await upgrade(url)
    database, analyser, topics = Database.open(url), Analyser.load(), load_topics()
    document = older_document()
    reading = read_document(document.data, document.path)
    async with database.begin() as conn:
        now = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
        await take_in(conn, Arrival(reading, None, document.path, now, silent=True), analyser, topics)
    await database.dispose()


@asynccontextmanager
async def instance(url: str, telegram: AnsweringServer, folder: Path, at: int) -> AsyncIterator[Instance]:
    port = free_port()
    sources = folder / "sources.toml"
    sources.write_text("source = []\n", encoding="utf-8")
    given = {
        "TELEGRAM_TOKEN": "999:only-for-the-benchmark",
        "TELEGRAM_API_BASE": telegram.api_base,
        "DATABASE_URL": url,
        "SOURCES": str(sources),
        "INDEX_DIR": str(folder / f"index-{at}"),
        "HTTP_LISTEN": f"127.0.0.1:{port}",
        "WEBHOOK_URL": "https://bot.example/hook",
        "WEBHOOK_SECRET": SECRET,
        "BROADCAST_RATE": "1000",
    }
    environ = {**os.environ, **{f"BESCHLUSSBOTE_{name}": value for name, value in given.items()}}
    pipe = asyncio.subprocess.PIPE
    command = (sys.executable, "-m", "bot", "run")
    process = await asyncio.create_subprocess_exec(*command, env=environ, stderr=pipe)
    made = Instance(process, port)
    listening = asyncio.create_task(listen(made))
    try:
        await until_said(made, "service.started")
        yield made
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()
        await listening


async def listen(one: Instance) -> None:
    assert one.process.stderr
    async for line in one.process.stderr:
        one.said.append(line.decode())


async def until_said(one: Instance, event: str) -> None:
    async with asyncio.timeout(120):
        for pause in [0.05] * 10_000:
            if one.moment_of(event):
                return
            await asyncio.sleep(pause)


async def warm_up(telegram: AnsweringServer, instances: Sequence[Instance]) -> None:
    load, numbers = Load(), count(1)
    async with aiohttp.ClientSession() as session:
        for one in instances:
            for command in COMMANDS:
                number = next(numbers)
                await post(session, load, [one], number, FIRST_CHAT - number, command)
    await collect(telegram, load)


async def leading(instances: Sequence[Instance]) -> Instance:
    async with asyncio.timeout(120):
        for pause in [0.05] * 10_000:
            if leaders := [one for one in instances if one.moment_of("term.began")]:
                return leaders[0]
            await asyncio.sleep(pause)
    raise AssertionError


async def send(load: Load, instances: Sequence[Instance], rate: float, seconds: float) -> None:
    """At an even pace, whether answers come or not; each command from a chat of its own."""
    turn, numbers, commands = cycle(instances), count(1000), cycle(COMMANDS)
    start = time.monotonic()
    async with aiohttp.ClientSession() as session, asyncio.TaskGroup() as group:
        for at in range(int(rate * seconds)):
            await asyncio.sleep(max(0.0, start + at / rate - time.monotonic()))
            first = next(turn)
            order = (first, *(one for one in instances if one is not first))
            group.create_task(post(session, load, order, next(numbers), FIRST_CHAT + at, next(commands)))


async def post(
    session: aiohttp.ClientSession, load: Load, order: Sequence[Instance], number: int, chat: int, text: str
) -> None:
    load.sent[chat] = time.monotonic()
    update = {"update_id": number, "message": message(chat, text)}
    headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
    for one in order:
        try:
            async with session.post(f"http://127.0.0.1:{one.port}/hook", json=update, headers=headers) as response:
                if response.status == 200:
                    return
        except aiohttp.ClientError:
            continue
    load.refused += 1


async def collect(telegram: AnsweringServer, load: Load) -> dict[int, list[Answer]]:
    """What has arrived when every command is answered, or nothing comes any more."""
    deadline = time.monotonic() + GRACE
    answers = await asyncio.to_thread(telegram.answers)
    while len(answers.keys() & load.sent.keys()) < len(load.sent) - load.refused and time.monotonic() < deadline:
        await asyncio.sleep(0.5)
        answers = await asyncio.to_thread(telegram.answers)
    return answers


async def waiting(url: str) -> int:
    """Updates that are in the store and were not handled yet: late, but not lost."""
    database = Database.open(url)
    async with database.read() as conn:
        left = await received.waiting(conn)
    await database.dispose()
    return left


def report(load: Load, answers: dict[int, list[Answer]], killed_at: float, late: int) -> None:
    interrupted = {chat for chat, given in answers.items() if any("unterbrochen" in one.text for one in given)}
    lost = load.sent.keys() - answers.keys()
    doubled = sum(len({one.text for one in given}) < len(given) for given in answers.values())
    told = f"{late} still waiting, {len(lost) - load.refused - late} lost"
    print(f"  {len(load.sent)} commands, {load.refused} taken by no instance, {told}")
    print(f"  {doubled} answered twice, {len(interrupted)} told that they were interrupted")
    parts = {
        "before the kill": (0.0, killed_at),
        f"the {AFTER_KILL:g} s after it": (killed_at, killed_at + AFTER_KILL),
        "all": (0.0, float("inf")),
    }
    for name, (first, last) in parts.items():
        waits = [
            answers[chat][0].at - sent for chat, sent in load.sent.items() if first <= sent < last and chat in answers
        ]
        if len(waits) > 1:
            cuts = statistics.quantiles(waits, n=100)
            print(
                f"  {name:20} p50 {cuts[49] * 1000:7.0f} ms  p99 {cuts[98] * 1000:7.0f} ms  longest {max(waits):6.1f} s"
            )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


if __name__ == "__main__":
    main()
