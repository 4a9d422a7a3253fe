"""The parts of the words that every first search needs, taken apart beforehand.

To take the thousand words of the topics and of the official abbreviations apart costs seconds, to read what came of it
a few milliseconds. The file is derived: `make known-parts` writes it anew, and a test compares it with the analysis. A
word that is missing in it is taken apart when it is needed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import astuple
from pathlib import Path
from typing import Any

from feeds.morphology import Part, Parts

_FILE = Path(__file__).with_name("known_parts.json")


def known_parts() -> Mapping[str, Parts]:
    """By the word as it is spelt."""
    found: dict[str, list[list[Any]]] = json.loads(_FILE.read_text(encoding="utf-8"))
    return {word: tuple(Part(*part) for part in parts) for word, parts in found.items()}


def write_known_parts(parts: Mapping[str, Parts]) -> None:
    """One word a line, by the alphabet."""
    lines = (f"{_as_json(word)}: {_as_json([astuple(part) for part in parts[word]])}" for word in sorted(parts))
    _FILE.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def _as_json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False)
