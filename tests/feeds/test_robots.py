"""What a robots.txt permits: a table of cases, and the matcher against a plain regular expression."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.robots import Rule, parse_robots

SITE = "https://x.example"


@pytest.mark.parametrize(
    ("text", "path", "permitted", "why"),
    [
        ("", "/a", True, "nothing is forbidden"),
        ("<html>Seite nicht gefunden</html>", "/a", True, "a page where rules should be"),
        ("User-agent: *\nDisallow: /", "/a", False, "everything is forbidden"),
        ("User-agent: *\nDisallow:", "/a", True, "an empty rule forbids nothing"),
        ("User-agent: *\nDisallow: /a", "/ab", False, "rules are beginnings"),
        ("User-agent: *\nDisallow: /a", "/b", True, "another path"),
        ("User-agent: *\nDisallow: /\nAllow: /static/", "/static/x.rss", True, "the longer rule wins, not the first"),
        ("User-agent: *\nAllow: /a\nDisallow: /a", "/a", True, "of two as long as each other the kind one wins"),
        ("User-agent: *\nDisallow: /*.pdf$", "/x/a.pdf", False, "a star and an end"),
        ("User-agent: *\nDisallow: /*.pdf$", "/x/a.pdf?x=1", True, "the end is not there"),
        ("User-agent: *\nDisallow: /*?", "/a?x=1", False, "queries"),
        ("User-agent: *\nDisallow: /a$", "/ab", True, "the end is not there"),
        ("User-agent: *\nDisallow: /a$", "/a", False, "the end is there"),
        ("user-agent: *\ndisallow: /a # nicht", "/a", False, "case and remarks"),
        ("\ufeffUser-agent: *\nDisallow: /a", "/a", False, "a byte order mark"),
        ("User-agent: *\r\nDisallow: /a\r\n", "/a", False, "line ends of Windows"),
        ("User-agent: Other\nDisallow: /", "/a", True, "meant for somebody else"),
        ("User-agent: beschlussbote\nDisallow: /a\n\nUser-agent: *\nDisallow: /", "/b", True, "our own group counts"),
        ("User-agent: Beschlussbote/1.0\nDisallow: /a\n\nUser-agent: *\nAllow: /", "/a", False, "with a version"),
        ("User-agent: A\nUser-agent: *\nDisallow: /a", "/a", False, "a group for several"),
        ("User-agent: *\nDisallow: /a\nUser-agent: *\nDisallow: /b", "/a", False, "groups for the same are one"),
        ("Disallow: /\nUser-agent: *\nAllow: /", "/a", True, "a rule before any group is nobody's"),
        ("Sitemap: /s.xml\nUser-agent: *\nSitemap: /s.xml\nDisallow: /a", "/a", False, "other lines end no group"),
        ("User-agent: *\nDisallow: /Beschlüsse", "/Beschl%c3%bcsse/1", False, "one writing for letters"),
        ("User-agent: *\nDisallow: /%7euser", "/%7Euser", False, "one writing for codes"),
    ],
)
def test_permission(text: str, path: str, permitted: bool, why: str) -> None:
    assert parse_robots(text, "Beschlussbote").permits(SITE + path) is permitted, why


@pytest.mark.parametrize(
    ("line", "delay"),
    [("10", 10.0), ("2.5", 2.5), ("", 0.0), ("bald", 0.0), ("-5", 0.0), ("86400", 30.0), ("1e9", 0.0)],
)
def test_delay(line: str, delay: float) -> None:
    assert parse_robots(f"User-agent: *\nCrawl-delay: {line}", "Beschlussbote").delay == delay


@given(
    pattern=st.text("ab/*$", max_size=8).map(lambda text: "/" + text.rstrip("$") + text[-1:]),
    path=st.text("ab/$", max_size=10).map(lambda text: "/" + text),
)
def test_matching_is_that_of_the_obvious_expression(pattern: str, path: str) -> None:
    anchored = pattern.endswith("$")
    expression = "".join(".*" if sign == "*" else re.escape(sign) for sign in pattern.removesuffix("$"))
    found = re.match(expression + (r"\Z" if anchored else ""), path)
    assert Rule(pattern, allow=False).matches(path) is bool(found)


@given(st.text(max_size=200), st.text(max_size=50))
def test_rubbish_is_survived(text: str, path: str) -> None:
    assert parse_robots(text, "Beschlussbote").permits(f"{SITE}/{path.replace('[', '')}") in (True, False)
