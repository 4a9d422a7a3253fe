"""Words of a text: which query word finds which printed word, and that nothing else is found."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from feeds.words import Analyser, Held, Wanted
from tests.seeds import Seeds

LETTERS = "abeinrstuÄöüßIN-*:/_()., 1§\u00ad\u0308\u2010é"


def finds(analyser: Analyser, typed: str, printed: str) -> bool:
    keys = analyser.keys(typed)
    return any(not keys.isdisjoint(term.forms) for term in analyser.terms(printed))


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Sprachkurs", "Sprachkurse"),
        ("Sprachkurse", "Sprachkurs"),
        ("Sprachkurse", "Berufssprachkursen"),
        ("sprachkurse", "Sprachkursteilnahme"),
        ("Sprache", "Sprachkurs"),
        ("Kurse", "Integrationskursen"),
        ("berufssprachkurse", "Berufssprachkurs"),
        ("Einbürgerung", "Einbürgerungstestverfahren"),
        ("Einbürgerungstest", "Einbürgerungstestverfahren"),
        ("einbuergerung", "Einbürgerungen"),
        ("Einbürgerung", "einbuergerung"),
        ("auslaenderbehoerden", "Ausländerbehörde"),
        ("Ausländerbehörde", "auslaenderbehoerden"),
        ("Ausländer", "Ausländerinnen"),
        ("Lehrkräfte", "Lehrkräftebildung"),
        ("Lehrkraft", "Lehrkräftebildung"),
        ("Lehrkräftebildung", "Lehrkräftebildung"),
        ("Fachkraft", "Fachkräfteeinwanderung"),
        ("Jesiden", "Jesidinnen"),
        ("Jeside", "Jesiden"),
        ("Eziden", "Ezidinnen"),
        ("Künstliche", "Künstlicher"),
        ("Strassenverkehr", "Straßenverkehr"),
        ("STRASSENVERKEHR", "Straßenverkehrs"),
        ("Anschluß", "Anschlussregelung"),
        ("Bürger", "Bürger*innen"),
        ("Bürger", "Bürger:innen"),
        ("Bürger", "Bürger_innen"),
        ("Bürger", "BürgerInnen"),
        ("Lehrer", "Lehrer/-innen"),
        ("Lehrer", "Lehrer(innen)"),
        ("Ärzte", "Ärzt*innen"),
        ("Migrant*innen", "Migranten"),
        ("Konferenz", "Ministerpräsident:innenkonferenz"),
        ("Selbstorganisation", "Migrant*innenselbstorganisationen"),
        ("Migrantenselbstorganisation", "Migrant*innenselbstorganisationen"),
        ("Integrationsbarometer", "Bund-Länder-Integrationsbarometers"),
        ("Bund-Länder-Integrationsbarometer", "Bund-Länder-Integrationsbarometer"),
        ("mbe", "(MBE)"),
        ("MBE", "MBE"),
        ("bsk", "BSK"),
        ("NGO", "NGOs"),
        ("Kita", "KiTas"),
        ("aufenthg", "AufenthG"),
        ("IntMK", "IntMK"),
        ("digitalpakt", "DigitalPakts"),
        ("25a", "§ 25a AufenthG"),
        ("Zuwanderer", "Zuwanderinnen"),
        ("Zentrum", "psychosozialen Zentren"),
        ("Ländermonitoring", "8. Ländermonitorings"),
        ("Integrationskurse", "Integrations- und Berufssprachkurse"),
        ("Qualitätsentwicklung", "Schul-, Unterrichts- und Qualitätsentwicklung"),
        ("Schulentwicklung", "Schul-, Unterrichts- und Qualitätsentwicklung"),
        ("Lehrerfortbildung", "Lehreraus- und -fortbildung"),
        ("Welcome-Center", "das „Welcome Center“ im Land"),
        ("Welcome Center", "eines Welcome-Centers"),
        ("Social Media", "eine Social-Media-Kampagne"),
        ("Einbürgerungsbewerber", "Einbürgerungsbewerberinnen und -bewerber"),
        ("Fachkräfteinitiativen", "Fachkräftestrategien und -initiativen"),
        ("duale Ausbildung", "der dualen Berufsausbildung"),
        ("künstliche Intelligenz", "Künstlicher Intelligenz"),
        ("Migrationsberatung für Erwachsene", "Migrationsberatung für Erwachsene (MBE)"),
        ("Asyl-, Migrations- und Integrationsfonds", "aus dem Asyl-, Migrations- und Integrationsfonds der EU"),
        ("Ausländer", unicodedata.normalize("NFD", "Ausländer")),
    ],
)
def test_a_typed_word_finds_a_printed_one(analyser: Analyser, typed: str, printed: str) -> None:
    assert finds(analyser, typed, printed)


@pytest.mark.parametrize(
    ("typed", "printed", "reason"),
    [
        ("Reich", "ausreichende", "inside a verb"),
        ("Bildung", "Ausbildung", "another word"),
        ("sicher", "unsichere", "the opposite"),
        ("Berufssprachkurse", "Sprachkurse", "the narrower does not find the wider"),
        ("Rom", "Romantik", "only the same letters"),
        ("Kurs", "Exkurs", "only the same letters"),
        ("duale Ausbildung", "Ausbildung im dualen System", "another order"),
        ("duale Ausbildung", "Das System ist dual. Ausbildung lohnt.", "two sentences"),
        ("der", "der Bund", "a small word finds nothing"),
        ("Integrationskurse", "Integration und Berufssprachkurse", "nothing is suspended here"),
    ],
)
def test_what_is_not_found(analyser: Analyser, typed: str, printed: str, reason: str) -> None:
    assert not finds(analyser, typed, printed), reason


def test_the_forms_of_a_compound(analyser: Analyser) -> None:
    (term,) = analyser.terms("Berufssprachkurse")
    assert term.forms >= {"beruf", "sprach", "kurs", "berufsprach", "sprachkurs", "berufsprachkurs"}
    assert analyser.key("Berufssprachkursen") == "berufsprachkurs"


@pytest.mark.parametrize(
    ("typed", "printed", "akin"),
    [
        ("Mehrsprachigkeit", "mehrsprachigen Auskünften", True),
        ("Barrierefreiheit", "ein barrierefreier Einstieg", True),
        ("Wohnungslosigkeit", "wohnungslose Menschen", True),
        ("Gesundheit", "gesunde Böden", False),
        ("Freiheit", "freie Stellen", False),
        ("mehrsprachig", "Mehrsprachigkeit", False),
    ],
)
def test_a_quality_is_akin_to_its_adjective(analyser: Analyser, typed: str, printed: str, akin: bool) -> None:
    forms = analyser.akin(typed)
    assert akin is any(not forms.isdisjoint(term.forms) for term in analyser.terms(printed))


def test_the_beginning_of_a_compound_is_no_whole_word(analyser: Analyser) -> None:
    (term,) = analyser.terms("Berufssprachkursen")
    assert {"kurs", "sprachkurs", "berufsprachkurs", "berufssprachkursen"} <= term.whole
    assert {"beruf", "berufsprach", "sprache"} <= term.forms - term.whole


@pytest.mark.parametrize(
    ("typed", "halves"),
    [
        ("Lehrerfortbildung", ["lehrer", "fortbildung"]),
        ("Sprachkursträger", ["sprache", "kurs", "träger"]),
        ("Online-Formulare", ["online", "formular"]),
        ("Schule", []),
        ("Schule und Kita", []),
        ("Sprachkruse", []),
        ("MBE", []),
        ("", []),
    ],
)
def test_the_halves_of_a_compound(analyser: Analyser, typed: str, halves: list[str]) -> None:
    assert list(analyser.halves(typed)) == halves


def test_the_forms_of_an_expression(analyser: Analyser) -> None:
    *_, last = analyser.terms("Der Bund regelt die duale Berufsausbildung.")
    assert {form for form in last.forms if "_" in form} == {
        "dual_berufausbildung",
        "dual_ausbildung",
        "regel_dual_berufausbildung",
    }


def test_a_word_in_the_new_spelling_is_known_in_the_old(analyser: Analyser) -> None:
    assert analyser.key("Anschluss") == analyser.key("Anschlusses") == "anschluss"


def test_a_word_of_endless_length_is_not_taken_apart(analyser: Analyser) -> None:
    word = "Sprachkurs" + "sprachkurs" * 4
    assert [term.forms for term in analyser.terms(word)] == [{word.lower()}]


def test_small_words_are_left_out(analyser: Analyser) -> None:
    terms = analyser.terms("Der Bund wird gebeten, die Kurse für alle zu öffnen.")
    assert [term.text for term in terms] == ["Bund", "gebeten", "Kurse", "öffnen"]


def test_abbreviations_stay_whole(analyser: Analyser) -> None:
    assert [analyser.key(word) for word in ("MBE", "BMAS", "GEAS", "AsylbLG", "NGOs")] == [
        "mbe",
        "bmas",
        "geas",
        "asylblg",
        "ngo",
    ]


@pytest.mark.parametrize("typed", ["", "  ", "und der", "???", "–"])
def test_no_word_has_no_key(analyser: Analyser, typed: str) -> None:
    assert analyser.keys(typed) == frozenset()


@settings(deadline=None)
@given(text=st.one_of(st.text(), st.text(LETTERS)))
@example("Bürger*innen/-innen(innen)")
@example("a-" * 200)
@example("ae" * 300)
@example("Ü" * 1000)
def test_any_text_is_survived(analyser: Analyser, text: str) -> None:
    terms = analyser.terms(text)
    assert all(text[term.start : term.end] == term.text for term in terms)
    assert all(left.end <= right.start for left, right in pairwise(terms))
    assert all(term.forms and "" not in term.forms for term in terms)
    assert all(
        re.fullmatch(r"[^\W_]+(?:_[^\W_]+){0,2}", form) for term in terms for form in term.forms if form.isascii()
    )
    assert analyser.terms(text) == terms


WORDS = (
    "Integrations- und Sprachkurse -prüfungen der dualen Berufsausbildung . künstliche Intelligenz Welcome-Center"
    " Welcome Center Kurs Bürger*innen Lehreraus- -fortbildung MBE"
).split()


@settings(deadline=None)
@given(words=st.lists(st.sampled_from(WORDS), max_size=12), data=st.data())
def test_what_is_looked_for_is_held_where_the_words_tell_it(
    analyser: Analyser, words: list[str], data: st.DataObject
) -> None:
    """The quick way gives what all terms give: where each form stands, and where its expression begins."""
    text = " ".join(words)
    terms = analyser.terms(text)
    known = sorted(frozenset().union(*(term.forms for term in terms)))
    wanted = frozenset(data.draw(st.lists(st.sampled_from(known)))) if known else frozenset({"kurs"})
    expected = [
        Held(terms[at - max(form.count("_") for form in forms)].start, term.start, term.end, forms)
        for at, term in enumerate(terms)
        if (forms := term.forms & wanted)
    ]
    assert list(analyser.held(text, Wanted.of(wanted))) == expected


@settings(deadline=None)
@given(word=st.text("abdegiklnorstuäöü", min_size=3, max_size=24))
def test_every_word_finds_itself_in_any_case(analyser: Analyser, word: str) -> None:
    for typed in (word, word.capitalize(), word.replace("ü", "ue").replace("ä", "ae").replace("ö", "oe")):
        for printed in (word.capitalize(), word):
            assert finds(analyser, typed, f"x {printed} x") or not analyser.keys(typed)


def test_every_word_of_the_documents_is_found_as_people_type_it(analyser: Analyser, seeds: Seeds) -> None:
    text = seeds.intmk.read_text(encoding="utf-8")[:25_000]
    for term in {term.text: term for term in analyser.terms(text)}.values():
        assert not analyser.keys(term.text.lower()).isdisjoint(term.forms), term.text
