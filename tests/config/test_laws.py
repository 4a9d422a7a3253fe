"""The table of laws: one name for each, and what is said about a bad file."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.laws import Laws, LawsError


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("AufenthG", "AufenthG"),
        ("Aufenthaltsgesetz", "AufenthG"),
        ("Aufenthaltsgesetzes", "AufenthG"),
        ("Grundgesetzes", "GG"),
        ("Beschäftigungsverordnung", "BeschV"),
        ("Integrationskursverordnung", "IntV"),
        ("Massenzustrom-Richtlinie", "Massenzustrom-Richtlinie"),
        ("Fahrradgesetz", None),
    ],
)
def test_a_law_has_one_name_in_any_case(written: str, name: str | None) -> None:
    assert Laws.load().name_of(written) == name


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("im Aufenthaltsgesetz verankert", ["Aufenthaltsgesetz"]),
        ("des Asylgesetzes und der Beschäftigungsverordnung", ["Asylgesetzes", "Beschäftigungsverordnung"]),
        ("die Aufenthaltsgesetze der Welt", []),  # a plural names no law
        ("das Mini-Aufenthaltsgesetz", []),  # another word
        ("nach GG", ["GG"]),
        ("EGG", []),
    ],
)
def test_the_pattern_finds_whole_words(text: str, found: list[str]) -> None:
    assert [match[0] for match in Laws.load().pattern.finditer(text)] == found


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no [[law]] table"),
        ("[[law", "cannot be read"),
        ('[[law]]\nforms = ["X"]', "without name"),
        ('[[law]]\nname = "A"\nforms = "X"', "forms that are no list: A"),
        ('[[law]]\nname = "A"\nforms = ["X"]\n[[law]]\nname = "B"\nforms = ["X"]', "X: means A and B"),
    ],
)
def test_a_bad_file_is_refused_with_the_reason(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "laws.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(LawsError) as caught:
        Laws.load(path)
    assert says in str(caught.value)
