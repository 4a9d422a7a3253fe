"""How fast messages go out, and how long an answer waits meanwhile. Loopback only.

python -m benchmarks.delivery broadcast [--chats 1000]     under Telegram's limits, through the whole outbox, and after
                                                           it python-telegram-bot with its AIORateLimiter; 10,000 chats
                                                           take six minutes each
python -m benchmarks.delivery answers [--seconds 60]       answers during a broadcast of 10,000
python -m benchmarks.delivery speed [--messages 1000]      limits off: the request back ends side by side
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import multiprocessing
import statistics
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from importlib.util import find_spec
from typing import Any

import aiohttp
from telegram import Bot
from telegram.error import RetryAfter, TelegramError
from telegram.request import HTTPXRequest

from benchmarks.stores import fresh_store, store_option
from benchmarks.stub_server import TOKEN, StubServer
from bot.app import open_services
from bot.clock import SystemClock
from bot.deliver import Delivery
from bot.delivery_loop import DeliveryLoop
from bot.limiter import Limiter, Priority, telegram_limits
from bot.transports.telegram import TelegramTransport, telegram_bot
from bot.turnstile import Turnstile
from config.settings import Secret, Settings
from storage import outbox
from storage.database import Database
from storage.migrate import upgrade

TEXT = "Neuer Beschluss zu Ihrem Abo „Sprachkurse“\n\n" + "Die Länder bitten den Bund um Auskunft. " * 12
BUDGET = 30.0
ROUNDS = 5
FIRST_CHAT = 10_001

Send = Callable[[int], Awaitable[object]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    sending = commands.add_parser("broadcast")
    sending.add_argument("--chats", type=int, default=1_000)
    answers = commands.add_parser("answers")
    answers.add_argument("--seconds", type=float, default=60.0)
    answers.add_argument("--chats", type=int, default=10_000)
    commands.add_parser("speed").add_argument("--messages", type=int, default=1_000)
    for command in (sending, answers):
        store_option(command)
    args = parser.parse_args()
    if args.command == "broadcast":
        broadcast(args.chats, args.postgresql)
    elif args.command == "answers":
        answers_during_broadcast(args.chats, args.seconds, args.postgresql)
    else:
        speed(args.messages)


def broadcast(chats: int, postgresql: bool) -> None:
    """Ours and the library's, one after the other, each against a server of its own."""
    jobs: dict[str, Callable[[int, bool], dict[str, Any]]] = {"ours": _our_broadcast}
    if find_spec("aiolimiter"):
        jobs["AIORateLimiter"] = _library_broadcast
    else:
        print("without aiolimiter the library's limiter cannot be measured: pip install aiolimiter")
    print(f"broadcast to {chats} private chats, limits of Telegram ({BUDGET:g} a second)")
    for name, job in jobs.items():
        stats = _in_process(job, chats, postgresql)
        rate = (stats["accepted"] - 1) / stats["seconds"] if stats["seconds"] else 0.0
        print(
            f"  {name:15} {stats['accepted']:6} accepted  {rate:6.2f}/s  {rate / BUDGET:.3f} of the budget  "
            f"{stats['refused']:5} × 429"
        )


def _our_broadcast(chats: int, postgresql: bool) -> dict[str, Any]:
    with fresh_store(postgresql) as (url, _), StubServer.running(limits=True) as stub:
        asyncio.run(_deliver(url, stub, chats))
        return stub.stats()


def _library_broadcast(chats: int, _postgresql: bool) -> dict[str, Any]:
    """As its documentation shows: the limiter does the waiting; what it refuses to wait for is lost to the caller."""
    from telegram.ext import AIORateLimiter, ExtBot

    logging.disable(logging.CRITICAL)  # it logs a traceback for every message that it gives up

    async def run(stub: StubServer) -> None:
        request = HTTPXRequest(connection_pool_size=64, pool_timeout=600)
        bot: ExtBot[Any] = ExtBot(
            TOKEN, base_url=f"{stub.api_base}/bot", request=request, rate_limiter=AIORateLimiter(max_retries=3)
        )
        async with _bounded_bot(bot):
            await _senders(lambda chat: bot.send_message(chat, TEXT), chats, 32)

    with StubServer.running(limits=True) as stub:
        asyncio.run(run(stub))
        return stub.stats()


@asynccontextmanager
async def _bounded_bot(bot: Bot) -> AsyncIterator[None]:
    """Without `initialize`, which would ask a server that knows no getMe."""
    await bot.request.initialize()
    try:
        yield
    finally:
        await bot.request.shutdown()


async def _deliver(
    url: str, stub: StubServer, chats: int, beside: Callable[[TelegramTransport, Turnstile], Any] | None = None
) -> None:
    await upgrade(url)
    database, clock = Database.open(url), SystemClock()
    bot = telegram_bot(Secret(TOKEN), stub.api_base)
    try:
        await _fill(database, chats)
        transport, turnstile = TelegramTransport(bot), Turnstile(Limiter({"telegram": telegram_limits()}), clock)
        async with open_services(Settings(database_url=url), database) as services:
            delivery = Delivery(services, {"telegram": transport}, clock, turnstile)
            await _until_sent(delivery, database, chats, None if beside is None else beside(transport, turnstile))
    finally:
        await bot.request.shutdown()
        await database.dispose()


async def _fill(database: Database, chats: int) -> None:
    payload = {"text": TEXT, "entities": [], "buttons": []}
    async with database.begin() as conn:
        rows = [outbox.Row(f"telegram:{FIRST_CHAT + number}", "news", "text", payload) for number in range(chats)]
        await outbox.enqueue_all(conn, rows, SystemClock().now())


async def _until_sent(
    delivery: Delivery, database: Database, chats: int, beside: Coroutine[Any, Any, object] | None
) -> None:
    """The loop of the service until everything is sent, or until what runs beside it has ended."""
    loop = DeliveryLoop(delivery.step, finish=delivery.finish)
    running = asyncio.create_task(loop.run())
    await (_all_sent(database, chats) if beside is None else beside)
    loop.stop()
    await running


async def _all_sent(database: Database, chats: int) -> None:
    """Looked at now and then, so that the loop under test need not know that it is watched."""
    sent = 0
    while sent < chats:
        await asyncio.sleep(0.5)
        async with database.read() as conn:
            sent = (await outbox.counts(conn))["sent"]


def answers_during_broadcast(chats: int, seconds: float, postgresql: bool) -> None:
    """Twice a second somebody asks; how long the answer waits for its turn, and until the server has it."""
    waits: list[float] = []
    ends: list[float] = []

    def beside(transport: TelegramTransport, turnstile: Turnstile) -> Coroutine[Any, Any, object]:
        return _ask_now_and_then(transport, turnstile, seconds, waits, ends)

    with fresh_store(postgresql) as (url, _), StubServer.running(limits=True) as stub:
        asyncio.run(_deliver(url, stub, chats, beside))
        stats = stub.stats()
    rate = (stats["accepted"] - 1) / stats["seconds"]
    print(f"answers during a broadcast of {chats}, for {seconds:g} s: {len(waits)} asked")
    print(f"  all messages      {rate:6.2f}/s  {rate / BUDGET:.3f} of the budget  {stats['refused']} × 429")
    for name, values in (("wait for the turn", waits), ("until accepted", ends)):
        print(
            f"  {name:17} p50 {_part(values, 50):6.1f} ms   p99 {_part(values, 99):6.1f} ms   max {max(values):6.1f} ms"
        )


async def _ask_now_and_then(
    transport: TelegramTransport, turnstile: Turnstile, seconds: float, waits: list[float], ends: list[float]
) -> None:
    payload = {"text": "Eine Antwort.", "entities": [], "buttons": []}
    asking: set[asyncio.Task[None]] = set()
    await asyncio.sleep(3)  # the broadcast is in full swing

    async def ask(chat: int) -> None:
        began = time.monotonic()
        async with turnstile.passage(f"telegram:{chat}", Priority.ANSWER, 60.0):
            waits.append((time.monotonic() - began) * 1000)
            await transport.send(str(chat), payload)
        ends.append((time.monotonic() - began) * 1000)

    for number in range(int(seconds * 2)):
        asking.add(asyncio.create_task(ask(number + 1)))
        await asyncio.sleep(0.5 + 0.0137 * (number % 7))
    await asyncio.gather(*asking)


def speed(messages: int) -> None:
    """Each client in a process of its own, in turns; of its rounds the median."""
    print(f"limits off, {ROUNDS} rounds of {messages} messages each")
    for senders in (8, 32):
        names = ("bare aiohttp", "ours", "default")
        rounds = [{name: _in_process(_speed_of, name, messages, senders) for name in names} for _ in range(ROUNDS)]
        found = {name: _median([one[name] for one in rounds]) for name in names}
        for name, one in found.items():
            print(
                f"  {senders:2} senders  {name:13} {one['rate']:7.0f}/s   {one['cpu']:6.0f} µs CPU a message   "
                f"{one['rate'] / found['default']['rate']:5.2f} × the default   "
                f"{one['rate'] / found['bare aiohttp']['rate']:5.2f} of the bare loop"
            )


def _median(rounds: list[dict[str, float]]) -> dict[str, float]:
    return {figure: statistics.median(one[figure] for one in rounds) for figure in rounds[0]}


def _speed_of(name: str, messages: int, senders: int) -> dict[str, float]:
    with StubServer.running(limits=False) as stub:
        return asyncio.run(_measured(name, stub, messages, senders))


async def _measured(name: str, stub: StubServer, messages: int, senders: int) -> dict[str, float]:
    async with _client(name, stub, senders) as send:
        await _senders(send, senders * 4, senders)
        began, cpu = time.perf_counter(), time.process_time()
        await _senders(send, messages, senders)
        seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
    return {"rate": messages / seconds, "cpu": cpu / messages * 1e6}


@asynccontextmanager
async def _client(name: str, stub: StubServer, senders: int) -> AsyncIterator[Send]:
    if name == "bare aiohttp":
        async with aiohttp.ClientSession() as session:
            yield lambda chat: _bare(session, stub, chat)
        return
    pool = HTTPXRequest(connection_pool_size=senders, pool_timeout=60)
    default = Bot(TOKEN, base_url=f"{stub.api_base}/bot", request=pool)
    bot = default if name == "default" else telegram_bot(Secret(TOKEN), stub.api_base)
    async with _bounded_bot(bot):
        yield lambda chat: bot.send_message(chat, TEXT)


async def _bare(session: aiohttp.ClientSession, stub: StubServer, chat: int) -> object:
    body = {"chat_id": str(chat), "text": TEXT}
    async with session.post(f"{stub.api_base}/bot{TOKEN}/sendMessage", data=body) as answer:
        return json.loads(await answer.read())


async def _senders(send: Send, messages: int, senders: int) -> None:
    chats = iter(range(FIRST_CHAT, FIRST_CHAT + messages))

    async def sender() -> None:
        for chat in chats:
            try:
                await send(chat)
            except RetryAfter:
                continue
            except TelegramError as error:
                print(f"  {type(error).__name__}: {error}")

    await asyncio.gather(*(sender() for _ in range(senders)))


def _in_process(job: Callable[..., dict[str, Any]], *args: object) -> dict[str, Any]:
    context = multiprocessing.get_context("spawn")
    queue: Any = context.Queue()
    process = context.Process(target=_answer_to, args=(queue, job, args))
    process.start()
    found = queue.get()
    process.join()
    return dict(found)


def _answer_to(queue: Any, job: Callable[..., Any], args: tuple[object, ...]) -> None:
    queue.put(job(*args))


def _part(values: list[float], percent: int) -> float:
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


if __name__ == "__main__":
    main()
