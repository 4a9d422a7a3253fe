"""watch, sources, digest, deliver, doctor: what talks to publishers and chats, here on loopback."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.demo.publisher import LIST_PATH, Publisher
from bot.demo.samples import new_in_list, older_document
from tests.bot.cli.conftest import Typed, beside
from tests.fake_telegram import FakeTelegram

CATALOGUE = """
[[source]]
id = "bspmk"
name = "Beispielministerkonferenz"
kind = "links"
address = "{address}{list_path}"
links = "ul a"
interval = "1h"
expected_every = "400d"
verified = true

[[source]]
id = "broken"
name = "Kaputt"
kind = "links"
address = "{address}/nowhere.html"
links = "ul a"
interval = "1h"
expected_every = "400d"

[[source]]
id = "later"
name = "Später"
kind = "api-later"
"""


@pytest.fixture
async def site(home: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Publisher]:
    async with Publisher() as publisher:
        publisher.publish(older_document())
        text = CATALOGUE.format(address=publisher.address, list_path=LIST_PATH)
        (home / "sources.toml").write_text(text, encoding="utf-8")
        monkeypatch.setenv("BESCHLUSSBOTE_SOURCES", "sources.toml")
        monkeypatch.setenv("BESCHLUSSBOTE_FETCH_ALLOW", "127.0.0.1")
        yield publisher


@pytest.fixture
def token(telegram: FakeTelegram, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("BESCHLUSSBOTE_TELEGRAM_TOKEN", telegram.token)
    monkeypatch.setenv("BESCHLUSSBOTE_TELEGRAM_API_BASE", telegram.api_base)
    return telegram.token


async def test_a_round_takes_in_what_it_can_and_names_what_failed(beschlussbote: Typed, site: Publisher) -> None:
    ran = await beside(beschlussbote, "watch", "--once")
    assert ran.code == 0
    assert "bspmk: 1 listed, 1 fresh; documents: 1 new" in ran.out
    assert "broken: failed" in ran.out
    listed = await beside(beschlussbote, "sources", "list")
    rows = {line.split()[0]: line for line in listed.out.splitlines()}
    assert " ok " in rows["bspmk"]
    assert "failed (1 in a row)" in rows["broken"]
    assert "not watched" in rows["later"]


async def test_a_round_of_one_source_that_fails_is_a_failure(beschlussbote: Typed, site: Publisher) -> None:
    assert (await beside(beschlussbote, "watch", "--once", "--source", "broken")).code == 1


async def test_sources_are_listed_before_anybody_looked(beschlussbote: Typed, site: Publisher) -> None:
    ran = await beside(beschlussbote, "sources", "list")
    assert ran.code == 0
    assert "never" in ran.out
    assert "not looked at yet (unverified)" in ran.out
    assert site.asked == []


async def test_check_reads_and_stores_nothing(beschlussbote: Typed, site: Publisher) -> None:
    ran = await beside(beschlussbote, "sources", "check", "bspmk")
    assert ran.code == 0
    assert "bspmk: ok, 1 entry" in ran.out
    assert "39. Beispielministerkonferenz 2025, 1 resolution" in ran.out
    assert "Noch ist kein Beschluss gespeichert" in (await beside(beschlussbote, "ask", "/neu")).out


async def test_check_says_that_a_page_is_no_resolution(beschlussbote: Typed, site: Publisher) -> None:
    site.publish(replace(older_document(), data=b"Wir verwenden Cookies."))
    ran = await beside(beschlussbote, "sources", "check", "bspmk")
    assert "not recognised: Kein Beschluss erkannt" in ran.out


async def test_check_of_all_fails_when_one_fails(beschlussbote: Typed, site: Publisher) -> None:
    ran = await beside(beschlussbote, "sources", "check")
    assert ran.code == 1
    assert "broken: problem: " in ran.out
    assert "later" not in ran.out


async def test_news_is_delivered_at_once_or_in_the_digest(
    beschlussbote: Typed, site: Publisher, telegram: FakeTelegram, token: str
) -> None:
    for chat in (1, 2):
        telegram.people.person(chat)
    await beside(beschlussbote, "watch", "--once", "--source", "bspmk")
    await beside(beschlussbote, "ask", "/abo topic Sprachkurse", "--chat", "telegram:1")
    await beside(beschlussbote, "ask", "/abo state Bayern", "--chat", "telegram:2")
    await beside(beschlussbote, "ask", "/digest 07:30", "--chat", "telegram:2")
    site.publish(new_in_list())
    watched = await beside(beschlussbote, "watch", "--once", "--source", "bspmk")
    assert "2 messages" in watched.out
    assert (await beside(beschlussbote, "deliver", "--once")).out == "1 sent\n"
    assert (len(telegram.texts(1)), len(telegram.texts(2))) == (1, 0)
    assert (await beside(beschlussbote, "digest", "--now", "2099-01-01T07:30")).out == "1 digest enqueued\n"
    assert (await beside(beschlussbote, "deliver", "--once")).out == "1 sent\n"
    assert (len(telegram.texts(1)), len(telegram.texts(2))) == (1, 1)
    assert (await beside(beschlussbote, "deliver", "--once")).out == "nothing was due\n"


def test_deliver_without_a_token_says_so(beschlussbote: Typed) -> None:
    ran = beschlussbote("deliver", "--once")
    assert ran.code == 1
    assert "BESCHLUSSBOTE_TELEGRAM_TOKEN is not set" in ran.err


async def test_doctor_finds_everything_well(beschlussbote: Typed, site: Publisher, token: str) -> None:
    await beside(beschlussbote, "watch", "--once", "--source", "bspmk")
    ran = await beside(beschlussbote, "doctor")
    assert ran.code == 0, ran.out
    assert {line.split()[0] for line in ran.out.splitlines()} == {"ok"}
    assert {line.split()[1] for line in ran.out.splitlines()} >= {"settings", "database", "migrations", "token"}
    assert token not in ran.out


async def test_doctor_names_each_problem_with_its_mend(
    beschlussbote: Typed, site: Publisher, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await beside(beschlussbote, "watch", "--once")
    monkeypatch.setenv("BESCHLUSSBOTE_TELEGRAM_TOKEN", "1:wrong")
    ran = await beside(beschlussbote, "doctor")
    assert ran.code == 1
    problems = {line.split()[1]: line for line in ran.out.splitlines() if line.startswith("problem")}
    assert set(problems) == {"token", "source"}
    assert "sources check broken" in problems["source"]
    assert all("→" in line for line in problems.values())


async def test_documents_that_fail_are_shown_wherever_health_is(beschlussbote: Typed, site: Publisher) -> None:
    site.publish(replace(older_document(), data=b"%PDF-1.4 broken"))
    await beside(beschlussbote, "watch", "--once", "--source", "bspmk")
    listed = await beside(beschlussbote, "sources", "list")
    (row,) = [line for line in listed.out.splitlines() if line.startswith("bspmk")]
    assert "1 document failing: " in row
    assert "bspmk: 1 document failing: " in (await beside(beschlussbote, "doctor")).out
    checked = await beside(beschlussbote, "sources", "check", "bspmk")
    assert "bspmk:   remembered: 1 document failing: " in checked.out


async def test_doctor_goes_on_behind_a_file_that_is_no_database(
    beschlussbote: Typed, home: Path, site: Publisher, token: str
) -> None:
    (home / "b.sqlite").write_text("Sehr geehrte Damen und Herren, " * 100, encoding="utf-8")
    ran = await beside(beschlussbote, "doctor")
    assert (ran.code, ran.err) == (1, "")
    assert [line.split()[:2] for line in ran.out.splitlines()] == [
        ["ok", "settings"],
        ["ok", "access"],
        ["problem", "database"],
        ["ok", "token"],
        ["ok", "sources"],
    ]
    assert "file is not a database  → " in ran.out


def test_doctor_looks_without_touching(beschlussbote: Typed, home: Path) -> None:
    ran = beschlussbote("doctor")
    assert ran.code == 1
    assert "problem  token" in ran.out
    assert "not there yet" in ran.out
    assert not (home / "b.sqlite").exists()


def test_doctor_tells_bad_settings_one_by_one(beschlussbote: Typed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BESCHLUSSBOTE_TIMEZONE", "x")
    monkeypatch.setenv("BESCHLUSSBOTE_ACCESS", "y")
    ran = beschlussbote("doctor")
    assert ran.code == 1
    assert [line.split()[2] for line in ran.out.splitlines()] == ["BESCHLUSSBOTE_ACCESS", "BESCHLUSSBOTE_TIMEZONE"]
