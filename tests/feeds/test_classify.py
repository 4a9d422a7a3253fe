"""What a resolution is about, with the words that prove it."""

from __future__ import annotations

import pytest

from config.topics import Topic
from feeds.classify import TopicIndex, classify
from feeds.read import read_document
from feeds.record import Passage, Resolution
from feeds.words import Analyser
from tests.seeds import Seeds


@pytest.fixture(scope="module")
def index(analyser: Analyser, topics: tuple[Topic, ...]) -> TopicIndex:
    return TopicIndex.of(topics, analyser)


def topics_of(index: TopicIndex, title: str, *paragraphs: str) -> dict[str, tuple[str, ...]]:
    resolution = Resolution("1", title, passages=tuple(map(Passage, paragraphs)))
    return {match.topic: match.evidence for match in classify(resolution, index)}


def test_once_in_the_title_is_enough(index: TopicIndex) -> None:
    assert topics_of(index, "Sprachmittlung sichern") == {"sprachmittlung": ("Sprachmittlung",)}


def test_in_the_body_it_takes_two(index: TopicIndex) -> None:
    assert topics_of(index, "Bericht", "Es gibt Dolmetscher.") == {}
    twice = topics_of(index, "Bericht", "Es gibt Dolmetscher.", "Und Sprachmittlerinnen.")
    assert twice == {"sprachmittlung": ("Dolmetscher", "Sprachmittlerinnen")}


def test_the_same_word_twice_is_named_once(index: TopicIndex) -> None:
    assert topics_of(index, "Bericht", "KI hier, KI dort.") == {"ki": ("KI",)}


def test_words_beside_a_topic_file_nothing_under_it(index: TopicIndex) -> None:
    said = "Sie schätzen ihre Sprachkenntnisse ein.", "Das Sprachniveau, auch Deutschkenntnisse, sind erfasst."
    assert "sprachkurse" not in topics_of(index, "Bericht über Sprachkenntnisse", *said)


def test_the_subtitle_counts_as_heading(index: TopicIndex) -> None:
    resolution = Resolution("1", "Erklärung", subtitle="Zur Lage der Jesiden")
    assert [match.topic for match in classify(resolution, index)] == ["jesiden"]


def test_words_stand_as_they_are_printed(index: TopicIndex) -> None:
    found = topics_of(index, "Künstlicher  Intelligenz vertrauen", "Anerkennungs- und Qualifizierungsberatung")
    assert found["ki"] == ("Künstlicher Intelligenz",)
    found = topics_of(index, "Anerkennungs- und Qualifizierungsberatung")
    assert found["anerkennung"] == ("Anerkennungs- und Qualifizierungsberatung",)


def test_the_name_of_the_conference_proves_nothing(index: TopicIndex) -> None:
    body = "Die Integrationsministerkonferenz bittet. Die Integrationsministerkonferenz dankt."
    assert topics_of(index, "Bericht der Umweltministerkonferenz", body) == {}


def test_the_heading_comes_first_then_the_most_frequent(index: TopicIndex) -> None:
    body = "Polizei, Polizei, Polizei. Sprachkurs, Sprachkurs."
    assert list(topics_of(index, "Zu den Jesiden", body)) == ["jesiden", "innere-sicherheit", "sprachkurse"]


@pytest.mark.parametrize(
    ("number", "first", "also"),
    [
        ("3.1", "monitoring", {"integration", "einbuergerung"}),
        ("4.1", "psychosoziales", {"asylbewerberleistungen"}),
        ("4.2", "demokratie", {"diskriminierung"}),
        ("4.5", "migrationsberatung", {"finanzen"}),
        ("4.7", "anwerbeabkommen", set()),
        ("4.8", "jesiden", set()),
        ("4.9", "psychosoziales", {"gefluechtete", "sprachmittlung"}),
        ("5.1", "digitalisierung", set()),
        ("5.2", "sprachkurse", {"einbuergerung"}),
        ("6.1", "auslaenderbehoerden", {"asyl"}),
        ("6.3", "afghanistan", {"aufnahmeprogramme"}),
        ("6.4", "asylverfahrensberatung", set()),
        ("6.5", "bleiberecht", {"aufenthaltsrecht"}),
        ("6.6", "ukraine", {"aufenthaltsrecht", "arbeitsmarkt"}),
        ("7.2", "gleichstellung", {"arbeitsmarkt", "sprachkurse"}),
        ("7.5", "kompetenzfeststellung", {"arbeitsmarkt"}),
        ("7.6", "anerkennung", {"fachkraefte"}),
    ],
)
def test_the_real_collection(index: TopicIndex, seeds: Seeds, number: str, first: str, also: set[str]) -> None:
    reading = read_document(seeds.intmk.read_bytes(), seeds.intmk.name)
    resolution = next(one for one in reading.resolutions if one.number == number)
    found = [match.topic for match in classify(resolution, index)]
    assert first in found[:2]
    assert also <= set(found)


def test_the_agenda_is_about_nothing(index: TopicIndex, seeds: Seeds) -> None:
    reading = read_document(seeds.intmk.read_bytes(), seeds.intmk.name)
    assert classify(reading.resolutions[0], index) == ()
