"""Which network addresses a fetch may connect to: public ones, and those that the operator exempts by name.

The addresses to fetch come from pages that others write. Without this guard a link could make the program ask
machines of the inner network. What is judged is the final numeric address of every connection, after name resolution,
so neither redirects nor names that change their address get around it.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
"""IPv6 addresses that stand for an IPv4 address in their last 32 bits (RFC 6052)."""


@dataclass(frozen=True, slots=True)
class Exemptions:
    """Hosts and networks that may be asked although they are private (the setting FETCH_ALLOW)."""

    hosts: frozenset[str] = frozenset()
    networks: tuple[Network, ...] = ()

    @classmethod
    def parse(cls, allowed: Iterable[str]) -> Exemptions:
        """Numeric addresses and networks such as 10.1.0.0/16 are networks, everything else is a host's name."""
        hosts, networks = set(), []
        for text in allowed:
            try:
                networks.append(ipaddress.ip_network(text.strip(), strict=False))
            except ValueError:
                hosts.add(text.strip().lower())
        return cls(frozenset(hosts), tuple(networks))

    def has_host(self, host: str) -> bool:
        return host.lower().rstrip(".") in self.hosts

    def permits(self, numeric: str) -> bool:
        """Whether a connection to this numeric address may be opened: it is public, or its network is exempt."""
        address = ipaddress.ip_address(numeric.partition("%")[0])
        meant = _meant(address)
        return any(one in network for network in self.networks for one in (address, meant)) or is_public(meant)


def is_public(address: Address) -> bool:
    """Whether the address is one of the open internet: not private, local, reserved or for groups."""
    return address.is_global and not address.is_multicast and not address.is_reserved


def _meant(address: Address) -> Address:
    """The IPv4 address that some IPv6 addresses only wrap."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1] or address
