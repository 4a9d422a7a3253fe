"""What /topic finds against what a reader would name; and that the measures measure."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.judged.asking import Documents, asking, invented_documents, numbers, seed_documents
from tests.judged.judged import PARTS, load_judged, ndcg, quality, recall
from tests.postgres import Server
from tests.seeds import Seeds

GRADES = {"a": 3, "b": 2, "c": 1}


@pytest.mark.parametrize(
    ("found", "at_5", "at_10"),
    [
        (("a", "b", "c"), 1.0, 1.0),
        (("a", "b", "c", "x", "y", "z"), 1.0, 1.0),
        (("x", "a", "b", "c"), 0.676, 1.0),
        (("c", "b", "a"), 0.681, 1.0),
        (("a",), 0.745, 1 / 3),
        ((), 0.0, 0.0),
    ],
)
def test_the_measures(found: tuple[str, ...], at_5: float, at_10: float) -> None:
    assert ndcg(found, GRADES, 5) == pytest.approx(at_5, abs=0.001)
    assert recall(found, GRADES, 10) == pytest.approx(at_10)


def test_what_is_named_exists(seeds: Seeds) -> None:
    assert _unknown("seeds", seed_documents(seeds)) == set()
    assert _unknown("invented", invented_documents()) == set()


@pytest.mark.parametrize(
    ("corpus", "part", "ndcg_at_5", "recall_at_10"),
    [("seeds", "tuning", 0.91, 0.9), ("invented", "tuning", 0.91, 0.89)],
)
async def test_what_a_reader_would_name_is_found(
    seeds: Seeds, tmp_path: Path, corpus: str, part: str, ndcg_at_5: float, recall_at_10: float
) -> None:
    documents = seed_documents(seeds) if corpus == "seeds" else invented_documents()
    async with asking(tmp_path, documents) as ask:
        reached = quality([(judged, await ask.found(judged)) for judged in load_judged(corpus, part)])
    assert reached.ndcg >= ndcg_at_5
    assert reached.recall >= recall_at_10
    assert reached.silent == 1.0


@pytest.mark.parametrize("corpus", ["seeds", "invented"])
async def test_every_store_gives_the_same_hits_in_the_same_order(
    seeds: Seeds, tmp_path: Path, empty_server: str, corpus: str
) -> None:
    documents = seed_documents(seeds) if corpus == "seeds" else invented_documents()
    queries = [judged for part in PARTS for judged in load_judged(corpus, part)]
    found = []
    for url, folder in ((None, tmp_path / "file"), (empty_server, tmp_path / "server")):
        folder.mkdir()
        async with asking(folder, documents, url) as ask:
            found.append({judged.typed: await ask.found(judged) for judged in queries})
    assert found[0] == found[1]
    assert any(found[0].values())


@pytest.fixture
def empty_server(postgres: Server) -> Iterator[str]:
    with postgres.fresh() as name:
        yield postgres.url(name)


def _unknown(corpus: str, documents: Documents) -> set[str]:
    named = {number for part in PARTS for judged in load_judged(corpus, part) for number in judged.grades}
    return named - set(numbers(documents).values())
