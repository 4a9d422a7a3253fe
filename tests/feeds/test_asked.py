"""Which sentences ask something, of whom, and which only look like it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.asked import asked_in
from feeds.demand_verbs import VERBS
from tests.feeds.asking_cases import ASKING
from tests.feeds.not_asking_cases import NOT_ASKING
from tests.feeds.tables import phrases


@pytest.mark.parametrize(("sentence", "asked", "why"), ASKING)
def test_who_is_asked_by_which_verb(sentence: str, asked: list[tuple[str | None, str]], why: str) -> None:
    found = [(one.addressee, one.verb) for one in asked_in(sentence, phrases(), "IntMK")]
    assert sorted(found, key=str) == sorted(asked, key=str), why


@pytest.mark.parametrize(("sentence", "why"), NOT_ASKING)
def test_what_only_looks_like_asking(sentence: str, why: str) -> None:
    assert asked_in(sentence, phrases(), "IntMK") == (), why


def test_the_conference_is_never_its_own_addressee() -> None:
    sentence = "Das BAMF und die IntMK werden gebeten, zu berichten."
    assert [one.addressee for one in asked_in(sentence, phrases(), "IntMK")] == ["BAMF"]
    assert [one.addressee for one in asked_in(sentence, phrases(), "KMK")] == ["BAMF", "IntMK"]


@pytest.mark.parametrize("verb", [verb for verb in VERBS if "object" in verb.places], ids=lambda verb: verb.name)
@pytest.mark.parametrize("whom", ["den Bund", "die Bundesregierung", "das BAMF", "die Länder"])
def test_every_verb_with_an_object_asks_in_active_and_passive(verb: object, whom: str) -> None:
    row = next(one for one in VERBS if one is verb)
    name = phrases().read(whom)
    assert name is not None
    active = f"Die IntMK {row.finite[0]} {whom} {row.particle or ''}".rstrip() + ", die Verfahren zu prüfen."
    nominative = whom.replace("den ", "der ")
    aux = "werden" if "Länder" in whom else "wird"
    passive = f"{nominative[0].upper()}{nominative[1:]} {aux} {row.participle}, die Verfahren zu prüfen."
    for sentence in (active, *([passive] if row.participle else [])):
        assert [(one.addressee, one.verb) for one in asked_in(sentence, phrases())] == [(name.names[0], row.name)], (
            sentence
        )


PIECES = st.sampled_from(
    """Die IntMK|die Länder|Bund|den Bund|fordert|fordern|auf|, |.|bittet|wird|gebeten|aufgefordert|sollte|der|dass|an
    |appelliert|von|vom|erwarten|halten|ihren Forderungen|fest|und|sowie|durch|zu prüfen|„|“|(|)| – |;|:""".split("|")
)


@given(st.lists(PIECES, max_size=14).map(" ".join) | st.text(max_size=120))
def test_any_text_can_be_asked_about(text: str) -> None:
    for one in asked_in(text, phrases(), "IntMK"):
        assert one.verb
        assert one.addressee != "IntMK"
        assert one.addressee != ""
