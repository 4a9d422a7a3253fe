"""From the start of the program to its first answer, and its memory, beside the smallest bot of python-telegram-bot.

python -m benchmarks.start [--times 5] [--subscriptions 100000]

The program is `run` as it is, on an SQLite file with one document, in a process of its own; a question waits at the Bot
API before it starts. Time counts from there to the arrival of the answer. The other bot answers with what was written
(`benchmarks.minimal_bot`); the third process only loads the libraries that we use. Memory is what is resident: some
seconds after the first answer, and with many subscriptions after a round has found a new document and matched it.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from benchmarks.answering_server import AnsweringServer
from benchmarks.instances import Instance, fill, listen
from benchmarks.stub_server import TOKEN
from bot.demo.publisher import FEED_PATH, Publisher
from bot.demo.samples import new_in_feed

FIRST_CHAT = 1_000_001
REST = 5.0
"""Seconds of quiet before memory is read."""

LIBRARIES = "telegram aiohttp sqlalchemy.ext.asyncio aiosqlite alembic apscheduler feedparser HanTa numpy tantivy"
CATALOGUE = """[[source]]
id = "bspmk"
name = "Beispielministerkonferenz"
kind = "feed"
address = "{address}"
interval = "1s"
expected_every = "400d"
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--subscriptions", type=int, default=100_000)
    args = parser.parse_args()
    with AnsweringServer.running() as telegram, tempfile.TemporaryDirectory() as folder:
        started(telegram, Path(folder), args.times)
        asyncio.run(matched(telegram, Path(folder), args.subscriptions))


def started(telegram: AnsweringServer, folder: Path, times: int) -> None:
    """All of them in turn, so that whatever else the machine does strikes all alike."""
    url = f"sqlite+aiosqlite:///{folder / 'started.sqlite'}"
    asyncio.run(fill(url))
    settings = settings_of(telegram, url, folder)
    ours = (sys.executable, "-m", "bot", "run")
    minimal = (sys.executable, "-m", "benchmarks.minimal_bot", telegram.api_base, TOKEN)
    loading = (sys.executable, "-c", "import " + ", ".join(LIBRARIES.split()))
    found: dict[str, list[tuple[float, float]]] = {"ours": [], "minimal": []}
    loaded = []
    until_answer(telegram, ours, settings, 0)  # makes the index, and the byte code of all modules
    until_answer(telegram, minimal, {}, 1)
    for number in range(times):
        chat = FIRST_CHAT + 2 * number
        found["ours"].append(until_answer(telegram, ours, settings, chat))
        found["minimal"].append(until_answer(telegram, minimal, {}, chat + 1))
        begun = time.monotonic()
        subprocess.run(loading, check=True)
        loaded.append(time.monotonic() - begun)
    report(found["ours"], found["minimal"], loaded)


def report(
    ours: Sequence[tuple[float, float]], minimal: Sequence[tuple[float, float]], loaded: Sequence[float]
) -> None:
    print(f"from the start to the first answer, median of {len(ours)}; memory at rest")
    for name, found in (("ours", ours), ("minimal bot", minimal)):
        seconds, memory = (statistics.median(one) for one in zip(*found, strict=True))
        print(f"  {name:16} {seconds:5.2f} s  {memory:5.0f} MB")
    print(f"  {'loading libraries':16} {statistics.median(loaded):5.2f} s")
    ratio = statistics.median(one[0] / other[0] for one, other in zip(ours, minimal, strict=True))
    print(f"  ours takes {ratio:.1f} times as long as the minimal bot")


def until_answer(
    telegram: AnsweringServer, command: Sequence[str], settings: dict[str, str], chat: int
) -> tuple[float, float]:
    """Seconds, and megabytes after a rest."""
    telegram.says(FIRST_CHAT - 1 - chat if chat < FIRST_CHAT else chat, "/topic Sprachmittlung")
    before = {each: len(given) for each, given in telegram.answers().items()}
    begun = time.monotonic()
    with running(command, settings) as process:
        while True:
            new = [one.at for each, given in telegram.answers().items() for one in given[before.get(each, 0) :]]
            if new:
                break
            if process.poll() is not None:
                sys.exit(f"it ended with {process.returncode}")
            time.sleep(0.05)
        time.sleep(REST)
        return min(new) - begun, memory(process.pid)


@contextmanager
def running(command: Sequence[str], settings: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    environ = {**os.environ, **{f"BESCHLUSSBOTE_{name}": value for name, value in settings.items()}}
    with subprocess.Popen(command, env=environ, stderr=subprocess.DEVNULL) as process:
        try:
            yield process
        finally:
            process.terminate()
            process.wait()


def settings_of(telegram: AnsweringServer, url: str, folder: Path, sources: str = "source = []\n") -> dict[str, str]:
    catalogue = folder / "sources.toml"
    catalogue.write_text(sources, encoding="utf-8")
    return {
        "TELEGRAM_TOKEN": TOKEN,
        "TELEGRAM_API_BASE": telegram.api_base,
        "DATABASE_URL": url,
        "SOURCES": str(catalogue),
        "FETCH_ALLOW": "127.0.0.1",
    }


async def matched(telegram: AnsweringServer, folder: Path, count: int) -> None:
    """Many subscriptions, and a new document in a feed that was looked at before."""
    url = f"sqlite+aiosqlite:///{folder / 'matched.sqlite'}"
    filling = (sys.executable, "-m", "benchmarks.matching", "--fill", url, "--subscriptions", str(count))
    await asyncio.to_thread(subprocess.run, filling, check=True, stdout=subprocess.DEVNULL)
    async with Publisher() as publisher:
        settings = settings_of(telegram, url, folder, CATALOGUE.format(address=publisher.address + FEED_PATH))
        async with listened_to(settings) as process:
            pid = process.process.pid
            await until(process, "round.finished")
            publisher.publish(new_in_feed())
            rest = memory(pid)
            await until(process, "new=1")
            await asyncio.sleep(REST)
            print(
                f"with {count} subscriptions: {rest:.0f} MB before a round, {memory(pid):.0f} MB after it matched one"
            )


@asynccontextmanager
async def listened_to(settings: dict[str, str]) -> AsyncIterator[Instance]:
    environ = {**os.environ, **{f"BESCHLUSSBOTE_{name}": value for name, value in settings.items()}}
    command = (sys.executable, "-m", "bot", "run")
    process = await asyncio.create_subprocess_exec(*command, env=environ, stderr=asyncio.subprocess.PIPE)
    made = Instance(process, 0)
    listening = asyncio.create_task(listen(made))
    try:
        yield made
    finally:
        process.terminate()
        await process.wait()
        await listening


async def until(process: Instance, words: str) -> None:
    async with asyncio.timeout(300):
        for pause in [0.1] * 3000:
            if any(words in line for line in process.said):
                return
            await asyncio.sleep(pause)


def memory(pid: int) -> float:
    """Megabytes that are in memory (proc(5), status)."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


if __name__ == "__main__":
    main()
