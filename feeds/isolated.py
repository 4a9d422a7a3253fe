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
from asyncio.subprocess import DEVNULL, PIPE, Process
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from cattrs.errors import BaseValidationError

from feeds.as_json import reading_from_json
from feeds.record import Reading
from feeds.unreadable import UnreadableDocument

_PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "TMPDIR")
_PIECE = 1 << 16
_SHOWN = 200
_FAREWELL = 2.0
_NONSENSE = "Der Leser hat auf die Datei nicht sinnvoll geantwortet; sie ist wohl schadhaft."

Stream = TypeVar("Stream", asyncio.StreamReader, asyncio.StreamWriter)


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
    order = {"source": source, "content_type": content_type, "seconds": limits.seconds, "memory": limits.memory}
    process = await _start()
    try:
        async with asyncio.timeout(limits.seconds):
            answer = await _answer(process, json.dumps(order).encode() + b"\n" + data, limits.answer)
            code = await process.wait()
    except TimeoutError:
        raise UnreadableDocument(_too_slow(limits)) from None
    except _TooLong:
        raise UnreadableDocument(
            "Aus der Datei entsteht ein unsinnig großes Ergebnis; sie ist wohl schadhaft."
        ) from None
    finally:
        await _end(process)
    return _reading(answer, code, data, source, limits)


async def _start() -> Process:
    command = (sys.executable, "-P", "-X", "utf8", "-m", "feeds.reader_process")
    return await asyncio.create_subprocess_exec(
        *command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, env=_environment(), start_new_session=True
    )


def _environment() -> dict[str, str]:
    """What Python needs to start, and where this package lies."""
    passed_on = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    return passed_on | {"PYTHONPATH": str(Path(__file__).resolve().parents[1])}


async def _end(process: Process) -> None:
    """Neither the child nor what it may have started is left behind, also when the caller is cancelled."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    with suppress(TimeoutError):  # who fled from the group may hold the pipe, which does not concern us
        async with asyncio.timeout(_FAREWELL):
            await process.wait()


async def _answer(process: Process, message: bytes, most: int) -> bytes:
    """What the child says to the message; it may end without listening."""
    saying = asyncio.create_task(_say(process, message))
    try:
        return await _hear(process, most)
    finally:
        saying.cancel()
        await asyncio.gather(saying, return_exceptions=True)


async def _say(process: Process, message: bytes) -> None:
    stream = _stream(process.stdin)
    stream.write(message)
    await stream.drain()
    stream.close()


async def _hear(process: Process, most: int) -> bytes:
    stream = _stream(process.stdout)
    heard = bytearray()
    while piece := await stream.read(_PIECE):
        heard += piece
        if len(heard) > most:
            raise _TooLong
    return bytes(heard)


def _stream(stream: Stream | None) -> Stream:
    if stream is None:
        raise RuntimeError("the child process has no pipe, although it was started with one")
    return stream


def _reading(answer: bytes, code: int, data: bytes, source: str, limits: ReadingLimits) -> Reading:
    """The record in the child's answer; name and hash are ours, whatever it says."""
    if code:
        raise UnreadableDocument(_why_ended(code, limits))
    match _parsed(answer):
        case {"reading": dict(record)}:
            reading = _record(record)
        case {"unreadable": str(sentence)}:
            raise UnreadableDocument(sentence)
        case {"exhausted": True}:
            raise UnreadableDocument(f"Die Datei ließ sich nicht lesen: {_too_big(limits)}")
        case {"failed": str(error)}:
            raise UnreadableDocument(f"Beim Lesen der Datei ist der Leser gescheitert ({error[:_SHOWN]}).")
        case _:
            raise UnreadableDocument(_NONSENSE)
    sha256 = hashlib.sha256(data).hexdigest()
    return replace(reading, publication=replace(reading.publication, source=source, sha256=sha256))


def _parsed(answer: bytes) -> object:
    try:
        parsed: object = json.loads(answer)
    except (ValueError, RecursionError):
        return None
    return parsed


def _record(data: dict[str, Any]) -> Reading:
    try:
        return reading_from_json(data)
    except (BaseValidationError, ValueError, TypeError, KeyError, RecursionError):
        raise UnreadableDocument(_NONSENSE) from None


def _why_ended(code: int, limits: ReadingLimits) -> str:
    if code in (-signal.SIGPROF, -signal.SIGXCPU):
        return _too_slow(limits)
    how = signal.Signals(-code).name if code < 0 else f"Code {code}"
    return f"Der Leser ist an der Datei abgestürzt ({how}); {_too_big(limits)}"


def _too_slow(limits: ReadingLimits) -> str:
    return f"Das Lesen der Datei hat mehr als {limits.seconds:g} Sekunden gebraucht und wurde abgebrochen."


def _too_big(limits: ReadingLimits) -> str:
    return f"sie ist schadhaft oder braucht mehr als {limits.memory // 1_000_000} MB Speicher."
