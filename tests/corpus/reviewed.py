"""The documents of the corpus, what a person read in them, and what the reader reads in them, in one form."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from feeds.as_json import reading_as_json
from feeds.read import read_document

FOLDER = Path(__file__).parent
Record = dict[str, Any]

_SUFFIXES = (".txt", ".html")
_PUBLICATION = "kind title subtitle body session date_start date_end place meeting sections".split()
_RESOLUTION = (
    "number label title subtitle section applicants applicants_label vote outcome counts against abstained"
    " text bullets items protocol_notes warnings"
).split()
_ITEM = "number text lines".split()
_FACTS: Mapping[str, Callable[[Record], list[object]]] = {
    "demands": lambda one: [one["item"], one["addressee"], one["verb"], one["text"]],
    "commitments": lambda one: [", ".join(one["actors"]), one["modality"], one["text"]],
    "laws": lambda one: [one["law"], one["section"]],
    "money": lambda one: [one["amount"], one["currency"], one["approximate"] and "ca.", one["per"]],
    "dates": lambda one: [one["date"], one["precision"], one["role"]],
    "references": lambda one: [one["body"], one["session"], one["number"], one["date"]],
}
"""What is compared of each fact, written as one line: "2 | Bund | bitten | Sie bitten den Bund um …"."""


@dataclass(frozen=True, slots=True)
class Score:
    """How often a field is told by the person, by the reader, and by both alike."""

    field: str
    expected: int
    found: int
    right: int


def documents(folder: Path = FOLDER) -> tuple[Path, ...]:
    return tuple(sorted(path for path in folder.iterdir() if path.suffix in _SUFFIXES))


def expected_of(document: Path) -> Path:
    return document.with_name(f"{document.stem}.expected.json")


def reviewed(document: Path) -> Record:
    """The record that a person has read and approved."""
    record: Record = json.loads(expected_of(document).read_text(encoding="utf-8"))
    return record


def read(document: Path) -> Record:
    """The record that the reader gives, in the fields that are compared."""
    return read_bytes(document.read_bytes(), document.name)


def read_bytes(content: bytes, name: str) -> Record:
    """The same of a document that is no file."""
    data = json.loads(json.dumps(reading_as_json(read_document(content, name))))
    return {
        "publication": {key: data["publication"][key] for key in _PUBLICATION},
        "resolutions": [_resolution(one) for one in data["resolutions"]],
        "warnings": data["warnings"],
    }


def as_text(record: Record) -> str:
    return json.dumps(record, ensure_ascii=False, indent=1) + "\n"


def scores(folder: Path = FOLDER) -> tuple[Score, ...]:
    """Field by field over all documents; resolutions are compared by their place in the document."""
    expected, found = Counter[str](), Counter[str]()
    right = Counter[str]()
    for document in documents(folder):
        told, read_so = dict(_values(reviewed(document))), dict(_values(read(document)))
        expected.update(field for field, _ in told)
        found.update(field for field, _ in read_so)
        right.update(field for field, place in told if read_so.get((field, place)) == told[field, place])
    return tuple(Score(field, expected[field], found[field], right[field]) for field in sorted(expected | found))


def _values(record: Record) -> Iterator[tuple[tuple[str, str], object]]:
    """Every field that tells something, with its place; what is null or empty tells nothing."""
    for key, value in record["publication"].items():
        if value not in (None, []):
            yield (f"publication.{key}", ""), value
    seen = Counter[str]()
    for resolution in record["resolutions"]:
        number = str(resolution["number"] or resolution["title"])
        seen[number] += 1
        place = f"{number} {seen[number]}"
        for key, value in resolution.items():
            if key in _FACTS:
                yield from (((key, f"{place} {fact} {at}"), fact) for fact, at in _counted(value))
            elif value not in (None, [], "", 0):
                yield (key, place), value


def _counted(facts: list[str]) -> Iterator[tuple[str, int]]:
    """Each fact with how often it stood before."""
    seen = Counter[str]()
    for fact in facts:
        yield fact, seen[fact]
        seen[fact] += 1


def _resolution(one: Record) -> Record:
    shown = {key: one[key] for key in _RESOLUTION}
    facts = {name: [_line(fields(fact)) for fact in one[name]] for name, fields in _FACTS.items()}
    return shown | {"items": [{key: item[key] for key in _ITEM} for item in one["items"]]} | facts


def _line(fields: list[object]) -> str:
    return " | ".join("–" if field in (None, False, "") else str(field) for field in fields)
