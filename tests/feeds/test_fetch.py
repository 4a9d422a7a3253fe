"""Fetching, over real HTTP against a publisher of our own."""

from __future__ import annotations

import asyncio
import datetime as dt
import time

import pytest

from feeds.fetch import Limits, identify, open_fetcher
from feeds.fetched import Fetched, FetchFailed, NotModified, Validators
from tests.publisher import Page, Publisher, hasty_fetcher

DAY = "Fri, 06 Nov 2026 12:00:00 GMT"


async def test_a_page_comes_whole_with_what_is_needed_to_ask_again(publisher: Publisher) -> None:
    publisher.put("/a.pdf", Page(b"%PDF", "application/pdf", etag='"1"', last_modified=DAY))
    async with hasty_fetcher() as fetcher:
        answer = await fetcher.get(publisher.address("/a.pdf"))
    assert answer == Fetched(b"%PDF", publisher.address("/a.pdf"), "application/pdf", Validators('"1"', DAY))


async def test_we_say_who_we_are(publisher: Publisher) -> None:
    publisher.put("/a", b"x")
    async with hasty_fetcher() as fetcher:
        await fetcher.get(publisher.address("/a"))
    agents = {one.headers["User-Agent"] for one in publisher.asked}
    assert agents == {"Beschlussbote/1.2.3 (+https://beschlussbote.example/kontakt)"}
    assert identify("2", None) == "Beschlussbote/2"


@pytest.mark.parametrize(
    "known",
    [Validators(etag='"1"'), Validators(last_modified=DAY), Validators('"1"', DAY)],
    ids=["etag", "date", "both"],
)
async def test_an_unchanged_page_is_not_sent_again(publisher: Publisher, known: Validators) -> None:
    publisher.put("/a", Page(b"x", etag='"1"', last_modified=DAY))
    async with hasty_fetcher() as fetcher:
        answer = await fetcher.get(publisher.address("/a"), known)
    assert answer == NotModified(Validators('"1"', DAY))


async def test_a_changed_page_is_sent_with_new_validators(publisher: Publisher) -> None:
    publisher.put("/a", Page(b"new", etag='"2"'))
    async with hasty_fetcher() as fetcher:
        answer = await fetcher.get(publisher.address("/a"), Validators('"1"'))
    assert isinstance(answer, Fetched)
    assert (answer.body, answer.validators) == (b"new", Validators('"2"'))


async def test_a_304_nobody_asked_for_is_a_failure(publisher: Publisher) -> None:
    publisher.fail("/a", 304)
    async with hasty_fetcher() as fetcher:
        answer = await fetcher.get(publisher.address("/a"))
    assert isinstance(answer, FetchFailed)
    assert answer.status == 304


@pytest.mark.parametrize("status", [204, 206, 400, 401, 403, 404, 410, 418, 500, 502, 503])
async def test_any_other_status_is_a_failure_that_names_it(publisher: Publisher, status: int) -> None:
    publisher.fail("/a", status)
    async with hasty_fetcher() as fetcher:
        answer = await fetcher.get(publisher.address("/a"))
    assert isinstance(answer, FetchFailed)
    assert answer.status == status
    assert f"{publisher.address('/a')} answers {status}" in answer.reason
    assert not answer.unreachable


class TestLimits:
    @pytest.mark.parametrize(
        ("size", "comes"), [(9_999, True), (10_000, True), (10_001, False), (500_000, False)], ids=str
    )
    @pytest.mark.parametrize("compressed", [False, True], ids=["plain", "gzip"])
    async def test_size_counts_after_decompression(
        self, publisher: Publisher, size: int, comes: bool, compressed: bool
    ) -> None:
        publisher.put("/a", Page(bytes(size), compressed=compressed))
        async with hasty_fetcher(limits=Limits(size=10_000, pause=0)) as fetcher:
            answer = await fetcher.get(publisher.address("/a"))
        if comes:
            assert isinstance(answer, Fetched)
            assert len(answer.body) == size
        else:
            assert isinstance(answer, FetchFailed)
            assert "larger than the 10,000 bytes" in answer.reason

    async def test_a_body_without_end_is_cut_off_while_it_comes(self, publisher: Publisher) -> None:
        publisher.put("/a", Page(manner="flood", size=1 << 40))
        async with hasty_fetcher(limits=Limits(size=1_000_000, pause=0)) as fetcher:
            answer = await fetcher.get(publisher.address("/a"))
        assert isinstance(answer, FetchFailed)
        assert "larger than" in answer.reason

    async def test_a_server_that_hangs_is_given_up(self, publisher: Publisher) -> None:
        publisher.hang("/a")
        async with hasty_fetcher(limits=Limits(time=0.2, pause=0)) as fetcher:
            answer = await fetcher.get(publisher.address("/a"))
        assert isinstance(answer, FetchFailed)
        assert "no complete answer within 0.2 s" in answer.reason
        assert answer.unreachable

    async def test_an_answer_that_breaks_off_is_not_taken_for_whole(self, publisher: Publisher) -> None:
        publisher.put("/a", Page(b"half", manner="break off"))
        async with hasty_fetcher() as fetcher:
            answer = await fetcher.get(publisher.address("/a"))
        assert isinstance(answer, FetchFailed)
        assert "broke off" in answer.reason

    async def test_what_claims_to_be_compressed_and_is_not_is_a_failure(self, publisher: Publisher) -> None:
        publisher.put("/a", Page(b"plain text", headers={"Content-Encoding": "gzip"}))
        async with hasty_fetcher() as fetcher:
            assert isinstance(await fetcher.get(publisher.address("/a")), FetchFailed)

    async def test_nobody_listening(self, publisher: Publisher) -> None:
        async with hasty_fetcher() as fetcher:
            answer = await fetcher.get("http://127.0.0.1:1/")
        assert isinstance(answer, FetchFailed)
        assert answer.unreachable
        assert "robots.txt cannot be read" in answer.reason


class TestRedirects:
    @pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
    async def test_are_followed_and_the_final_address_is_told(self, publisher: Publisher, status: int) -> None:
        publisher.redirect("/old", "/new?x=1", status)
        publisher.put("/new?x=1", b"here")
        async with hasty_fetcher() as fetcher:
            answer = await fetcher.get(publisher.address("/old"))
        assert isinstance(answer, Fetched)
        assert (answer.body, answer.address) == (b"here", publisher.address("/new?x=1"))

    @pytest.mark.parametrize(("hops", "comes"), [(1, True), (5, True), (6, False)], ids=str)
    async def test_five_are_followed_not_more(self, publisher: Publisher, hops: int, comes: bool) -> None:
        for hop in range(hops):
            publisher.redirect(f"/{hop}", f"/{hop + 1}")
        publisher.put(f"/{hops}", b"end")
        async with hasty_fetcher() as fetcher:
            answer = await fetcher.get(publisher.address("/0"))
        assert isinstance(answer, Fetched) is comes

    async def test_a_circle_ends(self, publisher: Publisher) -> None:
        publisher.redirect("/a", "/b")
        publisher.redirect("/b", "/a")
        async with hasty_fetcher() as fetcher:
            answer = await fetcher.get(publisher.address("/a"))
        assert isinstance(answer, FetchFailed)
        assert "more than 5 times" in answer.reason

    @pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://x.example/", "gopher://127.0.0.1/", "http://[::"])
    async def test_off_the_web_are_refused(self, publisher: Publisher, target: str) -> None:
        publisher.redirect("/a", target)
        async with hasty_fetcher() as fetcher:
            assert isinstance(await fetcher.get(publisher.address("/a")), FetchFailed)

    async def test_without_a_target_are_a_failure(self, publisher: Publisher) -> None:
        publisher.fail("/a", 302)
        async with hasty_fetcher() as fetcher:
            answer = await fetcher.get(publisher.address("/a"))
        assert isinstance(answer, FetchFailed)
        assert answer.status == 302


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "ftp://x.example/",
        "javascript:alert(1)",
        "/etc/passwd",
        "",
        "http://",
        "http://[::1",
        "http://user:geheim@x.example/",
        "http://x.example:99999/",
    ],
)
async def test_what_is_no_address_on_the_web_is_refused(address: str) -> None:
    async with hasty_fetcher() as fetcher:
        answer = await fetcher.get(address)
    assert isinstance(answer, FetchFailed)
    assert "geheim" not in answer.reason


class TestPrivateAddresses:
    """The publisher itself is the private machine that a link must not reach."""

    @pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "0x7f000001", "[::ffff:127.0.0.1]"])
    async def test_are_refused_with_the_reason(self, publisher: Publisher, host: str) -> None:
        publisher.put("/a", b"secret")
        async with hasty_fetcher(allow=()) as fetcher:
            answer = await fetcher.get(f"http://{host}:{publisher.port}/a")
        assert isinstance(answer, FetchFailed)
        assert "private network" in answer.reason
        assert publisher.asked == []

    @pytest.mark.parametrize("host", ["2130706433", "127.1", "127.0.0.1.", "0177.0.0.1", "0"])
    async def test_are_refused_in_odd_writings(self, publisher: Publisher, host: str) -> None:
        publisher.put("/a", b"secret")
        async with hasty_fetcher(allow=()) as fetcher:
            answer = await fetcher.get(f"http://{host}:{publisher.port}/a")
        assert isinstance(answer, FetchFailed)
        assert publisher.asked == []

    async def test_are_refused_behind_a_redirect(self, publisher: Publisher) -> None:
        """The first host is exempt by its name, the target is the same machine under another one."""
        publisher.redirect("/a", f"http://127.0.0.1:{publisher.port}/b")
        publisher.put("/b", b"secret")
        async with hasty_fetcher(allow=("localhost",)) as fetcher:
            answer = await fetcher.get(f"http://localhost:{publisher.port}/a")
        assert isinstance(answer, FetchFailed)
        assert "private network" in answer.reason
        assert publisher.paths == ["/a"]

    @pytest.mark.parametrize("allowed", ["127.0.0.1", "127.0.0.0/8", "localhost", "LOCALHOST"])
    async def test_are_asked_when_the_operator_says_so(self, publisher: Publisher, allowed: str) -> None:
        publisher.put("/a", b"in-house")
        host = "127.0.0.1" if allowed[0].isdigit() else "localhost"
        async with hasty_fetcher(allow=(allowed,)) as fetcher:
            answer = await fetcher.get(f"http://{host}:{publisher.port}/a")
        assert isinstance(answer, Fetched)


class TestRobots:
    async def test_what_is_forbidden_is_not_asked_for(self, publisher: Publisher) -> None:
        publisher.robots("User-agent: *\nDisallow: /intern\n")
        publisher.put("/intern/a", b"x")
        publisher.put("/a", b"x")
        async with hasty_fetcher() as fetcher:
            refused = await fetcher.get(publisher.address("/intern/a"))
            permitted = await fetcher.get(publisher.address("/a"))
        assert isinstance(refused, FetchFailed)
        assert "robots.txt" in refused.reason
        assert isinstance(permitted, Fetched)
        assert [one.path for one in publisher.asked] == ["/robots.txt", "/a"]

    async def test_hold_for_redirects_too(self, publisher: Publisher) -> None:
        publisher.robots("User-agent: *\nDisallow: /intern\n")
        publisher.redirect("/a", "/intern/a")
        publisher.put("/intern/a", b"x")
        async with hasty_fetcher() as fetcher:
            assert isinstance(await fetcher.get(publisher.address("/a")), FetchFailed)
        assert publisher.paths == ["/a"]

    @pytest.mark.parametrize(
        ("status", "asked"), [(404, True), (403, True), (401, True), (429, False), (500, False), (503, False)]
    )
    async def test_a_missing_file_permits_and_a_sick_server_does_not(
        self, publisher: Publisher, status: int, asked: bool
    ) -> None:
        publisher.fail("/robots.txt", status)
        publisher.put("/a", b"x")
        async with hasty_fetcher() as fetcher:
            answer = await fetcher.get(publisher.address("/a"))
        assert isinstance(answer, Fetched) is asked
        assert publisher.paths == (["/a"] if asked else [])

    async def test_are_asked_for_once_a_day(self, publisher: Publisher) -> None:
        publisher.put("/a", b"x")
        at = [0.0]
        limits = Limits(pause=0)
        async with open_fetcher("x/1", seconds=lambda: at[0], allow=("127.0.0.1",), limits=limits) as fetcher:
            for at[0] in (0.0, 86_399.0, 86_401.0):
                await fetcher.get(publisher.address("/a"))
        assert [one.path for one in publisher.asked] == ["/robots.txt", "/a", "/a", "/robots.txt", "/a"]

    async def test_that_could_not_be_read_are_tried_again_soon_but_not_at_once(self, publisher: Publisher) -> None:
        publisher.fail("/robots.txt", 500)
        at = [0.0]
        limits = Limits(pause=0)
        async with open_fetcher("x/1", seconds=lambda: at[0], allow=("127.0.0.1",), limits=limits) as fetcher:
            for at[0] in (0.0, 599.0, 601.0):
                await fetcher.get(publisher.address("/a"))
        assert [one.path for one in publisher.asked] == ["/robots.txt", "/robots.txt"]


class TestPoliteness:
    async def test_one_request_at_a_time_per_host(self, publisher: Publisher) -> None:
        paths = [f"/{number}" for number in range(8)]
        for path in paths:
            publisher.put(path, b"x")
        publisher.takes = 0.01
        async with hasty_fetcher() as fetcher:
            answers = await asyncio.gather(*(fetcher.get(publisher.address(path)) for path in paths))
        assert all(isinstance(answer, Fetched) for answer in answers)
        assert publisher.most_at_once == 1

    @pytest.mark.parametrize(("robots", "pauses"), [("", [1.0, 1.0]), ("User-agent: *\nCrawl-delay: 7", [1.0, 7.0])])
    async def test_between_two_requests_there_is_the_pause_that_the_host_asks_for(
        self, publisher: Publisher, robots: str, pauses: list[float]
    ) -> None:
        """After robots.txt ours, since it is not known yet."""
        publisher.robots(robots)
        publisher.put("/a", b"x")
        spent: list[float] = []

        async def sleep(seconds: float) -> None:
            spent.append(seconds)

        async with open_fetcher("x/1", seconds=lambda: 0.0, allow=("127.0.0.1",), sleep=sleep) as fetcher:
            for _ in range(2):
                await fetcher.get(publisher.address("/a"))
        assert spent == pauses

    async def test_several_hosts_at_once(self, publisher: Publisher) -> None:
        """A host that hangs holds up nobody else."""
        publisher.hang("/slow")
        publisher.put("/a", b"x")
        async with hasty_fetcher(allow=("127.0.0.0/8", "localhost")) as fetcher:
            slow = asyncio.create_task(fetcher.get(publisher.address("/slow")))
            await publisher.until_asked("/slow")
            answer = await fetcher.get(f"http://localhost:{publisher.port}/a")
            slow.cancel()
            await asyncio.gather(slow, return_exceptions=True)
        assert isinstance(answer, Fetched)

    async def test_a_given_up_request_frees_its_host(self, publisher: Publisher) -> None:
        publisher.hang("/slow")
        publisher.put("/a", b"x")
        async with hasty_fetcher() as fetcher:
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(fetcher.get(publisher.address("/slow")), 0.2)
            assert isinstance(await fetcher.get(publisher.address("/a")), Fetched)

    async def test_a_pause_that_a_server_asks_for_is_kept(self, publisher: Publisher) -> None:
        publisher.fail("/a", 503, {"Retry-After": "120"})
        publisher.put("/b", b"x")
        at = [0.0]
        limits = Limits(pause=0)
        async with open_fetcher("x/1", seconds=lambda: at[0], allow=("127.0.0.1",), limits=limits) as fetcher:
            first = await fetcher.get(publisher.address("/a"))
            at[0] = 100.0
            second = await fetcher.get(publisher.address("/b"))
            at[0] = 121.0
            third = await fetcher.get(publisher.address("/b"))
        assert isinstance(first, FetchFailed)
        assert first.retry_after == dt.timedelta(seconds=120)
        assert isinstance(second, FetchFailed)
        assert second.retry_after == dt.timedelta(seconds=20)
        assert isinstance(third, Fetched)
        assert publisher.paths == ["/a", "/b"]


async def test_odd_addresses_reach_the_page_they_mean(publisher: Publisher) -> None:
    publisher.put("/Beschl%C3%BCsse%20neu.pdf", b"x")
    async with hasty_fetcher() as fetcher:
        for path in ("/Beschlüsse neu.pdf", "/Beschl%C3%BCsse%20neu.pdf#seite=2"):
            assert isinstance(await fetcher.get(publisher.address(path)), Fetched), path


async def test_a_name_that_does_not_exist_is_told(publisher: Publisher) -> None:
    async with open_fetcher("x/1", seconds=time.monotonic) as fetcher:
        answer = await fetcher.get("http://gibt-es-nicht.invalid/")
    assert isinstance(answer, FetchFailed)
    assert answer.unreachable
    assert "gibt-es-nicht.invalid" in answer.reason
