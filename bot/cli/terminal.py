"""Where a command writes: results on stdout, problems on stderr, each one line unless it is a text."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TextIO


def counted(count: int, one: str, many: str | None = None) -> str:
    """ "1 resolution", "2 resolutions"; `many` where an s is not enough."""
    return f"{count} {one if count == 1 else many or one + 's'}"


@dataclass(frozen=True, slots=True)
class Terminal:
    stdin: TextIO
    stdout: TextIO
    stderr: TextIO

    @property
    def interactive(self) -> bool:
        """Whether a person sits at both ends."""
        return self.stdin.isatty() and self.stdout.isatty()

    def say(self, text: str = "") -> None:
        self.stdout.write(text + "\n")
        self.stdout.flush()

    def problem(self, text: str) -> None:
        """One line on stderr, whatever the text holds."""
        self.stderr.write(f"beschlussbote: {' '.join(text.split())}\n")
        self.stderr.flush()

    def forgive_encodings(self) -> None:
        """Print a substitute for what the terminal's encoding lacks, instead of failing in the middle of a text."""
        for stream in (self.stdout, self.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="replace")
