"""Our summaries against LexRank, LSA and lead-3 of the sumy library, at the same length.

    make bench-summaries

Measured is the share of the demands (and of the addressees) that a summary covers, over all resolutions of the real
documents in which something is asked; which sentences ask is told by hand in `tests/feeds/expected_facts.toml`. All
get the same sentences of ours, so that none suffers from another splitter, and the same room: the 600 characters of a
summary, or the length of ours where its one sentence is longer. The others take their sentences by their own rank as
long as they fit, at most five.

sumy brings some twenty packages and is therefore no dependency of the project: it is installed for this benchmark alone
(`benchmarks/requirements-summaries.txt`). It runs with its German stemmer and stop words.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from feeds.record import Resolution
from feeds.sentences import sentences
from feeds.summarise import MOST_CHARACTERS, MOST_SENTENCES
from tests.expected_facts import ends_of, expected_tables, read_all
from tests.seeds import load_seeds

DEEPEST_RANK = 15
"""So many of sumy's best sentences are tried for room."""

Ranking = Callable[[Sequence[str]], Iterable[str]]
"""Sentences in document order → the same, best first."""


@dataclass(frozen=True, slots=True)
class Task:
    """A resolution in which something is asked: its sentences, who is asked in which of them, and our summary."""

    sentences: tuple[str, ...]
    asked: Mapping[tuple[str, str], frozenset[str]]
    ours: tuple[str, ...]

    @property
    def room(self) -> int:
        return max(MOST_CHARACTERS, len(" ".join(self.ours)))


class Words:
    """What sumy asks of a tokenizer."""

    def to_words(self, text: str) -> tuple[str, ...]:
        return tuple(re.findall(r"\w+", text))


def main() -> int:
    try:
        rankings = {"LexRank": _sumy("lex_rank", "LexRankSummarizer"), "LSA": _sumy("lsa", "LsaSummarizer")}
    except ModuleNotFoundError as error:
        print(f"{error.name} is missing; make bench-summaries installs it for this benchmark alone.", file=sys.stderr)
        return 1
    tasks = tuple(_tasks())
    told: dict[str, list[tuple[str, ...]]] = {"ours": [task.ours for task in tasks]}
    for name, ranking in (rankings | {"lead-3": _lead}).items():
        told[name] = [_fitting(ranking(task.sentences), task.room) for task in tasks]
    print(f"{len(tasks)} resolutions, {sum(len(task.asked) for task in tasks)} sentences that ask")
    print(f"{'summary by':<10}{'demands':>9}{'addressees':>12}{'characters':>12}{'sentences':>11}")
    for name, summaries in told.items():
        print(_row(name, tasks, summaries))
    return 0


def _tasks() -> Iterator[Task]:
    gold = {(document, table["name"]): table for document, table in expected_tables()}
    for document, resolution in read_all(load_seeds()):
        asked: dict[tuple[str, str], frozenset[str]] = {}
        for row in gold[document, resolution.name].get("demands", ()):
            key = (row[3], row[4])
            asked[key] = asked.get(key, frozenset()) | ({row[1]} if row[1] else frozenset())
        if asked:
            yield Task(tuple(_sentences(resolution)), asked, tuple(one.text for one in resolution.summary))


def _sentences(resolution: Resolution) -> Iterator[str]:
    for passage in resolution.passages:
        if passage.role != "heading":
            yield from (one.text for one in sentences(passage))


def _fitting(ranked: Iterable[str], room: int) -> tuple[str, ...]:
    """The best sentences that fit; the best one alone where it does not."""
    taken: list[str] = []
    best = list(ranked)
    for text in best:
        if len(taken) < MOST_SENTENCES and len(" ".join((*taken, text))) <= room:
            taken.append(text)
    return tuple(taken or best[:1])


def _row(name: str, tasks: Sequence[Task], summaries: Sequence[tuple[str, ...]]) -> str:
    demands = [_covered(task, told) for task, told in zip(tasks, summaries, strict=True)]
    covered = sum(len(keys) for keys in demands) / sum(len(task.asked) for task in tasks)
    named = [frozenset().union(*(task.asked[key] for key in keys)) for task, keys in zip(tasks, demands, strict=True)]
    everybody = [frozenset().union(*task.asked.values()) for task in tasks]
    addressees = sum(map(len, named)) / sum(map(len, everybody))
    characters = sum(len(" ".join(told)) for told in summaries) / len(tasks)
    count = sum(map(len, summaries)) / len(tasks)
    return f"{name:<10}{covered:>9.3f}{addressees:>12.3f}{characters:>12.0f}{count:>11.1f}"


def _covered(task: Task, told: tuple[str, ...]) -> set[tuple[str, str]]:
    return {ends_of(text) for text in told} & task.asked.keys()


def _lead(texts: Sequence[str]) -> Iterable[str]:
    return texts[:3]


def _sumy(module: str, summarizer: str) -> Ranking:
    """One of sumy's summarizers as a ranking: what it adds when it may take one sentence more."""
    dom = import_module("sumy.models.dom")
    stemmer = import_module("sumy.nlp.stemmers").Stemmer("german")
    build: Any = getattr(import_module(f"sumy.summarizers.{module}"), summarizer)(stemmer)
    build.stop_words = import_module("sumy.utils").get_stop_words("german")

    def ranked(texts: Sequence[str]) -> Iterator[str]:
        whole = dom.ObjectDocumentModel([dom.Paragraph([dom.Sentence(text, Words()) for text in texts])])
        before: set[str] = set()
        for count in range(1, min(len(texts), DEEPEST_RANK) + 1):
            chosen = {str(sentence) for sentence in build(whole, count)}
            yield from sorted(chosen - before)
            before |= chosen

    return ranked


if __name__ == "__main__":
    sys.exit(main())
