"""The packaged catalogue is sound; a bad one is refused with everything that is wrong with it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

import pytest

import config.catalogue
from config.catalogue import CatalogueError, Source, load_catalogue

PACKAGED = Path(config.catalogue.__file__).with_name("sources.toml")
GOOD = 'id = "a"\nname = "A"\nkind = "feed"\naddress = "https://a.example/f"\ninterval = "1h"\nexpected_every = "30d"\n'


def catalogue(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "sources.toml"
    path.write_text(text, encoding="utf-8")
    return path


def problems(tmp_path: Path, text: str) -> tuple[str, ...]:
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(catalogue(tmp_path, text))
    return caught.value.problems


def entry(**changes: str | None) -> str:
    """The good entry with some keys written differently, or left out."""
    keys = dict(line.split(" = ", 1) for line in GOOD.splitlines())
    keys |= {key: value for key, value in changes.items() if value is not None}
    left_out = {key for key, value in changes.items() if value is None}
    return "[[source]]\n" + "".join(f"{key} = {value}\n" for key, value in keys.items() if key not in left_out)


class TestPackaged:
    def test_holds_every_body_of_the_list_that_it_was_made_from(self) -> None:
        bodies = Counter(source.body for source in load_catalogue(PACKAGED))
        conferences = (
            "IntMK",
            "KMK",
            "IMK",
            "GMK",
            "UMK",
            "VMK",
            "WMK",
            "JuMiKo",
            "JFMK",
            "GFMK",
            "ASMK",
            "AMK",
            "MPK",
        )
        assert [body for body in conferences if bodies[body] != 1] == []
        federal = {"Bundesrat": 4, "Bundestag": 7, "Bundesregierung": 3, "BMAS": 1, "BAMF": 1, "BMI": 1}
        assert {body: bodies[body] for body in federal} == federal

    def test_claims_nothing_that_nobody_has_seen(self) -> None:
        assert [source.id for source in load_catalogue(PACKAGED) if source.verified] == []

    def test_is_polite(self) -> None:
        watched = [source for source in load_catalogue(PACKAGED) if source.watched]
        assert min(source.interval for source in watched) >= dt.timedelta(minutes=30)
        assert {urlsplit(source.address).scheme for source in watched} == {"https"}

    def test_names_no_address_twice(self) -> None:
        addresses = Counter(source.address for source in load_catalogue(PACKAGED) if source.watched)
        assert [address for address, count in addresses.items() if count > 1] == []


def test_an_entry_with_everything(tmp_path: Path) -> None:
    text = """[[source]]
    id = "bsp-mk"
    name = "Beispielministerkonferenz"
    body = "BspMK"
    kind = "links"
    address = "https://bspmk.example/beschluesse.html"
    links = "main a"
    match = ["*.pdf", "/Beschluss.html?uid=*"]
    interval = "30m"
    expected_every = "180d"
    recheck = "2d"
    verified = true
    """
    assert load_catalogue(catalogue(tmp_path, text)) == (
        Source(
            id="bsp-mk",
            name="Beispielministerkonferenz",
            body="BspMK",
            kind="links",
            address="https://bspmk.example/beschluesse.html",
            links="main a",
            match=("*.pdf", "/Beschluss.html?uid=*"),
            interval=dt.timedelta(minutes=30),
            expected_every=dt.timedelta(days=180),
            recheck=dt.timedelta(days=2),
            verified=True,
        ),
    )


def test_what_may_be_left_out(tmp_path: Path) -> None:
    (source,) = load_catalogue(catalogue(tmp_path, entry()))
    assert (source.body, source.verified, source.match) == (None, False, ("*.pdf",))
    assert source.recheck == dt.timedelta(days=7)


def test_an_empty_catalogue_is_one(tmp_path: Path) -> None:
    assert load_catalogue(catalogue(tmp_path, "# nothing yet")) == ()


def test_what_is_for_later_needs_no_address(tmp_path: Path) -> None:
    text = '[[source]]\nid = "mpk"\nname = "MPK"\nkind = "api-later"\n'
    (source,) = load_catalogue(catalogue(tmp_path, text))
    assert not source.watched


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"id": None}, "entry 1: 'id' is missing: right are small letters"),
        ({"id": '"A b"'}, "'A b': 'id' is 'A b': right are small letters"),
        ({"id": "7"}, "entry 1: 'id' is 7: right is a text in quotes"),
        ({"name": None}, "'a': 'name' is missing"),
        ({"name": '" "'}, "'a': 'name' is ' ': right is a text"),
        ({"kind": None}, "'a': 'kind' is missing: right is \"feed\""),
        ({"kind": '"rss"'}, '\'a\': \'kind\' is \'rss\': right is "feed", "links", "sitemap", "dip" or "api-later"'),
        ({"address": None}, "'a': 'address' is missing"),
        ({"address": '"a.example/f"'}, "'a': 'address' is 'a.example/f': right is an address that begins with http"),
        ({"address": '"ftp://a.example/f"'}, "right is an address that begins with http"),
        ({"address": '"https:///f"'}, "right is an address that begins with http"),
        ({"address": '"https://a.example:99999/"'}, "right is an address that begins with http"),
        ({"address": '"https://[::1"'}, "right is an address that begins with http"),
        ({"address": '"https://a.example/a b"'}, "right is an address that begins with http"),
        ({"interval": None}, "'a': 'interval' is missing: right is how often to look"),
        ({"interval": '"6 hours"'}, "'a': 'interval' is '6 hours': right is a number and one of s, m, h, d"),
        ({"interval": "6"}, "'a': 'interval' is 6: right is a text in quotes"),
        ({"expected_every": None}, "'a': 'expected_every' is missing"),
        ({"expected_every": '"10m"'}, "'a': 'expected_every' is shorter than 'interval'"),
        ({"recheck": '"often"'}, "'a': 'recheck' is 'often'"),
        ({"verified": '"yes"'}, "'a': 'verified' is 'yes': right is true or false"),
        ({"intervall": '"1h"'}, "'a': 'intervall' is no key: did you mean 'interval'?"),
        ({"colour": '"red"'}, "'a': 'colour' is no key: known are id, name,"),
        ({"links": '"a"'}, "'a': 'links' is only for kind \"links\""),
        ({"match": '"*"'}, "'a': 'match' is only for kind \"links\" and \"sitemap\""),
        ({"kind": '"links"'}, "'a': 'links' is missing: right is the CSS selector"),
        ({"kind": '"links"', "links": '"a[["'}, "'a': 'links' is 'a[[', which is no CSS selector: right is"),
        ({"kind": '"links"', "links": '"a"', "match": "[]"}, "'a': 'match' is empty"),
        ({"kind": '"links"', "links": '"a"', "match": "[7]"}, "'a': 'match' is 7: right is a text"),
    ],
)
def test_one_mistake_is_one_problem_that_names_entry_and_key(
    tmp_path: Path, changes: dict[str, str | None], says: str
) -> None:
    (problem,) = problems(tmp_path, entry(**changes))
    assert says in problem


def test_a_secret_in_an_address_is_refused_and_not_repeated(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path, entry(address='"https://me:geheim@a.example/"'))
    assert "'a': 'address' holds a user name or password" in problem
    assert "geheim" not in problem


def test_all_problems_are_found_at_once(tmp_path: Path) -> None:
    text = entry() + entry(name='"B"') + entry(id='"c"', kind='"x"', interval='"x"') + "[sources]\nx = 1\n"
    found = problems(tmp_path, text)
    assert len(found) == 4
    assert any("'a': 'id' stands 2 times" in problem for problem in found)
    assert any(problem.startswith("'c': 'kind'") for problem in found)
    assert any(problem.startswith("'c': 'interval'") for problem in found)
    assert any("'sources' is no key: did you mean 'source'?" in problem for problem in found)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[[source]\n", "not valid TOML"),
        ('[source]\nid = "a"\n', "entries begin with [[source]]"),
        ("source = [1]\n", "entries begin with [[source]]"),
    ],
)
def test_a_file_that_is_no_catalogue(tmp_path: Path, text: str, says: str) -> None:
    assert any(says in problem for problem in problems(tmp_path, text))


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "latin.toml").write_bytes("# Beschlüsse".encode("latin-1"))
    for name, says in (("missing.toml", "cannot be read"), ("latin.toml", "not UTF-8")):
        with pytest.raises(CatalogueError, match=says):
            load_catalogue(tmp_path / name)
