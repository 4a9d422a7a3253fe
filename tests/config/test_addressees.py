"""The table of bodies: whom a form means, and what is said about a bad file."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.addressees import Addressees, AddresseesError


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


@pytest.mark.parametrize(
    "short", "IntMK KMK BMK IMK GMK UMK VMK WMK AMK JuMiKo JFMK GFMK ASMK WissMK MPK BauMK SMK VSMK FMK".split()
)
def test_conferences_go_by_the_short_names_that_they_use_themselves(addressees: Addressees, short: str) -> None:
    found = addressees.named(short)
    assert found is not None
    assert (found.name, found.kind) == (short, "conference")
    assert len(found.forms) > 1, "the full name is missing"


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
