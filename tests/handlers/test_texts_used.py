"""Every text that the code asks for exists, none is left over, and every command is explained."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from config.texts import Languages, Texts
from handlers.command import COMMANDS, spec_of, spoken

ROOT = Path(__file__).resolve().parents[2]
_CALLED = re.compile(r'(?:texts|counted)\(f?"([^"]+)"')
_STRING = re.compile(r'f?"([a-z_]+(?:\.(?:[a-z_0-9]+|\{[^}"]+\}))+)"')


def _asked(pattern: re.Pattern[str]) -> set[str]:
    """What is or looks like a key in the source of the rooms that speak; {…} parts become wild cards."""
    files = (path for room in ("handlers", "bot", "storage") for path in (ROOT / room).rglob("*.py"))
    return {key for path in files for key in pattern.findall(path.read_text(encoding="utf-8"))}


def _pattern(key: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\\{.*?\\\}", r"[a-z_0-9]+", re.escape(key)) + r"(?:\.none|\.one|\.many)?")


def test_every_key_in_the_source_exists() -> None:
    known, asked = Texts.load().keys, _asked(_CALLED) - {"{key}.one", "{key}.many"}
    assert len(asked) > 80
    assert [key for key in sorted(asked) if not any(_pattern(key).fullmatch(one) for one in known)] == []


def test_no_text_is_left_over() -> None:
    patterns = [_pattern(key) for key in _asked(_STRING)]
    assert [key for key in Texts.load().keys if not any(one.fullmatch(key) for one in patterns)] == []


@pytest.mark.parametrize("language", Languages.load().codes)
def test_every_command_is_explained_by_a_name_that_it_has(language: str) -> None:
    texts = Languages.load().of(language)
    for spec in COMMANDS:
        assert spec_of(spoken(spec.name, texts).removeprefix("/")) is spec
        assert texts(f"command.{spec.name}.does")
