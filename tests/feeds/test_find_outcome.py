"""What became of a resolution."""

from __future__ import annotations

import pytest

from feeds.find_outcome import find_outcome
from feeds.record import Item, Resolution
from tests.feeds.tables import body

NOTE = body("Die IntMK nimmt den Bericht zur Kenntnis.")


@pytest.mark.parametrize(
    ("resolution", "outcome", "why"),
    [
        (Resolution("1", "Titel", vote="einstimmig"), "beschlossen", "a vote line"),
        (Resolution("1", "Titel", vote="einstimmig", passages=NOTE), "beschlossen", "voted to take note"),
        (Resolution("1", "Titel", passages=NOTE), "zur Kenntnis", "no vote, only noted"),
        (Resolution("1", "Titel", passages=body("Der Bericht wird zur Kenntnis genommen.")), "zur Kenntnis", "passive"),
        (
            Resolution("1", "Titel", passages=NOTE, items=(Item(1, "Die IntMK nimmt den Bericht zur Kenntnis."),)),
            None,
            "one item of several notes something",
        ),
        (Resolution("1", "Titel", vote="mehrheitlich", outcome="abgelehnt"), "abgelehnt", "the reader knew already"),
        (Resolution("1", "Sprachkurse - zurückgezogen -"), "zurückgezogen", "a mark behind the title"),
        (Resolution("1", "Sprachkurse (vertagt)"), "vertagt", "a mark in brackets"),
        (Resolution("1", "Sprachkurse", subtitle="abgelehnt"), "abgelehnt", "a mark below the title"),
        (Resolution("1", "T", passages=body("Der Antrag wurde zurückgezogen.")), "zurückgezogen", "told in the body"),
        (Resolution("1", "T", passages=body("Die Beratung wird vertagt.")), "vertagt", "told in the body"),
        (
            Resolution("1", "T", vote="einstimmig", passages=body("Die UMK vertagt die Beratung auf ihre Sitzung.")),
            "vertagt",
            "voted to put it off",
        ),
        (
            Resolution("1", "T", vote="einstimmig", passages=body("Sie stimmt zu. Sie vertagt die Beratung zu a).")),
            "beschlossen",
            "only a part is put off",
        ),
        (Resolution("1", "T", passages=body("Der Antrag findet keine Mehrheit.")), "abgelehnt", "told in the body"),
        (Resolution("1", "Verfahren abgelehnter Personen"), None, "another word in a title"),
        (Resolution("1", "T", passages=body("Viele Anträge werden abgelehnt.")), None, "the subject matter"),
        (Resolution("1", "T"), None, "nothing is told"),
    ],
)
def test_outcome(resolution: Resolution, outcome: str | None, why: str) -> None:
    assert find_outcome(resolution) == outcome, why
