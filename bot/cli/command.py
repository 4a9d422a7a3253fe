"""What every command of the command line has in common."""

from __future__ import annotations

import argparse
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn, Protocol

from bot.cli.terminal import Terminal
from bot.clock import Clock
from bot.log import set_up_logging
from bot.pseudonyms import Pseudonyms
from config.settings import Settings, load_settings


class Failure(Exception):
    """The command could not do what was asked (exit code 1); the message is the line for the user."""


class WrongUse(Exception):
    """The command was called in a way that cannot work (exit code 2)."""


class Parser(argparse.ArgumentParser):
    """argparse, whose complaint is one line on stderr instead of the usage and the error."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {' '.join(message.split())}; see '{self.prog} --help'\n")


class Commands(Protocol):
    """The part of argparse's subparsers that commands need (its own type is private)."""

    def add_parser(
        self, name: str, *, help: str, description: str, parents: list[argparse.ArgumentParser]
    ) -> argparse.ArgumentParser: ...


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the program: the words typed, and the world around it."""

    args: argparse.Namespace
    environ: Mapping[str, str]
    terminal: Terminal
    clock: Clock

    def settings(self, *, level: int = logging.WARNING) -> Settings:
        """The settings of this call; from here on events of `level` and above are logged to stderr."""
        settings = load_settings(self.environ, self.args.config)
        level = logging.DEBUG if self.args.debug else level
        pseudonyms = Pseudonyms.of_token(settings.telegram_token)
        set_up_logging(self.terminal.stderr, settings.log_format, settings.secrets, level, pseudonyms)
        return settings


Run = Callable[[Call], Awaitable[int]]
"""Does the work and gives the exit code."""


def add_command(commands: Commands, name: str, run: Run, help: str) -> argparse.ArgumentParser:
    """A command `name` that does `run`; `help` says in a sentence what it does."""
    parser = commands.add_parser(name, help=help, description=help, parents=[_common()])
    parser.set_defaults(run=run, refuse=parser.error)
    return parser


def common_options(parser: argparse.ArgumentParser, *, defaults: bool) -> None:
    """`--config` and `--debug`: they may stand before or behind the command's name."""
    suppressed = argparse.SUPPRESS
    parser.add_argument(
        "--config",
        type=Path,
        metavar="FILE",
        default=None if defaults else suppressed,
        help="a TOML file with settings; the environment wins over it",
    )
    parser.add_argument(
        "--debug",
        action="store_true",
        default=False if defaults else suppressed,
        help="log everything and show where an error comes from",
    )


def _common() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(add_help=False)
    common_options(parser, defaults=False)
    return parser
