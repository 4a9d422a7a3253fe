"""The real documents and what must be read out of them: read from beside the repository, never copied in."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "shared"


@dataclass(frozen=True, slots=True)
class Seeds:
    """`intmk`: the collection of a conference; `roadmap` and `alliance`: papers."""

    roadmap: Path
    alliance: Path
    intmk: Path
    gold: Mapping[str, Any]
    papers: Mapping[str, Any]


def load_seeds(folder: Path = FOLDER) -> Seeds:
    """Skips the test visibly where the folder is missing; with CI=true that is a failure."""
    documents = sorted((folder / "seeds").glob("*.txt"))
    if len(documents) != 3:
        complaint = "the three seed documents are missing: they belong beside the repository, in ../shared/seeds"
        if os.environ.get("CI") == "true":
            pytest.fail(complaint)
        pytest.skip(complaint)
    gold = folder / "gold"
    roadmap, alliance, intmk = documents
    return Seeds(roadmap, alliance, intmk, _json(gold / "intmk20_structure.json"), _json(gold / "papers_outline.json"))


def _json(path: Path) -> Mapping[str, Any]:
    data: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return data
