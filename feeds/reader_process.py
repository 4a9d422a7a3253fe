"""The child process in which one untrusted document is read: `python -m feeds.reader_process`.

On standard input a line of JSON (`source`, `content_type`, `seconds`, `memory`, and for an index `index` with its kind,
`links` and `match`), then the bytes. On standard output one JSON object: `result`, or `unreadable` with a sentence, or
`failed` with what broke. The limits
hold from before the first byte is looked at; the parent's own time limit (`feeds.isolated`) stands behind them.
"""

from __future__ import annotations

import gc
import json
import resource
import signal
import sys
from typing import Any

from feeds.as_json import reading_to_json
from feeds.listing_as_json import listing_to_json
from feeds.read import read_document
from feeds.read_index import read_index
from feeds.unreadable import UnreadableDocument


def main() -> None:
    """Read what stands on standard input, answer, end."""
    header, _, data = sys.stdin.buffer.read().partition(b"\n")
    order = json.loads(header)
    limit(order["seconds"], order["memory"])
    gc.disable()  # one document, then the process ends: there is nothing to collect
    answer = json.dumps(_answer(order, data))
    sys.stdout.buffer.write(answer.encode())


def limit(seconds: float, memory: int) -> None:
    """End this process by a signal after so many seconds on the processor; give it no more address space (bytes).

    It writes no files, starts no processes and leaves no core either.
    """
    signal.setitimer(signal.ITIMER_PROF, seconds)
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = used.ru_utime + used.ru_stime
    for what, most in (
        (resource.RLIMIT_CPU, int(spent + seconds) + 2),
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
    ):
        resource.setrlimit(what, (most, most))


def _answer(order: dict[str, Any], data: bytes) -> dict[str, Any]:
    try:
        return {"result": _index(order, data) if "index" in order else _document(order, data)}
    except UnreadableDocument as error:
        return {"unreadable": str(error)}
    except MemoryError:
        return {"exhausted": True}
    except Exception as error:  # what breaks here is told to the parent, which goes on
        return {"failed": f"{type(error).__name__}: {error}"}


def _document(order: dict[str, Any], data: bytes) -> Any:
    return reading_to_json(read_document(data, order["source"], order["content_type"]))


def _index(order: dict[str, Any], data: bytes) -> Any:
    index = order["index"]
    listing = read_index(
        index["kind"], index["links"], tuple(index["match"]), data, order["source"], order["content_type"]
    )
    return listing_to_json(listing)


if __name__ == "__main__":
    main()
