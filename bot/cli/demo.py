"""`demo`: the main job on invented documents, without settings, token or network."""

from __future__ import annotations

import logging
import tempfile
from pathlib import Path

from bot.cli.chat import converse
from bot.cli.command import Call, Commands, add_command
from bot.demo.stage import open_stage
from bot.demo.tour import AT_ONCE, Tour
from bot.log import set_up_logging


def register(commands: Commands) -> None:
    add_command(
        commands,
        "demo",
        run,
        "Show the whole path on invented documents, without settings, token or network; "
        "then a prompt (without a terminal: the tour only).",
    )


async def run(call: Call) -> int:
    """No settings are read, so that the demo works wherever it is started."""
    set_up_logging(call.terminal.stderr, "text", (), logging.DEBUG if call.args.debug else logging.WARNING)
    with tempfile.TemporaryDirectory(prefix="beschlussbote-") as folder:
        async with open_stage(Path(folder), call.clock) as stage:
            await Tour(stage, call.terminal).run()
            if call.terminal.interactive:
                call.terminal.say("\nUnd jetzt Sie, auf denselben drei Beschlüssen.")
                await converse(stage.app, AT_ONCE, call.terminal)
            else:
                call.terminal.say("\nEnde der Vorführung. An einem Terminal folgt hier eine Eingabezeile.")
    return 0
