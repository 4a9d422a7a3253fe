"""What the README names exists: tests that hold a promise, targets of make, commands, settings."""

from __future__ import annotations

import re
from pathlib import Path

from bot.__main__ import COMMANDS
from config.setting_values import READERS
from handlers.command import COMMANDS as CHAT_COMMANDS
from handlers.command import spec_of

ROOT = Path(__file__).resolve().parents[1]
TEXT = (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_file_that_is_named_is_there() -> None:
    named = set(re.findall(r"`((?:tests|deploy|benchmarks|bot|feeds|handlers|storage|config)/[\w./-]+)`", TEXT))
    assert len(named) > 20
    assert {name for name in named if not (ROOT / name).exists()} == set()


def test_every_test_that_is_named_is_there() -> None:
    for path, name in re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", TEXT):
        assert f"def {name}(" in (ROOT / path).read_text(encoding="utf-8"), (path, name)


def test_every_target_of_make_is_there() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"(?:`|\$ )make ([a-z][a-z-]+)", TEXT)) <= targets


def test_every_command_and_setting_is_told() -> None:
    words = {module.__name__.rpartition(".")[2] for module in COMMANDS}
    assert {word for word in words if not re.search(rf"`{word}[ `]", TEXT)} == set()
    assert {name for name in READERS if f"`{name}`" not in TEXT} == set()
    shown = {spec.name for spec in CHAT_COMMANDS if spec.shown}
    told = {spec.name for word in re.findall(r"`/(\w+)", TEXT) if (spec := spec_of(word))}
    assert shown - told == set()
