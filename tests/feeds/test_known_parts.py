"""What was taken apart beforehand is what the analysis says, and nearly all that a first search needs."""

from __future__ import annotations

from feeds.known_parts import known_parts
from feeds.learn_parts import needed_parts


def test_it_says_what_the_analysis_says() -> None:
    """Red: `make known-parts`."""
    needed, known = needed_parts(), known_parts()
    assert {word: parts for word, parts in known.items() if word in needed and needed[word] != parts} == {}
    assert len(needed.keys() & known.keys()) >= 0.9 * len(needed), "after a change of topics: make known-parts"
