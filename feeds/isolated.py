"""Reading an untrusted document in a process of its own, so that a bomb costs one failed document and nothing else.

One child per document, within limits on time, memory and the size of its answer. The child may be in the hands of
the document, so its answer is taken as data: JSON that must fit the record, under the name and hash that we know.
It is given neither our environment (with its secrets) nor any open file.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from cattrs.errors import BaseValidationError

from feeds.as_json import reading_from_json
from feeds.record import Reading
from feeds.unreadable import UnreadableDocument

_PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "TMPDIR")
_SHOWN = 200
_TOO_LONG = "Aus der Datei entsteht ein unsinnig großes Ergebnis; sie ist wohl schadhaft."
NONSENSE = "Der Leser hat auf die Datei nicht sinnvoll geantwortet; sie ist wohl schadhaft."


@dataclass(frozen=True, slots=True)
class ReadingLimits:
    """`seconds` on the clock (and on the processor), `memory` in bytes of address space, `answer` in bytes of JSON."""

    seconds: float = 30.0
    memory: int = 1_500_000_000
    answer: int = 32_000_000


DEFAULT_LIMITS = ReadingLimits()


class _TooLong(Exception):
    """The child says more than it may."""


async def read_isolated(
    data: bytes, source: str, content_type: str | None = None, limits: ReadingLimits = DEFAULT_LIMITS
) -> Reading:
    """As `feeds.read.read_document`, in a child process.

    Raises `UnreadableDocument` also when reading takes too much time or memory, or breaks.
    """
    reading = _record(await ask_child({"source": source, "content_type": content_type}, data, limits))
    sha256 = hashlib.sha256(data).hexdigest()
    # Name and hash are ours, whatever the child says.
    return replace(reading, publication=replace(reading.publication, source=source, sha256=sha256))


async def ask_child(order: Mapping[str, Any], data: bytes, limits: ReadingLimits) -> object:
    """What the child makes of the data, as parsed JSON; see `feeds.reader_process` for orders.

    Raises `UnreadableDocument`.
    """
    limited = {**order, "seconds": limits.seconds, "memory": limits.memory}
    message = json.dumps(limited).encode() + b"\n" + data
    try:
        async with _child(message, limits.answer) as child, asyncio.timeout(limits.seconds):
            answer, code = await child.answer()
    except TimeoutError:
        raise UnreadableDocument(_too_slow(limits)) from None
    except _TooLong:
        raise UnreadableDocument(_TOO_LONG) from None
    return _result(answer, code, limits)


class _Child(asyncio.SubprocessProtocol):
    """What the child says, in at most so many bytes, until it has ended and nobody holds its pipes."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._heard = bytearray()
        self._silent: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._transport: asyncio.SubprocessTransport | None = None
        self.ended = asyncio.Event()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if isinstance(transport, asyncio.SubprocessTransport):
            self._transport = transport

    def pipe_data_received(self, fd: int, data: bytes) -> None:
        self._heard += data
        if len(self._heard) > self._most and not self._silent.done():
            self._silent.set_exception(_TooLong())

    def process_exited(self) -> None:
        self.ended.set()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self._silent.done():
            self._silent.set_result(None)

    async def answer(self) -> tuple[bytes, int]:
        """All it said, and its return code (negative: the signal that ended it). Raises `_TooLong`."""
        await self._silent
        code = self._transport.get_returncode() if self._transport else None
        return bytes(self._heard), 0 if code is None else code


@asynccontextmanager
async def _child(message: bytes, most: int) -> AsyncIterator[_Child]:
    """The child, with the message on its way; neither it nor what it may have started is left behind."""
    command = (sys.executable, "-P", "-X", "utf8", "-m", "feeds.reader_process")
    transport, child = await asyncio.get_running_loop().subprocess_exec(
        lambda: _Child(most),
        *command,
        stdin=PIPE,
        stdout=PIPE,
        stderr=DEVNULL,
        env=_environment(),
        start_new_session=True,
    )
    try:
        _say(transport.get_pipe_transport(0), message)
        yield child
    finally:
        with suppress(ProcessLookupError):
            os.killpg(transport.get_pid(), signal.SIGKILL)
        transport.close()
        await child.ended.wait()


def _say(pipe: asyncio.BaseTransport | None, message: bytes) -> None:
    if not isinstance(pipe, asyncio.WriteTransport):
        raise TypeError("the child was started without a pipe to talk to it")
    pipe.write(message)
    pipe.write_eof()


def _environment() -> dict[str, str]:
    """What Python needs to start, and where this package lies."""
    passed_on = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    return passed_on | {"PYTHONPATH": str(Path(__file__).resolve().parents[1])}


def _result(answer: bytes, code: int, limits: ReadingLimits) -> object:
    """What the child gives for a result, if it gives one."""
    if code:
        raise UnreadableDocument(_why_ended(code, limits))
    match _parsed(answer):
        case {"result": result}:
            return result
        case {"unreadable": str(sentence)}:
            raise UnreadableDocument(sentence)
        case {"exhausted": True}:
            raise UnreadableDocument(f"Die Datei ließ sich nicht lesen: {_too_big(limits)}")
        case {"failed": str(error)}:
            raise UnreadableDocument(f"Beim Lesen der Datei ist der Leser gescheitert ({error[:_SHOWN]}).")
        case _:
            raise UnreadableDocument(NONSENSE)


def _parsed(answer: bytes) -> object:
    try:
        parsed: object = json.loads(answer)
    except (ValueError, RecursionError):
        return None
    return parsed


def _record(data: object) -> Reading:
    if not isinstance(data, dict):
        raise UnreadableDocument(NONSENSE)
    try:
        return reading_from_json(data)
    except (BaseValidationError, ValueError, TypeError, KeyError, RecursionError):
        raise UnreadableDocument(NONSENSE) from None


def _why_ended(code: int, limits: ReadingLimits) -> str:
    if code in (-signal.SIGPROF, -signal.SIGXCPU):
        return _too_slow(limits)
    how = signal.Signals(-code).name if code < 0 else f"Code {code}"
    return f"Der Leser ist an der Datei abgestürzt ({how}); {_too_big(limits)}"


def _too_slow(limits: ReadingLimits) -> str:
    return f"Das Lesen der Datei hat mehr als {limits.seconds:g} Sekunden gebraucht und wurde abgebrochen."


def _too_big(limits: ReadingLimits) -> str:
    return f"sie ist schadhaft oder braucht mehr als {limits.memory // 1_000_000} MB Speicher."
