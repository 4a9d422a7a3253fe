"""Why an exchange with a server came to nothing, each as a sentence."""

from __future__ import annotations

import datetime as dt

import aiohttp
from yarl import URL

from feeds.fetched import FetchFailed, parse_retry_after


class AddressRefused(OSError):
    """Raised at the socket; aiohttp wraps it in its own connection error."""


def host_of(url: URL) -> str:
    return (url.host or "").lower()


def declined(url: URL, response: aiohttp.ClientResponse) -> FetchFailed:
    pause = parse_retry_after(response.headers.get("Retry-After"), response.headers.get("Date"))
    reason = f"{url} answers {response.status} {response.reason or ''}".rstrip()
    return FetchFailed(reason, status=response.status, retry_after=pause)


def still_closed(url: URL, seconds: float) -> FetchFailed:
    return FetchFailed(
        f"{host_of(url)} asked for a pause, {seconds:.0f} s are left", retry_after=dt.timedelta(seconds=seconds)
    )


def broken(url: URL, error: Exception, seconds: float) -> FetchFailed:
    """An exchange that ended without a usable answer, as a sentence."""
    host = host_of(url)
    match error:
        case TimeoutError():
            return FetchFailed(f"{url} gave no complete answer within {seconds:g} s", unreachable=True)
        case aiohttp.ClientConnectorDNSError():
            return FetchFailed(f"there is no host named {host}", unreachable=True)
        case aiohttp.ClientConnectorCertificateError():
            return FetchFailed(
                f"the certificate of {host} is not accepted: {_words(error.certificate_error)}", unreachable=True
            )
        case aiohttp.ClientConnectorError(os_error=AddressRefused() as refused):
            return FetchFailed(f"{host} is not asked: {refused}")
        case aiohttp.ClientConnectorError():
            return FetchFailed(f"no connection to {host}: {_words(error.os_error)}", unreachable=True)
        case aiohttp.ServerDisconnectedError() | aiohttp.ClientPayloadError():
            return FetchFailed(f"the answer of {url} broke off")
        case _:
            return FetchFailed(f"the answer of {url} cannot be understood: {_words(error)}")


def _words(error: BaseException) -> str:
    """What an error says, on one line of bearable length."""
    return " ".join(str(error).split())[:200] or type(error).__name__
