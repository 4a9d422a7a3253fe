"""Texts by key: fields filled in, mistakes named."""

from __future__ import annotations

import re
from string import Formatter

import pytest

from config.texts import DEFAULT_LANGUAGE, Languages, Texts, TextsError

LANGUAGES = Languages.load()
OTHERS = [code for code in LANGUAGES.codes if code != DEFAULT_LANGUAGE]
_FORMATTER = Formatter()


def fields_of(texts: Texts) -> dict[str, list[str]]:
    """Of every key the {fields} that its text has."""
    parsed = {key: _FORMATTER.parse(texts.template(key)) for key in texts.keys}
    return {key: sorted({name for _, name, _, _ in parts if name is not None}) for key, parts in parsed.items()}


def test_a_text_with_its_fields() -> None:
    assert Texts.load()("phrase.lines", first=3, last=5) == "Z.\u00a03–5"


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
    with pytest.raises(TextsError, match="there are: de, en"):
        Texts.load("tlh")


def test_german_comes_first_and_there_is_english() -> None:
    assert LANGUAGES.codes[0] == DEFAULT_LANGUAGE == "de"
    assert "en" in OTHERS


@pytest.mark.parametrize("code", OTHERS)
def test_every_language_has_the_same_keys_with_the_same_fields(code: str) -> None:
    """A text that is missing would be an error in the middle of an answer; one too many is never read."""
    german, other = fields_of(LANGUAGES.of(DEFAULT_LANGUAGE)), fields_of(LANGUAGES.of(code))
    assert {"missing": sorted(german.keys() - other.keys()), "superfluous": sorted(other.keys() - german.keys())} == {
        "missing": [],
        "superfluous": [],
    }
    assert {key: fields for key, fields in other.items() if fields != german[key]} == {}


@pytest.mark.parametrize("code", LANGUAGES.codes)
def test_no_text_is_empty_and_none_has_straight_quotation_marks(code: str) -> None:
    texts = LANGUAGES.of(code)
    assert [key for key in texts.keys if not texts.template(key).strip() or '"' in texts.template(key)] == []


def test_each_language_has_quotation_marks_of_its_own() -> None:
    english = LANGUAGES.of("en")
    assert [key for key in english.keys if "„" in english.template(key)] == []
    assert LANGUAGES.of("de")("phrase.quoted", text="A") == "„A“"
    assert english("phrase.quoted", text="A") == "“A”"


@pytest.mark.parametrize("code", OTHERS)
def test_commands_in_a_text_are_called_as_in_that_language(code: str) -> None:
    """What a text names stands in the menu of the same language, so nobody reads of a command that is not there."""
    for texts in (LANGUAGES.of(DEFAULT_LANGUAGE), LANGUAGES.of(code)):
        names = {texts.template(key).split()[0] for key in texts.keys if re.fullmatch(r"command\.\w+\.usage", key)}
        named = {(key, name) for key in texts.keys for name in re.findall(r"(?<![\w/])/[a-z_]+", texts.template(key))}
        assert {(key, name) for key, name in named if name not in names} == set()


@pytest.mark.parametrize(
    ("tag", "code", "why"),
    [
        ("en", "en", "as it is"),
        ("en-GB", "en", "the region does not matter"),
        ("EN_us", "en", "as some programs write it"),
        ("de-AT", "de", "German"),
        ("fr", None, "there are no French texts"),
        ("", None, "nothing"),
        (None, None, "not known"),
    ],
)
def test_the_language_of_a_chat_program(tag: str | None, code: str | None, why: str) -> None:
    assert LANGUAGES.known(tag) == code, why


@pytest.mark.parametrize(("code", "language"), [("en", "en"), ("de", "de"), (None, "de"), ("tlh", "de")])
def test_who_has_not_chosen_is_spoken_to_in_german(code: str | None, language: str) -> None:
    assert LANGUAGES.of(code).language == language
