"""The table of countries: readable, and each word names one country."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from pathlib import Path

import pytest

from config.countries import CountriesError, load_countries


def test_every_word_names_one_country() -> None:
    words = Counter(chain.from_iterable(load_countries()))
    assert [word for word, times in words.items() if times > 1] == []


@pytest.mark.parametrize("text", ["", "words = [", 'words = ["Italien"]', 'words = [["Italien"]]', "words = [[1, 2]]"])
def test_a_broken_table_is_told(tmp_path: Path, text: str) -> None:
    file = tmp_path / "countries.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(CountriesError, match=r"countries\.toml"):
        load_countries(file)
