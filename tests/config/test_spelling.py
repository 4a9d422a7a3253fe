"""How names are compared."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.spelling import fold, letters


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Thüringen", "thueringen"),
        ("THUERINGEN", "thueringen"),
        ("Straße", "strasse"),
        ("Baden-Württemberg", "badenwuerttemberg"),
        ("§ 25a AufenthG", "25aaufenthg"),
        ("Êzîden", "êzîden"),
        ("–", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_the_two_codings_of_an_umlaut_are_one(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))
    assert letters(text).isalnum() or not letters(text)
