"""Takes apart, with HanTa, the words that every first search needs, and writes what comes of it (`feeds.known_parts`).

python -m feeds.learn_parts
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from config.addressees import Addressees
from config.laws import Laws
from config.topics import load_topics
from feeds.abbreviations import Abbreviations, official_abbreviations
from feeds.classify import TopicIndex
from feeds.known_parts import write_known_parts
from feeds.morphology import Morphology, Parts, Tagger
from feeds.topic_names import topic_names
from feeds.words import Analyser, hanta


class _Noting(Morphology):
    def __init__(self, tagger: Tagger) -> None:
        super().__init__(tagger)
        self.noted: dict[str, Parts] = {}

    def parts(self, spellings: Sequence[str]) -> Parts:
        parts = self.noted[spellings[0]] = super().parts(spellings)
        return parts


def needed_parts() -> Mapping[str, Parts]:
    """What is looked up before a first search, taken apart anew."""
    noting, laws = _Noting(hanta()), Laws.load()
    analyser, topics = Analyser(noting), load_topics()
    topic_names(tuple(topics), analyser)
    TopicIndex.of(topics, analyser)
    bodies = ((one.name, *one.forms) for one in Addressees.load().all)
    official = official_abbreviations((*bodies, *((name, *laws.forms_of(name)) for name in laws.names)))
    Abbreviations.of([], analyser, official)
    return noting.noted


if __name__ == "__main__":
    write_known_parts(needed_parts())
