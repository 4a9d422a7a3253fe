"""The table of bodies: whom a form means, and what is said about a bad file."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.addressees import Addressees, AddresseesError
from feeds.dialect import CONFERENCES, short_name


@pytest.fixture(scope="module")
def addressees() -> Addressees:
    return Addressees.load()


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("Bund", "Bund"),
        ("Bunderegierung", "Bundesregierung"),  # a typo that stands in a real document
        ("Ländern", "Länder"),
        ("Bundesinnenministerium", "BMI"),
        ("Bundesministerium für Arbeit und Soziales", "BMAS"),
        ("Kultusministerkonferenz", "KMK"),
        ("länderoffenen Arbeitsgruppe", "LAG"),
        ("Bund-Länder-AG", "BLAG"),
        ("„Allianz“-Partner", "Allianz-Partner"),
    ],
)
def test_a_form_means_one_body(addressees: Addressees, form: str, name: str) -> None:
    found = addressees.named(form)
    assert found is not None
    assert found.name == name
    assert addressees.at(f"x {form}, der", 2) == (found, 2 + len(form))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Bundeswehr", "a longer word"),
        ("Bund-Länder-Programm", "a compound with a hyphen"),
        ("bund", "no noun"),
        ("Kommunen*", "a form with a gender star is another word"),
    ],
)
def test_parts_of_words_mean_nobody(addressees: Addressees, text: str, why: str) -> None:
    assert addressees.at(text) is None, why


def test_the_longest_form_counts(addressees: Addressees) -> None:
    found = addressees.at("Bundesministerium des Innern und für Heimat wird")
    assert found is not None
    assert found[1] == len("Bundesministerium des Innern und für Heimat")


def test_conferences_have_the_names_that_running_heads_give_them(addressees: Addressees) -> None:
    conferences = {one.name for one in addressees.all if one.kind == "conference"}
    assert {short for _, short in CONFERENCES} <= conferences
    for form in addressees.forms("conference"):
        known = addressees.named(form)
        assert known is not None
        assert short_name(form) in (None, known.name), form


def test_forms_of_a_kind_come_longest_first(addressees: Addressees) -> None:
    forms = addressees.forms("conference")
    assert "KMK" in forms
    assert "Bund" not in forms
    assert list(forms) == sorted(forms, key=len, reverse=True)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no [[addressee]] table"),
        ("[[addressee", "cannot be read"),
        ('[[addressee]]\nname = "A"', "without name or forms: A"),
        ('[[addressee]]\nname = "A"\nforms = ["X"]\nkind = "club"', "kind is 'club'"),
        (
            '[[addressee]]\nname = "A"\nforms = ["X"]\n[[addressee]]\nname = "B"\nforms = ["X"]',
            "X: means A and B; one form, one addressee",
        ),
    ],
)
def test_a_bad_file_is_refused_with_the_reason(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "addressees.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(AddresseesError) as caught:
        Addressees.load(path)
    assert says in str(caught.value)


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "addressees.toml"
    path.write_text('[[addressee]]\nname = "A"\n[[addressee]]\nname = "B"', encoding="utf-8")
    with pytest.raises(AddresseesError, match=r"forms: A\n.*forms: B"):
        Addressees.load(path)
