"""Which Land somebody means, and which Länder a document names."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.states import States, StatesError

STATES = States.load()


def test_there_are_sixteen() -> None:
    assert len(set(STATES.names)) == 16
    assert len({state.abbreviation for state in STATES.all}) == 16


@pytest.mark.parametrize("name", STATES.names)
def test_every_name_is_found_in_every_spelling(name: str) -> None:
    spelt = name.lower().replace("ä", "ae").replace("ü", "ue")
    bare = name.lower().replace("ä", "a").replace("ü", "u")
    joined = name.replace("-", "")
    decomposed = unicodedata.normalize("NFD", name)
    for typed in (name, name.upper(), spelt, bare, joined, name.replace("-", " "), decomposed, f" {name}s "):
        found = STATES.find(typed)
        assert found is not None, typed
        assert found.name == name


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("NRW", "Nordrhein-Westfalen"),
        ("nw", "Nordrhein-Westfalen"),
        ("BW", "Baden-Württemberg"),
        ("BaWü", "Baden-Württemberg"),
        ("bawue", "Baden-Württemberg"),
        ("ba-wü", "Baden-Württemberg"),
        ("MeckPomm", "Mecklenburg-Vorpommern"),
        ("meck-pomm", "Mecklenburg-Vorpommern"),
        ("M-V", "Mecklenburg-Vorpommern"),
        ("RLP", "Rheinland-Pfalz"),
        ("LSA", "Sachsen-Anhalt"),
        ("Freistaat Sachsen", "Sachsen"),
        ("des Freistaates Sachsen", "Sachsen"),
        ("Freistaat Bayern", "Bayern"),
        ("Bayerns", "Bayern"),
        ("Freistaats Thüringen", "Thüringen"),
        ("thueringen", "Thüringen"),
        ("Land Hessen", "Hessen"),
        ("des Landes Hessen", "Hessen"),
        ("Bundesland Bremen", "Bremen"),
        ("das Saarland", "Saarland"),
        ("Saarlandes", "Saarland"),
        ("Freie und Hansestadt Hamburg", "Hamburg"),
        ("der Freien und Hansestadt Hamburg", "Hamburg"),
        ("Freie Hansestadt Bremen", "Bremen"),
        ("Lower Saxony", "Niedersachsen"),
        ("bavaria", "Bayern"),
    ],
)
def test_usual_forms(typed: str, name: str) -> None:
    found = STATES.find(typed)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize("typed", ["", " ", "Land", "Sprachkurse", "Bayren", "s", "Sachsen und Bayern", "Österreich"])
def test_what_is_no_state_is_not_found(typed: str) -> None:
    assert STATES.find(typed) is None


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("Bayren", "Bayern"),
        ("Hesen", "Hessen"),
        ("Tühringen", "Thüringen"),
        ("Nordrein-Westfahlen", "Nordrhein-Westfalen"),
        ("Baden", "Baden-Württemberg"),
        ("Rheinland", "Rheinland-Pfalz"),
    ],
)
def test_typos_get_the_nearest(typed: str, first: str) -> None:
    nearest = STATES.nearest(typed)
    assert nearest[0] == first
    assert len(nearest) <= 3


def test_nothing_near_gives_nothing() -> None:
    assert STATES.nearest("xyzzy") == ()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Antragsteller: Brandenburg, Hamburg, Hessen", ("Brandenburg", "Hamburg", "Hessen")),
        ("Niedersachsen", ("Niedersachsen",)),
        ("Sachsen, Sachsen-Anhalt", ("Sachsen", "Sachsen-Anhalt")),
        ("Hes- sen, Nie- dersachsen, Nord- rhein-Westfalen", ("Hessen", "Niedersachsen", "Nordrhein-Westfalen")),
        ("Nordrhein-West-\nfalen, Rhein-\nland-Pfalz", ("Nordrhein-Westfalen", "Rheinland-Pfalz")),
        ("Meck-\nlenburg-Vorpommern, Schleswig-Hol-\nstein", ("Mecklenburg-Vorpommern", "Schleswig-Holstein")),
        ("Sachsen-An-\nhalt, Thürin-\ngen", ("Sachsen-Anhalt", "Thüringen")),
        ("Nordrhein-West-falen, Hes-sen", ("Nordrhein-Westfalen", "Hessen")),
        ("Schleswig\x02Holstein, Sach\u00adsen", ("Schleswig-Holstein", "Sachsen")),
        ("Sachsen-\nAnhalt und Sachsen", ("Sachsen-Anhalt", "Sachsen")),
        (
            "des Freistaates Sachsen, der Freien und Hansestadt Hamburg und des Landes Hessen",
            ("Sachsen", "Hamburg", "Hessen"),
        ),
        ("Protokollnotiz Bayerns und des Saarlandes zu Ziffer 7", ("Bayern", "Saarland")),
        ("THÜRINGEN, Thueringen", ("Thüringen",)),
        ("BE: Hessen / Hamburg", ("Hessen", "Hamburg")),
        ("NRW, RLP und BaWü", ("Nordrhein-Westfalen", "Rheinland-Pfalz", "Baden-Württemberg")),
        ("Bayern, Hessen, Bayern", ("Bayern", "Hessen")),
        ("Die Länder BW, BY und NW", ("Baden-Württemberg", "Bayern", "Nordrhein-Westfalen")),
        ("(BE, HB, HH)", ("Berlin", "Bremen", "Hamburg")),
        ("ST/TH", ("Sachsen-Anhalt", "Thüringen")),
        ("Bayern, BW sowie HE", ("Bayern", "Baden-Württemberg", "Hessen")),
        ("das Land HE und der Bund", ("Hessen",)),
        ("Bundesländer: BB, BE", ("Brandenburg", "Berlin")),
        ("Rheinland - Pfalz", ("Rheinland-Pfalz",)),
    ],
)
def test_names_in_documents(text: str, names: tuple[str, ...]) -> None:
    assert STATES.in_text(text) == names


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Nordhessen und Obersachsen", "regions inside a word"),
        ("Kur-Hessen", "a compound"),
        ("Berlin-Mitte", "a district"),
        ("die Berliner Erklärung, hamburgisches Recht", "adjectives"),
        ("Bremerhaven, Brandenburger Tor", "other names"),
        ("BE: offen, SH: offen", "two-letter abbreviations mean other things in documents"),
        ("HE SHE, US, BE-Liste", "no list of abbreviations"),
        ("aller Länder", "no name"),
        ("die bayern, das hessen", "no noun in lower case"),
        ("", "empty"),
    ],
)
def test_what_names_no_state(text: str, reason: str) -> None:
    assert STATES.in_text(text) == (), reason


@given(st.lists(st.sampled_from(STATES.names), unique=True), st.randoms(use_true_random=False))
def test_any_list_broken_anywhere_comes_back(names: list[str], random: Random) -> None:
    broken = []
    for name in names:
        at = random.randrange(1, len(name))
        broken.append(name if name[at - 1] == "-" or name[at] == "-" else f"{name[:at]}-\n{name[at:]}")
    assert STATES.in_text(", ".join(broken)) == tuple(names)


@given(st.text())
def test_any_text_is_survived(text: str) -> None:
    assert set(STATES.in_text(text)) <= set(STATES.names)
    assert set(STATES.nearest(text)) <= set(STATES.names)
    STATES.find(text)


def test_all_problems_are_reported_at_once(tmp_path: Path) -> None:
    file = tmp_path / "states.toml"
    file.write_text(
        """
        state = [
            {name = "Nord", abbreviation = "N"}, {name = "Neu", abbreviation = "N"}, {name = "Ost"},
        ]""",
        encoding="utf-8",
    )
    with pytest.raises(StatesError) as caught:
        States.load(file)
    assert "N: means Nord and Neu" in str(caught.value)
    assert "Ost" in str(caught.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(StatesError, match=r"nowhere\.toml"):
        States.load(tmp_path / "nowhere.toml")
