"""/stopp: what was erased can be read nowhere in the store's files, while the service goes on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.handlers.samples import Talk

WORD = "Quastenflosserzählung"


@pytest.mark.parametrize("language", ["de", "en"])
async def test_what_is_erased_can_be_read_in_no_file(empty_talk: Talk, tmp_path: Path, language: str) -> None:
    def left() -> list[str]:
        files = (one for one in tmp_path.rglob("*") if one.is_file())
        return sorted(one.name for one in files if WORD.encode() in one.read_bytes())

    await empty_talk.say(f"/sprache {language}")
    await empty_talk.say("/abo topic Sprachkurse")
    await empty_talk.say(f"/meinabo 1 name {WORD}")
    assert left(), "the test looks where it stands"
    await empty_talk.say("/stopp ja")
    assert left() == []


async def test_it_is_counted_what_goes(talk: Talk) -> None:
    await talk.say("/abo topic Sprachkurse")
    assert "(1 Abo)" in (await talk.say("/stopp")).text
