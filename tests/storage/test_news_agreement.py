"""What is news and what is told of it go together: a fingerprint differs exactly if there is a change to name."""

from __future__ import annotations

import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from feeds.as_json import resolution_from_json, resolution_to_json
from feeds.changes import changes_between
from feeds.record import Item, Passage, ProtocolNote, Resolution, SummarySentence, TopicMatch
from storage.identity import fingerprint

# Few and similar values, so that two draws often say the same in another way.
TEXTS = st.sampled_from(
    ["", "Der Bund zahlt.", "DER BUND ZAHLT", "Der", "Bund zahlt.", "1,5", "15", "1 5", "10 %", "10"]
)
ITEMS = st.sampled_from([None, None, 1, 2])
STATES = st.lists(st.sampled_from(["Bayern", "Hessen", "Sachsen"]), max_size=3).map(tuple)
NOTES = st.builds(ProtocolNote, STATES, ITEMS, TEXTS)
PASSAGES = st.builds(Passage, TEXTS, st.just(()), st.sampled_from(["paragraph", "item", "bullet", "heading"]), ITEMS)
RESOLUTIONS = st.builds(
    Resolution,
    number=st.just("5.2"),
    title=TEXTS,
    subtitle=st.none() | TEXTS,
    applicants=STATES,
    vote=st.sampled_from([None, "einstimmig"]),
    outcome=st.sampled_from([None, "beschlossen", "vertagt"]),
    counts=st.sampled_from([None, (16, 0, 0)]),
    against=STATES,
    abstained=STATES,
    passages=st.lists(PASSAGES, max_size=4).map(tuple),
    protocol_notes=st.lists(NOTES, max_size=3).map(tuple),
)


@given(RESOLUTIONS, RESOLUTIONS)
def test_no_news_exactly_if_nothing_changed(old: Resolution, new: Resolution) -> None:
    assert (fingerprint(old) == fingerprint(new)) is (changes_between(old, new) == ())


@given(RESOLUTIONS, st.data())
def test_one_field_drawn_again(old: Resolution, data: st.DataObject) -> None:
    """Nearly equal records, where two rules would come apart first."""
    field = data.draw(st.sampled_from(["title", "subtitle", "applicants", "outcome", "passages", "protocol_notes"]))
    new = replace(old, **{field: getattr(data.draw(RESOLUTIONS), field)})
    assert (fingerprint(old) == fingerprint(new)) is (changes_between(old, new) == ())


@given(RESOLUTIONS, st.data())
def test_layout_is_no_news(old: Resolution, data: st.DataObject) -> None:
    shaken = replace(
        old,
        title=_reset(old.title),
        applicants=tuple(data.draw(st.permutations(old.applicants))),
        against=tuple(data.draw(st.permutations(old.against))),
        passages=tuple(part for passage in old.passages for part in _torn(passage)),
        protocol_notes=tuple(
            replace(note, text=_reset(note.text), lines=(1, 2))
            for note in data.draw(st.permutations(old.protocol_notes))
        ),
        items=(Item(1, "what the reader gathers from the text"),),
        topics=(TopicMatch("wohnen", ("Wohnung",)),),
        summary=(SummarySentence("Ein Satz."),),
        warnings=("unsicher",),
    )
    assert changes_between(old, shaken) == ()
    assert fingerprint(old) == fingerprint(shaken)


@given(RESOLUTIONS)
def test_the_store_keeps_what_counts(old: Resolution) -> None:
    kept = resolution_from_json(json.loads(json.dumps(resolution_to_json(old))))
    assert fingerprint(kept) == fingerprint(old)


def _reset(text: str) -> str:
    """The text as another typesetter would set it."""
    return f" {text.upper()}\u00ad ".replace(" ", "\u00a0\n")


def _torn(passage: Passage) -> tuple[Passage, Passage]:
    """One paragraph as two, with line numbers."""
    at = len(passage.text) // 2
    halves = passage.text[:at], passage.text[at:]
    first, second = (replace(passage, text=_reset(half), marks=((0, 3),)) for half in halves)
    return first, second
