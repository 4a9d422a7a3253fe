"""The real documents give the expected structure exactly."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from feeds.as_json import reading_as_json, resolution_from_json, resolution_to_json
from feeds.furniture import is_furniture
from feeds.read import read_document
from feeds.record import ProtocolNote, Reading, Resolution
from tests.seeds import Seeds


def read(path: Path) -> Reading:
    return read_document(path.read_bytes(), path.name)


@pytest.fixture(scope="module")
def collection(seeds: Seeds) -> Reading:
    return read(seeds.intmk)


def structure(one: Resolution) -> dict[str, Any]:
    """What the gold file says of an agenda item, said of ours."""
    return {
        "number": one.number,
        "label": one.label,
        "title": one.title,
        "subtitle": one.subtitle,
        "applicants": list(one.applicants),
        "vote": one.vote,
        "items": len(one.items),
        "bullets": one.bullets,
        "last_margin_line": last_margin_line(one),
    }


def last_margin_line(one: Resolution) -> int | None:
    numbers = [number for passage in one.passages for _, number in passage.marks]
    return max([*numbers, *(note.lines[1] for note in one.protocol_notes if note.lines)], default=None)


def note_structure(note: ProtocolNote, gold: Mapping[str, Any]) -> dict[str, Any]:
    lines = note.lines and "-".join(map(str, dict.fromkeys(note.lines)))
    fits = note.text.startswith(gold["first_words"]) and note.text.endswith(gold["last_words"])
    return {"states": list(note.states), "item": note.item, "lines": lines, "words fit": fits}


def test_the_collection_gives_all_agenda_items_in_order_with_their_heads(collection: Reading, seeds: Seeds) -> None:
    expected = [{key: gold[key] for key in structure(collection.resolutions[0])} for gold in seeds.gold["resolutions"]]
    assert [structure(one) for one in collection.resolutions] == expected


def test_every_text_begins_and_ends_as_printed(collection: Reading, seeds: Seeds) -> None:
    for one, gold in zip(collection.resolutions, seeds.gold["resolutions"], strict=True):
        assert one.text.startswith(gold["first_words"]), gold["number"]
        assert one.text.endswith(gold["last_words"]), gold["number"]


def test_protocol_notes_have_their_states_item_words_and_lines(collection: Reading, seeds: Seeds) -> None:
    for one, gold in zip(collection.resolutions, seeds.gold["resolutions"], strict=True):
        expected = [
            {"states": note["states"], "item": note["item"], "lines": note["lines"], "words fit": True}
            for note in gold["protocol_notes"]
        ]
        pairs = zip(one.protocol_notes, gold["protocol_notes"], strict=True)
        assert [note_structure(*pair) for pair in pairs] == expected, gold["number"]


def test_the_conference_is_known_with_session_days_and_place(collection: Reading, seeds: Seeds) -> None:
    shown, gold = collection.publication, seeds.gold["conference"]
    assert (shown.title, shown.body, shown.session) == (gold["name"], gold["short"], gold["number"])
    assert (shown.place, shown.meeting) == (gold["place"], gold["kind"])
    assert f"{shown.date_start}/{shown.date_end}" == gold["date"]
    assert collection.warnings == ()


def test_no_margin_number_and_no_furniture_is_left_and_margin_lines_have_no_gap(collection: Reading) -> None:
    for one in collection.resolutions:
        marks = [number for passage in one.passages for _, number in passage.marks]
        assert marks == list(range(1, len(marks) + 1)), one.number
        for text in (one.title, one.text, *(note.text for note in one.protocol_notes)):
            assert not re.search(r"[a-zäöüß][.,;:-]?\d{1,3}(?:\s|$)", text), one.number
            assert not any(is_furniture(line) for line in text.split("\n")), one.number


def test_words_cut_at_a_line_end_are_joined(collection: Reading) -> None:
    """Every hyphen that is left in the text belongs to its word."""
    text = "\n".join(one.text for one in collection.resolutions)
    left = set(re.findall(r"\w+-[a-zäöüß]\w+", text))
    assert left == {"deutsch-italienischen", "non-formale", "nicht-reglementierten"}
    assert "Demonstrationen gegen" in text  # cut by a page's end, its number and a margin number
    assert "§ 25a AufenthG oder § 25b AufenthG so steuern" in text  # cut inside a citation


def test_the_roadmap_gives_its_fields_with_the_agreed_bullets(seeds: Seeds) -> None:
    reading, gold = read(seeds.roadmap), seeds.papers["roadmap"]
    fields = [one for one in reading.resolutions if one.section == "Handlungsfeld"]
    assert (reading.publication.title, reading.publication.subtitle) == (gold["title"], gold["subtitle"])
    assert [{"no": one.number, "title": one.title} for one in reading.publication.sections] == gold["sections"]
    assert [{"no": int(one.number or 0), "title": one.title, "agreed_bullets": one.bullets} for one in fields] == gold[
        "handlungsfelder"
    ]


def test_the_alliance_gives_headings_fields_bullets_date_and_place(seeds: Seeds) -> None:
    reading, gold = read(seeds.alliance), seeds.papers["allianz"]
    fields = [one for one in reading.resolutions if one.section == "Handlungsfeld"]
    assert [one.title for one in reading.publication.sections] == gold["headings"]
    assert [{"no": int(one.number or 0), "title": one.title} for one in fields] == gold["handlungsfelder"]
    assert sum(one.bullets for one in reading.resolutions) == gold["bullets"]
    assert (str(reading.publication.date_start), reading.publication.place) == (gold["date"], gold["place"])


def test_blanks_inside_words_are_healed(seeds: Seeds) -> None:
    text = "\n".join(one.text for one in read(seeds.alliance).resolutions)
    for broken in ("Part ner", "Aus tausch", "Regio nen", "Erst aus", "Ausbildungs personal"):
        assert broken not in text


def test_records_survive_json_unchanged(collection: Reading) -> None:
    for one in collection.resolutions:
        assert resolution_from_json(resolution_to_json(one)) == one


def test_the_public_shape_has_the_keys_of_the_contract(collection: Reading) -> None:
    data = json.loads(json.dumps(reading_as_json(collection)))
    assert {"source", "kind", "title", "body", "session", "date_start", "place", "meeting"} <= set(data["publication"])
    assert data["publication"]["date_start"] == "2025-04-23"
    resolution = next(one for one in data["resolutions"] if one["number"] == "5.2")
    assert resolution["items"][0]["lines"] == [1, 10]
    assert resolution["protocol_notes"][0]["lines"] == [55, 56]
    assert "passages" not in resolution
    assert resolution["text"].endswith("Kostenpauschale erforderlich.")
