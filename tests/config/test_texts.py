"""Texts by key: fields filled in, mistakes named."""

from __future__ import annotations

import pytest

from config.texts import Texts, TextsError


def test_a_text_with_its_fields() -> None:
    assert Texts.load()("phrase.lines", first=3, last=5) == "Zeilen 3–5"


def test_braces_in_a_field_stay_as_they_are() -> None:
    assert "{x}" in Texts.load()("topic.found", query="{x}", total="1 Treffer")


@pytest.mark.parametrize(
    ("key", "fields", "says"),
    [
        ("topic.fuond", {}, "„topic.fuond“ does not exist"),
        ("phrase.lines", {"first": 3}, "is missing its field 'last'"),
        ("phrase", {}, "„phrase“ does not exist"),
    ],
)
def test_mistakes_are_named(key: str, fields: dict[str, object], says: str) -> None:
    with pytest.raises(TextsError, match=says):
        Texts.load()(key, **fields)


def test_an_unknown_language_names_the_known_ones() -> None:
    with pytest.raises(TextsError, match="there are: de"):
        Texts.load("tlh")
