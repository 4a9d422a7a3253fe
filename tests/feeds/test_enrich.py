"""All facts of a resolution together."""

from __future__ import annotations

import json
from typing import Literal

from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.as_json import reading_as_json, resolution_from_json, resolution_to_json
from feeds.enrich import enriched, with_facts
from feeds.record import Passage, Publication, Reading, Resolution
from tests.feeds.tables import body

TEXT = (
    "Die IntMK bittet den Bund, die Kurse nach § 43 AufenthG bis zum 31.12.2026 mit 5 Mio. Euro zu fördern, "
    "wie es die 19. IntMK beschlossen hat."
)


def test_one_sentence_may_hold_every_kind_of_fact() -> None:
    facts = with_facts(Resolution("1", "T", vote="einstimmig", passages=body(TEXT)), "resolutions", "IntMK", 20)
    assert [(one.addressee, one.verb, one.text) for one in facts.demands] == [("Bund", "bitten", TEXT)]
    assert [(one.law, one.section) for one in facts.laws] == [("AufenthG", "43")]
    assert [one.amount for one in facts.money] == [5_000_000]
    assert [(str(one.date), one.role) for one in facts.dates] == [("2026-12-31", "deadline")]
    assert [(one.body, one.session) for one in facts.references] == [("IntMK", 19)]
    assert facts.outcome == "beschlossen"
    assert [one.text for one in facts.summary] == [TEXT]


def test_only_papers_have_commitments() -> None:
    resolution = Resolution("1", "T", passages=body("Die Länder werden die Kurse fördern."))
    assert with_facts(resolution, "resolutions").commitments == ()
    assert len(with_facts(resolution, "paper").commitments) == 1


def test_laws_and_dates_of_the_title_count_and_its_demands_do_not() -> None:
    resolution = Resolution(
        "1", "Wechsel aus § 24 AufenthG: Der Bund wird gebeten, zu handeln", subtitle="vom 1.2.2025"
    )
    facts = with_facts(resolution, "resolutions")
    assert [one.section for one in facts.laws] == ["24"]
    assert [str(one.date) for one in facts.dates] == ["2025-02-01"]
    assert facts.demands == ()


def test_a_reading_hands_its_own_session_on() -> None:
    publication = Publication("x", "resolutions", None, "0", body="IntMK", session=20)
    resolution = Resolution("1", "T", passages=body("Anlässlich der 20. IntMK wird die IntMK gebeten, zu handeln."))
    [facts] = enriched(Reading(publication, (resolution,))).resolutions
    assert (facts.references, facts.demands) == ((), ())


PASSAGES = st.builds(
    Passage,
    st.text(max_size=120) | st.just(TEXT),
    role=st.sampled_from(["paragraph", "item", "bullet", "heading"]),
    item=st.none() | st.integers(1, 9),
)


@settings(max_examples=60)
@given(st.text(max_size=60), st.lists(PASSAGES, max_size=4).map(tuple), st.sampled_from(["resolutions", "paper"]))
def test_any_resolution_gets_facts_and_twice_is_once(title: str, passages: tuple[Passage, ...], kind: str) -> None:
    which: Literal["paper", "resolutions"] = "paper" if kind == "paper" else "resolutions"
    once = with_facts(Resolution("1", title, passages=passages), which, "IntMK", 20)
    assert with_facts(once, which, "IntMK", 20) == once
    assert once.passages == passages


def test_facts_survive_json_and_keep_the_keys_of_the_contract() -> None:
    facts = with_facts(Resolution("1", "T", passages=body(TEXT)), "paper")
    assert resolution_from_json(resolution_to_json(facts)) == facts
    reading = Reading(Publication("x", "paper", None, "0"), (facts,))
    [shown] = json.loads(json.dumps(reading_as_json(reading)))["resolutions"]
    assert {"item", "addressee", "verb", "text", "lines"} <= set(shown["demands"][0])
    assert {"law", "section", "text"} <= set(shown["laws"][0])
    assert {"amount", "currency", "text"} <= set(shown["money"][0])
    assert shown["dates"][0]["date"] == "2026-12-31"
    assert {"body", "session", "number", "text", "date"} <= set(shown["references"][0])
    assert {"text", "item", "lines"} <= set(shown["summary"][0])
