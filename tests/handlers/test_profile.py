"""Menus and descriptions: complete in each language, within Telegram's limits, and fit for one line."""

from __future__ import annotations

import pytest

from config.texts import Languages
from handlers.command import COMMANDS, spec_of
from handlers.profile import briefly, menu, profiles

LANGUAGES = Languages.load()
EVERYTHING = [spec.name for spec in COMMANDS if spec.shown]


def canonical(names: list[str]) -> list[str]:
    return [spec.name if (spec := spec_of(name)) else f"{name}?" for name in names]


@pytest.mark.parametrize("code", LANGUAGES.codes)
def test_a_person_sees_every_command_in_the_order_of_the_help(code: str) -> None:
    assert canonical([name for name, _ in menu(LANGUAGES.of(code), "private")]) == EVERYTHING


@pytest.mark.parametrize("code", LANGUAGES.codes)
def test_members_of_a_group_look_up_and_administrators_settle(code: str) -> None:
    members = canonical([name for name, _ in menu(LANGUAGES.of(code), "group")])
    administrators = canonical([name for name, _ in menu(LANGUAGES.of(code), "administrators")])
    assert {"topic", "state", "beschluss", "hilfe"} <= set(members)
    assert not {"abo", "digest", "sprache", "stopp", "start"} & set(members)
    assert administrators == [name for name in EVERYTHING if name != "start"]


@pytest.mark.parametrize("code", LANGUAGES.codes)
def test_every_entry_fits_telegram_and_one_line(code: str) -> None:
    """Bot API, BotCommand: name [a-z0-9_]{1,32}, description 1–256 characters; a telephone shows about sixty."""
    for name, does in menu(LANGUAGES.of(code), "private"):
        assert name.isascii()
        assert name.replace("_", "").isalnum()
        assert name == name.lower()
        assert len(name) <= 32
        assert 1 <= len(does) <= 60, (name, does)
        assert not does.endswith((" mit", " und", " or", " oder"))


def test_names_are_those_of_the_language() -> None:
    german, english = (dict(menu(LANGUAGES.of(code), "private")) for code in ("de", "en"))
    assert {"thema", "land", "abo", "hilfe"} <= german.keys()
    assert {"topic", "state", "subscribe", "help"} <= english.keys()
    assert german["topic" if "topic" in german else "thema"] == "Beschlüsse zu einem Thema"


def test_german_is_for_everybody_without_a_profile_of_their_own() -> None:
    assert [one.language for one in profiles(LANGUAGES)] == [None, "en"]


def test_descriptions_keep_the_limits() -> None:
    """Bot API, setMyDescription: 0–512 characters; setMyShortDescription: 0–120."""
    for one in profiles(LANGUAGES):
        assert 0 < len(one.description) <= 512
        assert 0 < len(one.about) <= 120


@pytest.mark.parametrize(
    ("does", "brief"),
    [
        ("Die neuesten Beschlüsse", "Die neuesten Beschlüsse"),
        ("Genau suchen: mehrere Wörter, Filter", "Genau suchen"),
        ("Eine Zeit lang nichts schicken; danach ein Überblick", "Eine Zeit lang nichts schicken"),
    ],
)
def test_the_first_clause(does: str, brief: str) -> None:
    assert briefly(does) == brief
