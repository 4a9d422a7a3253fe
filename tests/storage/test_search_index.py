"""The search index as something derived: whatever happens to its files or the store, the answer is the store's."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from config.states import States
from config.topics import Topic
from storage import search
from storage.database import Database
from storage.index_files import IndexFolder, is_sound
from storage.search_index import PATIENCE, SearchIndex, SearchIndexError
from tests.storage.conftest import address
from tests.storage.samples import reading, resolution
from tests.storage.searching import Searching
from tests.storage.taking import TOPICS, analyser, query

ROOT = Path(__file__).resolve().parents[2]
COURSES = resolution("1", "Sprachkurse")
HOUSING = resolution("2", "Wohnraum", "Wohnungen werden gebaut.")
BOTH = reading(COURSES, HOUSING)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


@asynccontextmanager
async def opened(
    url: str, folder: Path, topics: tuple[Topic, ...] = TOPICS, patience: float = PATIENCE
) -> AsyncIterator[Searching]:
    """As another process would: with nothing in memory."""
    database = Database.open(url)
    index = SearchIndex(url, folder, analyser(), topics, States.load(), patience)
    try:
        yield Searching(database, index)
    finally:
        await index.close()
        await database.dispose()


@pytest.fixture
async def filled(url: str, folder: Path) -> str:
    """A store with two resolutions, and its index."""
    async with opened(url, folder) as searching:
        await searching.take(BOTH)
        assert await searching.numbers("Sprachkurse") == ["1"]
    return url


def current(folder: Path) -> Path:
    found = IndexFolder(folder).current
    assert found is not None
    return found


def indexes(folder: Path) -> list[str]:
    return [entry.name for entry in folder.iterdir() if entry.is_dir()]


def lose_everything(folder: Path) -> None:
    shutil.rmtree(folder)


def lose_the_pointer(folder: Path) -> None:
    (folder / "current").unlink()


def point_nowhere(folder: Path) -> None:
    (folder / "current").write_text("../../etc", encoding="utf-8")


def point_to_noise(folder: Path) -> None:
    (folder / "current").write_bytes(b"\xff\xfe\x00index-1")


def lose_a_file(folder: Path) -> None:
    next(current(folder).glob("*.term")).unlink()


def cut_a_file(folder: Path) -> None:
    file = next(current(folder).glob("*.idx"))
    file.write_bytes(file.read_bytes()[:-40])


def empty_a_file(folder: Path) -> None:
    next(current(folder).glob("*.fast")).write_bytes(b"")


def turn_a_bit(folder: Path) -> None:
    file = next(current(folder).glob("*.term"))
    data = bytearray(file.read_bytes())
    data[len(data) // 3] ^= 4
    file.write_bytes(data)


def garble_the_list(folder: Path) -> None:
    (current(folder) / "meta.json").write_text('{"segments": [{"segment_id": 7}]}', encoding="utf-8")


def lose_the_list(folder: Path) -> None:
    (current(folder) / "meta.json").unlink()


def leave_half_a_rebuild(folder: Path) -> None:
    shutil.rmtree(current(folder))
    (folder / "index-7").mkdir()
    (folder / "current.new").write_text("index-7", encoding="utf-8")


DAMAGES = (
    lose_everything,
    lose_the_pointer,
    point_nowhere,
    point_to_noise,
    lose_a_file,
    cut_a_file,
    empty_a_file,
    turn_a_bit,
    garble_the_list,
    lose_the_list,
    leave_half_a_rebuild,
)


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
async def test_a_damaged_index_is_made_again(filled: str, folder: Path, damage: Callable[[Path], None]) -> None:
    damage(folder)
    async with opened(filled, folder) as searching:
        assert await searching.numbers("Sprachkurse") == ["1"]
        assert await searching.numbers("Wohnungen") == ["2"]
    assert is_sound(current(folder))
    assert indexes(folder) == [current(folder).name], "none is left over"


@pytest.mark.parametrize("damage", [lose_everything, lose_the_pointer, leave_half_a_rebuild])
async def test_also_while_the_program_runs(url: str, folder: Path, damage: Callable[[Path], None]) -> None:
    async with opened(url, folder) as searching:
        await searching.take(BOTH)
        assert await searching.numbers("Sprachkurse") == ["1"]
        damage(folder)
        assert await searching.numbers("Sprachkurse") == ["1"], "what is open stays open"
        await searching.take(reading(resolution("3", "Sprachkurse"), session=8), "8.pdf")
        assert set(await searching.numbers("Sprachkurse")) == {"1", "3"}
        assert await searching.numbers("Wohnungen") == ["2"]


async def test_it_catches_up_with_what_another_process_stored(filled: str, folder: Path) -> None:
    async with opened(filled, folder) as one, opened(filled, folder) as other:
        assert await one.numbers("Wohnungen") == await other.numbers("Wohnungen") == ["2"]
        await one.take(reading(resolution("3", "Wohnungen"), session=8), "8.pdf")
        assert await other.numbers("Wohnungen") == ["3", "2"]
        assert await one.numbers("Wohnungen") == ["3", "2"]
        await other.take(reading(resolution("4", "Wohnungen für alle"), session=9), "9.pdf")
        assert len(await one.numbers("Wohnungen")) == 3
        before = current(folder)
    assert current(folder) == before, "nobody had to begin anew"


async def test_many_at_once_do_not_disturb_each_other(filled: str, folder: Path) -> None:
    shutil.rmtree(folder)
    async with opened(filled, folder) as one, opened(filled, folder) as other:
        asked = [searching.numbers("Wohnungen") for searching in (one, other) * 8]
        assert await asyncio.gather(*asked) == [["2"]] * 16


async def test_the_index_of_another_store_is_not_believed(
    filled: str, folder: Path, template: Path, tmp_path: Path
) -> None:
    shutil.copy(template, tmp_path / "other.sqlite")
    async with opened(address(tmp_path / "other.sqlite"), folder) as other:
        await other.take(reading(resolution("9", "Wohnungen"), resolution("8", "Bäder")))
        assert await other.numbers("Wohnungen") == ["9"]
        assert await other.numbers("Sprachkurse") == ["9", "8"], "they say it in their text"
    async with opened(filled, folder) as searching:
        assert await searching.numbers("Wohnungen") == ["2"]


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
async def test_a_store_that_a_backup_brought_back(filled: str, folder: Path, tmp_path: Path) -> None:
    database, backup = tmp_path / "store.sqlite", tmp_path / "backup.sqlite"
    shutil.copy(database, backup)
    async with opened(filled, folder) as searching:
        for session in (8, 9):
            document = reading(resolution("3", "Wohnungen"), session=session, content=str(session))
            await searching.take(document, f"{session}.pdf")
        assert await searching.numbers("Wohnungen") == ["3", "3", "2"]
    shutil.copy(backup, database)
    async with opened(filled, folder) as searching:
        assert await searching.numbers("Wohnungen") == ["2"], "the index knew more than the store"
        await searching.take(reading(resolution("4", "Wohnungen bauen"), session=8), "8.pdf")
        assert await searching.numbers("Wohnungen") == ["4", "2"]


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
async def test_the_same_number_of_changes_with_another_past(filled: str, folder: Path, tmp_path: Path) -> None:
    database, backup = tmp_path / "store.sqlite", tmp_path / "backup.sqlite"
    shutil.copy(database, backup)
    async with opened(filled, folder) as searching:
        await searching.take(reading(resolution("3", "Wohnungen"), session=8), "8.pdf")
        assert await searching.numbers("Wohnungen") == ["3", "2"]
    shutil.copy(backup, database)
    async with opened(filled, folder) as searching:
        await searching.take(reading(resolution("5", "Feuerwehr"), session=8), "8.pdf")
        assert await searching.numbers("Wohnungen") == ["2"]
        assert await searching.numbers("Feuerwehr") == ["5"]


async def test_other_topics_make_another_index(filled: str, folder: Path) -> None:
    more = (*TOPICS, Topic("bau", "Bauen", "Building", ("Wohnungen", "Bad")))
    async with opened(filled, folder, more) as searching:
        await searching.page(query("Wohnungen"))
    name = current(folder).name
    assert name == "index-2"
    async with opened(filled, folder, more) as searching:
        assert await searching.numbers("Wohnungen") == ["2"]
    assert current(folder).name == name


async def test_a_file_in_the_place_of_the_folder_is_named(filled: str, tmp_path: Path) -> None:
    (tmp_path / "precious.txt").write_text("not ours", encoding="utf-8")
    async with opened(filled, tmp_path / "precious.txt") as searching:
        with pytest.raises(SearchIndexError, match=r"precious\.txt"):
            await searching.numbers("Wohnungen")
    assert (tmp_path / "precious.txt").read_text(encoding="utf-8") == "not ours"


async def test_what_else_lies_in_the_folder_stays(filled: str, folder: Path) -> None:
    (folder / "notes").mkdir()
    lose_a_file(folder)
    async with opened(filled, folder) as searching:
        assert await searching.numbers("Wohnungen") == ["2"]
    assert (folder / "notes").is_dir()


@pytest.mark.parametrize("until", [1, 2, 3])
async def test_killed_in_the_middle_of_a_commit(url: str, folder: Path, until: int) -> None:
    """A process of its own writes and commits in pieces; it is killed (SIGKILL) while it does."""
    async with opened(url, folder) as searching:
        numbered = (resolution(str(number), f"Wohnungen, Teil {number}") for number in range(1, 41))
        await searching.take(reading(*numbered))
    assert await asyncio.to_thread(killed_at_commit, until, url, folder) == -signal.SIGKILL
    async with opened(url, folder) as searching:
        found = await searching.page(query("Wohnungen"), 50)
        assert found.total == len({hit.stored.id for hit in found.items}) == 40
        assert not found.behind
    assert is_sound(current(folder))


def killed_at_commit(number: int, url: str, folder: Path) -> int:
    """Start the writer and kill it when it has begun so many commits; how it ended."""
    command = [sys.executable, "-m", "tests.storage.dying_writer", url, str(folder)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        for _ in range(number):
            assert process.stdout.readline() == b"committing\n"
        os.kill(process.pid, signal.SIGKILL)
    return process.returncode


async def test_an_impatient_search_answers_from_what_is_there(filled: str, folder: Path) -> None:
    """Another one holds the lock and does nothing: the answer says how much is missing."""
    async with opened(filled, folder, patience=0.2) as searching:
        assert await searching.numbers("Wohnungen") == ["2"]
        with IndexFolder(folder).locked() as held:
            assert held
            await searching.take(reading(resolution("3", "Wohnungen"), session=8), "8.pdf")
            late = await searching.page(query("Wohnungen"))
            assert (late.total, late.behind) == (1, 1)
            assert searching.index.behind == 1
        assert (await searching.index.catch_up()).behind == 0
        assert searching.index.behind == 0
        assert (await searching.page(query("Wohnungen"))).total == 2


async def test_two_questions_of_one_transaction_are_asked_of_the_same(filled: str, folder: Path) -> None:
    """The index is finished between them: the second does not know of more than the first."""
    async with opened(filled, folder, patience=0.2) as searching:
        await searching.take(reading(resolution("3", "Wohnungen"), session=8), "8.pdf")
        async with searching.database.read() as conn:
            with IndexFolder(folder).locked() as held:
                assert held
                first = await search.find(conn, searching.index, query("Wohnungen"), 10)
            await searching.index.catch_up()
            second = await search.find(conn, searching.index, query("Wohnungen"), 10)
        assert (first.total, first.behind) == (second.total, second.behind) == (1, 1)
        assert (await searching.page(query("Wohnungen"))).total == 2
