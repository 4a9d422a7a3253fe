"""A line typed by a person, without stopping the program that runs meanwhile.

`input()` waits in a thread of its own. The thread is a daemon: one that still waits for a line must not keep a
program alive that was told to end.
"""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

try:
    import readline  # input() edits lines and remembers them as soon as this is loaded
    import termios
except ImportError:  # no Unix: lines can still be typed
    _EDITING = False
else:
    _EDITING = readline.__name__ == "readline"


async def ask_line(prompt: str) -> str | None:
    """The next line; None when there are no more (Ctrl-D, or the end of a pipe)."""
    loop = asyncio.get_running_loop()
    line: asyncio.Future[str | None] = loop.create_future()

    def wait_for_it() -> None:
        try:
            typed: str | None = input(prompt)
        except (EOFError, OSError, ValueError):  # ValueError: stdin was closed
            typed = None
        if not loop.is_closed():
            loop.call_soon_threadsafe(_settle, line, typed)

    threading.Thread(target=wait_for_it, name="prompt", daemon=True).start()
    return await line


@contextmanager
def terminal_as_before() -> Iterator[None]:
    """Leave the terminal as it was found, also when the program ends in the middle of a line."""
    if not (_EDITING and sys.stdin.isatty()):
        yield
        return
    before = termios.tcgetattr(sys.stdin)
    try:
        yield
    finally:
        termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)


def _settle(line: asyncio.Future[str | None], typed: str | None) -> None:
    if not line.done():
        line.set_result(typed)
