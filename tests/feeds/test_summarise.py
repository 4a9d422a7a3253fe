"""The summary: which sentences, in which order, how long. All sentences are invented."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from feeds.enrich import with_facts
from feeds.record import DateMention, Demand, Passage, Resolution
from feeds.sentences import sentences
from feeds.summarise import MOST_CHARACTERS, MOST_SENTENCES, summarise
from tests.feeds.tables import body


def summary(*texts: str, kind: str = "resolutions") -> list[str]:
    resolution = Resolution("1", "Titel", passages=body(*texts))
    facts = with_facts(resolution, "paper" if kind == "paper" else "resolutions", "IntMK", 20)
    return [one.text for one in facts.summary]


LONG = "Die Lage der Kurse ist seit vielen Jahren schwierig, " + "und sie bleibt es, " * 12 + "wie alle wissen."


def test_what_is_asked_comes_before_recitals_in_document_order() -> None:
    ask, thank = "Die IntMK bittet den Bund, zu handeln.", "Die IntMK begrüßt den Bericht."
    assert summary("Die Lage ist ernst.", thank, LONG, ask) == [thank, ask]


def test_another_addressee_comes_before_the_same_again() -> None:
    first = "Die IntMK bittet den Bund, " + "sehr " * 50 + "zu eilen."
    again = "Die IntMK bittet den Bund, " + "gut " * 20 + "zu handeln."
    other = "Die IntMK bittet die KMK, " + "sehr " * 30 + "zu prüfen."
    assert len(first) + len(again) + len(other) > MOST_CHARACTERS - 60
    assert summary(first, again, other, LONG)[-1] == other


def test_of_two_demands_the_one_with_a_deadline_is_taken() -> None:
    asked = "Die IntMK bittet den Bund, " + "sehr " * 55 + "zu eilen."
    dated = "Die IntMK bittet den Bund, bis zum 31.12.2026 " + "sehr " * 60 + "zu eilen."
    assert summary(asked, dated) == [dated]


def test_shorter_demands_find_room_together() -> None:
    long = "Die IntMK bittet den Bund, " + "sehr " * 90 + "zu eilen."
    short = [f"Die IntMK bittet den Bund, {what} zu fördern." for what in ("Kurse", "Kitas", "Sport", "Lehre")]
    assert summary(long, *short) == short


def test_a_demand_that_is_too_long_is_told_all_the_same() -> None:
    long = "Die IntMK bittet den Bund, " + "sehr " * 130 + "zu eilen."
    assert summary(long, "Die IntMK dankt allen.") == [long]


def test_without_anything_operative_it_tells_the_beginning() -> None:
    texts = [f"Satz {number} steht hier." for number in range(7)]
    assert summary(*texts) == texts[:MOST_SENTENCES]


def test_a_sentence_that_leans_on_the_one_before_is_left_out_beside_operative_ones() -> None:
    ask = "Die IntMK bittet den Bund, zu handeln."
    assert summary(ask, "Dies ist dringend notwendig für alle.") == [ask]


def test_headings_and_lead_ins_are_no_sentences_of_a_summary() -> None:
    assert summary("Digitale Formulare", "Deswegen sind folgende Maßnahmen notwendig:", "Die IntMK dankt.") == [
        "Die IntMK dankt."
    ]


def test_a_paper_tells_what_is_undertaken_by_different_parties() -> None:
    bund, again, laender = (
        "Der Bund wird die Mittel erhöhen.",
        "Der Bund wird die Kurse stärken und ausbauen.",
        "Die Länder überprüfen die Regelungen für alle Kurse, die sie fördern.",
    )
    told = summary(LONG, bund, again, laender, kind="paper")
    assert told == [bund, again, laender]


def test_every_sentence_has_its_item_and_lines() -> None:
    passage = Passage("Der Bund wird gebeten, zu handeln.", marks=((0, 5), (20, 6)), role="item", item=3)
    demand = Demand(3, "Bund", "bitten", passage.text, (5, 6))
    date = DateMention(dt.date(2026, 1, 1), "day", "1. Januar 2026", "deadline")
    [told] = summarise((passage,), (demand,), (), (date,))
    assert (told.item, told.lines) == (3, (5, 6))


SENTENCES = st.sampled_from(
    [
        "Die IntMK bittet den Bund, zu handeln.",
        "Die Länder fordern mehr Geld.",
        "Die IntMK begrüßt den Bericht der Arbeitsgruppe.",
        "Dies ist gut.",
        "Die IntMK nimmt den Bericht zur Kenntnis.",
        "Die Bundesregierung wird aufgefordert, " + "sehr " * 70 + "zu eilen.",
        LONG,
        "Überschrift",
        "",
    ]
)


@given(st.lists(SENTENCES | st.text(max_size=80), max_size=8))
def test_a_summary_is_short_verbatim_and_in_order(texts: list[str]) -> None:
    passages = body(*texts)
    facts = with_facts(Resolution("1", "T", passages=passages), "resolutions")
    told = [one.text for one in facts.summary]
    whole = [one.text for passage in passages for one in sentences(passage)]
    assert len(told) <= MOST_SENTENCES
    assert len(" ".join(told)) <= MOST_CHARACTERS or len(told) == 1
    rest = iter(whole)
    assert all(text in rest for text in told), "not in the order of the document"
    assert bool(told) == bool(whole)
