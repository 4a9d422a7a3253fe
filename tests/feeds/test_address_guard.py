from __future__ import annotations

import pytest

from feeds.address_guard import Exemptions


@pytest.mark.parametrize(
    ("numeric", "permitted", "why"),
    [
        ("93.184.216.34", True, "public"),
        ("2606:2800:220:1::1", True, "public"),
        ("127.0.0.1", False, "this machine"),
        ("127.8.9.1", False, "this machine"),
        ("0.0.0.0", False, "this machine on Linux"),
        ("10.1.2.3", False, "private"),
        ("172.16.0.1", False, "private"),
        ("192.168.1.1", False, "private"),
        ("169.254.169.254", False, "where clouds give out credentials"),
        ("100.64.0.1", False, "shared by a provider's customers"),
        ("224.0.0.1", False, "a group"),
        ("255.255.255.255", False, "everybody"),
        ("240.0.0.1", False, "reserved"),
        ("::1", False, "this machine"),
        ("::", False, "this machine on Linux"),
        ("fe80::1%eth0", False, "this link"),
        ("fd00::1", False, "private"),
        ("ff02::1", False, "a group"),
        ("::ffff:127.0.0.1", False, "wraps this machine"),
        ("::ffff:93.184.216.34", True, "wraps a public one"),
        ("64:ff9b::7f00:1", False, "wraps this machine"),
        ("64:ff9b::5db8:d822", True, "wraps a public one"),
        ("2002:7f00:1::", False, "wraps this machine"),
    ],
)
def test_only_public_addresses_are_asked(numeric: str, permitted: bool, why: str) -> None:
    assert Exemptions().permits(numeric) is permitted, why


@pytest.mark.parametrize(
    ("numeric", "permitted"),
    [
        ("10.1.2.3", True),
        ("::ffff:10.1.2.3", True),
        ("10.2.0.1", False),
        ("192.168.7.7", True),
        ("192.168.7.8", False),
        ("fd00:1::5", True),
        ("fd00:2::5", False),
    ],
)
def test_networks_and_addresses_can_be_exempt(numeric: str, permitted: bool) -> None:
    assert (
        Exemptions.parse(["10.1.0.5/16", "192.168.7.7", "fd00:1::/32", "intern.example"]).permits(numeric) is permitted
    )


def test_hosts_can_be_exempt_by_name() -> None:
    exemptions = Exemptions.parse([" Intern.example ", "10.0.0.0/8"])
    assert [exemptions.has_host(host) for host in ("intern.example", "INTERN.example.", "x.intern.example")] == [
        True,
        True,
        False,
    ]
