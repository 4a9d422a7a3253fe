"""Which sentences a card quotes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from feeds.abbreviations import Abbreviations
from feeds.record import Demand, Passage, SummarySentence
from handlers.choose_sentences import chosen, gist, query_of
from tests.handlers.samples import Talk, resolution

FIRST = "Die Konferenz begrüßt das Angebot."
SECOND = "Die Konferenz bittet den Bund ausdrücklich, Sprachkurse zu bezahlen."
THIRD = "Der Bund wird gebeten:"
SUMMARY = tuple(SummarySentence(text, at) for at, text in enumerate((FIRST, SECOND, THIRD), 1))
PLAIN = resolution("1", "Titel", FIRST, SECOND, f"{THIRD} Kosten zu tragen.")
TOLD = replace(
    PLAIN,
    summary=SUMMARY,
    demands=(Demand(2, "Bund", "bitten", SECOND), Demand(3, "Bund", "bitten", f"{THIRD}\nKosten zu tragen.")),
)


@pytest.mark.parametrize(
    ("labels", "label"),
    [
        (["Bayern"], None),
        ([], None),
        (["Bayern", "NRW"], None),
        (["Bayern", "Fahrtkosten"], "Fahrtkosten"),
        (["Sprachkurse", "Fahrtkosten"], "Sprachkurse"),
    ],
)
def test_a_land_is_no_word_to_look_for(talk: Talk, labels: list[str], label: str | None) -> None:
    query = query_of(labels, talk.services, Abbreviations())
    assert (query.label if query else None) == label


def test_words_that_are_looked_for_come_before_the_summary(talk: Talk) -> None:
    query = query_of(["Sprachkurse"], talk.services, Abbreviations())
    assert [one.text for one in chosen(TOLD, query, talk.services, 3).sentences] == [SECOND]


@pytest.mark.parametrize(
    ("limit", "texts"),
    [
        (1, [SECOND]),
        (2, [SECOND, THIRD]),
        (3, [FIRST, SECOND, THIRD]),
    ],
)
def test_the_summary_what_is_asked_first_in_document_order(talk: Talk, limit: int, texts: list[str]) -> None:
    assert [one.text for one in chosen(TOLD, None, talk.services, limit).sentences] == texts


def test_without_a_summary_the_text_itself(talk: Talk) -> None:
    assert [one.text for one in chosen(PLAIN, None, talk.services, 1).sentences] == [SECOND]


def test_the_gist_is_the_shortest_demand_else_the_first() -> None:
    asking, plain, nothing = gist(TOLD), gist(replace(TOLD, demands=())), gist(PLAIN)
    assert asking is not None
    assert plain is not None
    assert (asking.text, plain.text, nothing) == (THIRD, FIRST, None)


def test_a_demand_takes_its_bullets_along_and_tells_them_once(talk: Talk) -> None:
    lead, bullet = Passage(THIRD, role="item", item=1), Passage("Kosten zu tragen.", role="bullet", item=1)
    summary = (SummarySentence(THIRD, 1), SummarySentence("Kosten zu tragen.", 1))
    one = replace(PLAIN, passages=(lead, bullet), summary=summary, demands=TOLD.demands)
    told = SummarySentence("Der Bund wird gebeten:\n– Kosten zu tragen.", 1)
    assert chosen(one, None, talk.services, 3).sentences == (told,)
    assert gist(one) == told
