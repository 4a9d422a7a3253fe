"""What typed words mean: topics with all their words, other words alone, and what is no query."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.topics import Topic
from feeds.content import Content
from feeds.query import compile_query, matches, nearest_terms, part_named, topic_forms, topic_named
from feeds.words import Analyser

Topics = tuple[Topic, ...]


def found(typed: str, printed: str, analyser: Analyser, topics: Topics) -> bool:
    forms = frozenset().union(*(term.forms for term in analyser.terms(printed)))
    return matches(compile_query(typed, analyser, topics), Content(forms))


@pytest.mark.parametrize(
    ("typed", "topic"),
    [
        ("Sprachkurse", "sprachkurse"),
        ("sprachkurs", "sprachkurse"),
        ("SPRACHKURSEN", "sprachkurse"),
        ("Language courses", "sprachkurse"),
        ("Deutschkurse", "sprachkurse"),
        ("Deutschkursen", "sprachkurse"),
        ("Dolmetscherin", "sprachmittlung"),
        ("künstliche intelligenz", "ki"),
        ("Künstlicher Intelligenz", "ki"),
        ("kuenstliche-intelligenz", "ki"),
        ("Jesiden", "jesiden"),
        ("Ezidinnen", "jesiden"),
        ("gefluechtete", "gefluechtete"),
        ("sinti-roma", "sinti-roma"),
        ("Sinti und Roma", "sinti-roma"),
        ("Gastarbeitern", "anwerbeabkommen"),
        ("Bleiberecht", "bleiberecht"),
    ],
)
def test_a_word_names_a_topic(analyser: Analyser, topics: Topics, typed: str, topic: str) -> None:
    query = compile_query(typed, analyser, topics)
    assert query.topic == topic
    assert query.label == next(one.name for one in topics if one.id == topic)
    assert len(query.groups) == 1


@pytest.mark.parametrize(
    ("typed", "topic", "also", "not_"),
    [
        ("BSK", "sprachkurse", "Berufssprachkurse", "Integrationskurse"),
        ("bsk", "sprachkurse", "Berufssprachkurs", "Deutschkurse"),
        ("Berufssprachkursen", "sprachkurse", "BSK", "Erstorientierungskurse"),
        ("MBE", "migrationsberatung", "Migrationsberatung für Erwachsene", "Jugendmigrationsdienst"),
        ("AMIF", "eu-foerderung", "Asyl-, Migrations- und Integrationsfonds", "ESF"),
        ("psychosoziale Zentren", "psychosoziales", "PSZ", "Trauma"),
        ("Arbeitserlaubnis", "arbeitsmarkt", "Beschäftigungserlaubnis", "Arbeitsmarkt"),
        ("Welcome Center", "fachkraefte", "Welcome-Center", "Fachkräfte"),
    ],
)
def test_a_word_for_a_part_of_a_topic_asks_for_that_part(
    analyser: Analyser, topics: Topics, typed: str, topic: str, also: str, not_: str
) -> None:
    named = part_named(typed, analyser, topics)
    assert named is not None
    assert named[0].id == topic
    assert compile_query(typed, analyser, topics).topic is None
    assert found(typed, also, analyser, topics)
    assert not found(typed, not_, analyser, topics)


def test_of_a_topics_words_the_typed_one_is_better(analyser: Analyser, topics: Topics) -> None:
    assert compile_query("Dolmetscher", analyser, topics).better == (analyser.keys("Dolmetscher"),)
    assert compile_query("Bayern", analyser, topics).better == ()


def test_an_abbreviation_of_a_topics_name_is_as_good_as_the_name(analyser: Analyser, topics: Topics) -> None:
    short, long = (compile_query(typed, analyser, topics).better for typed in ("KI", "künstliche Intelligenz"))
    assert short == long
    assert {"ki", "kuenstlich_intelligenz"} <= short[0]


@pytest.mark.parametrize("typed", ["Gebührenordnung", "Einbürgerungstest", "Haus", "Göttingen", "5.2", "Sprachkruse"])
def test_another_word_stands_for_itself(analyser: Analyser, topics: Topics, typed: str) -> None:
    query = compile_query(f" {typed} ", analyser, topics)
    assert query.topic is None
    assert query.label == typed
    assert query.problem is None


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Sprachkurse", "Für Erstorientierungskurse fehlen Mittel."),
        ("Deutschkurs", "Berufssprachkurse (BSK)"),
        ("Dolmetscher", "Sprachmittlungsleistungen"),
        ("KI", "die Entwicklung von Künstlicher Intelligenz"),
        ("Sprachkurse Frauen", "Frauen besuchen Integrationskurse"),
        ("Sprachkurse für Frauen", "Frauen besuchen Integrationskurse"),
        ("künstliche Intelligenz Schule", "KI kommt in die Schulen"),
        ("Göttinger Erklärung", "Erklärung, die Göttinger genannt wird"),
        ("Bayern/Hessen", "Bayern und Hessen"),
        ("PSZ, Trauma", "traumatisiert; psychosoziale Zentren"),
    ],
)
def test_what_a_query_finds(analyser: Analyser, topics: Topics, typed: str, printed: str) -> None:
    assert found(typed, printed, analyser, topics)


@pytest.mark.parametrize(
    ("typed", "printed", "reason"),
    [
        ("Sprachkurse Frauen", "Männer besuchen Integrationskurse", "every word has to be there"),
        ("künstliche Intelligenz", "eine künstliche Pause, viel Intelligenz", "an expression that names a topic"),
        ("Einbürgerungstest", "Einbürgerung", "the narrower word stands for itself"),
        ("und", "und", "a small word is no query"),
        ("", "alles", "nothing is no query"),
    ],
)
def test_what_a_query_does_not_find(analyser: Analyser, topics: Topics, typed: str, printed: str, reason: str) -> None:
    assert not found(typed, printed, analyser, topics), reason


@pytest.mark.parametrize(
    ("typed", "kind"),
    [("", "empty"), (" \n", "empty"), ("???", "no words"), ("– §", "no words"), ("und der", "stop words only")],
)
def test_no_query_says_why(analyser: Analyser, topics: Topics, typed: str, kind: str) -> None:
    query = compile_query(typed, analyser, topics)
    assert query.groups == ()
    assert query.problem is not None
    assert query.problem.kind == kind


def test_words_behind_a_name_are_kept(analyser: Analyser, topics: Topics) -> None:
    query = compile_query("Digitale Auskunft zur Berufsqualifikation Bayern", analyser, topics)
    assert query.topic is None
    assert len(query.groups) == 2


def test_no_form_stands_for_two_topics(analyser: Analyser, topics: Topics) -> None:
    """Else a typed word would mean whichever topic comes first in the file."""
    owners = Counter(form for topic in topics for form in topic_forms(topic, analyser))
    assert [form for form, times in owners.items() if times > 1] == []


def test_every_topic_is_found_by_all_its_names(analyser: Analyser, topics: Topics) -> None:
    for topic in topics:
        for name in (topic.id, topic.english, *topic.names):
            named = topic_named(name.lower(), analyser, topics)
            assert named is not None, name
            assert named.id == topic.id, name


def test_every_part_of_a_topic_is_found_by_all_its_names(analyser: Analyser, topics: Topics) -> None:
    for topic in topics:
        for part in topic.narrower:
            for name in part.words:
                assert part_named(name.lower(), analyser, topics) == (topic, part), name
                assert topic_named(name, analyser, topics) is None, name


def test_every_expression_of_a_topic_can_stand_in_a_text(analyser: Analyser, topics: Topics) -> None:
    """One of more than three words never would."""
    for topic in topics:
        for term in topic.terms:
            forms = frozenset().union(*(one.forms for one in analyser.terms(f"Wegen {term} kommen")))
            assert not analyser.keys(term).isdisjoint(forms), term


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("Sprachkruse", "Sprachkurse"),
        ("Integrationskrus", "Integrationskurs"),
        ("Jessiden", "Jesiden"),
        ("Auslaenderbehörte", "Ausländerbehörde"),
        ("Onlinzugang", "Onlinezugang"),
    ],
)
def test_the_nearest_words_are_words_people_write(topics: Topics, typed: str, first: str) -> None:
    assert nearest_terms(typed, ("Onlinezugang", "Sprachkursen", "Haus"), topics, 3)[0] == first


def test_nothing_near_is_nothing(topics: Topics) -> None:
    assert nearest_terms("xyzzy", ("Haus",), topics, 3) == ()
    assert nearest_terms("", ("Haus",), topics, 3) == ()


@settings(deadline=None, max_examples=60)
@given(text=st.text(max_size=60))
def test_any_text_is_survived(analyser: Analyser, topics: Topics, text: str) -> None:
    query = compile_query(text, analyser, topics)
    assert bool(query.groups) != bool(query.problem)
    assert not matches(query, Content(frozenset()))


def test_a_word_beside_a_topic_is_found_by_itself_alone(analyser: Analyser, topics: Topics) -> None:
    """Who mentions Sprachkenntnisse speaks of no course; who looks for them finds them in all their words."""
    assert not found("Sprachkurse", "Deutschkenntnisse", analyser, topics)
    assert found("Sprachkenntnisse", "Deutschkenntnisse", analyser, topics)
    named = part_named("Sprachniveau", analyser, topics)
    assert named is not None
    assert named[0].name == "Sprachkurse"


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Italiener", "italienische Gäste"),
        ("Italienerinnen", "aus Italien"),
        ("türkisch", "Türkinnen und Türken"),
        ("Polen", "polnischer Herkunft"),
        ("Busfahrer", "Bus- und Straßenbahnführende"),
        ("Busfahrerinnen", "Busfahrende"),
        ("Lokführer", "Lokfahrer"),
    ],
)
def test_people_of_a_country_and_who_drives_are_found_in_other_words(
    typed: str, printed: str, analyser: Analyser, topics: Topics
) -> None:
    assert found(typed, printed, analyser, topics)


@pytest.mark.parametrize(
    ("typed", "printed"), [("Italiener", "französische Gäste"), ("Busfahrer", "Zugführer"), ("Führer", "Fahrer")]
)
def test_others_are_not(typed: str, printed: str, analyser: Analyser, topics: Topics) -> None:
    assert not found(typed, printed, analyser, topics)
