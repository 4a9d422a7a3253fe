"""python-telegram-bot's way to the network, on aiohttp (several times faster than its own, and nothing logs addresses).

The token is part of every Bot API address. The library is given `PLACEHOLDER` instead, and the true token is put in
here, at the last moment: so no log line, no exception and no repr of the library can hold it.
"""

from __future__ import annotations

import json

import aiohttp
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

from config.settings import Secret

PLACEHOLDER = "TOKEN"

# Seconds. Telegram answers a send in well under one; a minute of silence means the answer is lost.
CONNECT_TIMEOUT = 10.0
READ_TIMEOUT = 20.0
# Below the idle time after which servers hang up (nginx: 75 s), so that a send rarely meets a closing connection.
KEEP_ALIVE = 15.0
# Seconds to wait after a 429 that does not say how long.
FLOOD_PAUSE = 5.0

# Raised while connecting (refused, no such host, TLS, too slow) and at no other time.
_NEVER_CONNECTED = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL)


_Body = dict[str, str] | aiohttp.FormData | None


class NotSentError(NetworkError):
    """Nothing of the request left this machine: it is safe to try again."""


class FloodControlError(TelegramError):
    """429. Instead of the library's `RetryAfter`, which warns of its own deprecation whenever it is made."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"Too many requests: retry after {seconds:g} s")
        self.seconds = seconds


class AiohttpRequest(BaseRequest):
    """One pool of connections to the Bot API. Opens itself on first use; `shutdown` closes it."""

    def __init__(
        self, token: Secret, *, read_timeout: float = READ_TIMEOUT, connect_timeout: float = CONNECT_TIMEOUT
    ) -> None:
        self._token = token
        self._read_timeout = read_timeout
        self._connect_timeout = connect_timeout
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        return self._read_timeout

    async def initialize(self) -> None:
        self._opened()

    async def shutdown(self) -> None:
        if self._session is not None:
            await self._session.close()
        self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,
        connect_timeout: object = BaseRequest.DEFAULT_NONE,
        pool_timeout: object = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Status and body. Raises NotSentError, TimedOut or NetworkError (original as cause); FloodControlError: 429.

        Of the timeouts only those for reading and connecting are told apart; the latter covers the wait for the pool.
        """
        connect = _seconds(connect_timeout, self._connect_timeout)
        total = connect + _seconds(read_timeout, self._read_timeout)
        limits = aiohttp.ClientTimeout(total=total, connect=connect, sock_connect=connect)
        status, body = await self._exchange(method, url, _body(request_data), limits)
        if status == 429:
            raise FloodControlError(_retry_after(body))
        return status, body

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, object]:
        """As the library's own, but what people wrote does not go into the log when the answer is broken."""
        try:
            answer = json.loads(payload)
        except ValueError as error:
            raise TelegramError("The Bot API's answer is not JSON.") from error
        if not isinstance(answer, dict):
            raise TelegramError("The Bot API's answer is not a JSON object.")
        return answer

    async def _exchange(
        self, method: str, url: str, content: _Body, limits: aiohttp.ClientTimeout
    ) -> tuple[int, bytes]:
        address = url.replace(f"/bot{PLACEHOLDER}/", f"/bot{self._token.reveal()}/", 1)
        upload = aiohttp.UploadTracker()
        try:
            async with self._opened().request(
                method, address, data=content, timeout=limits, allow_redirects=False, upload_tracker=upload
            ) as response:
                return response.status, await response.read()
        except (TimeoutError, aiohttp.ClientError, OSError) as error:
            raise self._translated(error, upload) from self._presentable(error)

    def _translated(self, error: Exception, upload: aiohttp.UploadTracker) -> TelegramError:
        what = f"{type(error).__name__}: {error}".replace(self._token.reveal(), "…").rstrip(": ")
        if isinstance(error, _NEVER_CONNECTED) or _never_handed_over(upload):
            return NotSentError(what)
        return TimedOut(what) if isinstance(error, TimeoutError) else NetworkError(what)

    def _presentable(self, error: Exception) -> Exception | None:
        """The error as a cause; several of aiohttp's hold the address in their text and must not travel on."""
        return None if self._token.reveal() in f"{error} {error!r}" else error

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(keepalive_timeout=KEEP_ALIVE), headers={"User-Agent": self.USER_AGENT}
            )
        return self._session


def _body(request: RequestData | None) -> _Body:
    """A plain form; one of several parts where files go along."""
    if request is None or not request.contains_files:
        return request.json_parameters if request is not None else None
    form = aiohttp.FormData(request.json_parameters)
    for name, (filename, data, content_type) in request.multipart_data.items():
        form.add_field(name, data, filename=filename, content_type=content_type)
    return form


def _never_handed_over(upload: aiohttp.UploadTracker) -> bool:
    """Whether writing the body itself failed, so that the other side cannot have it whole.

    That happens when a kept connection turns out to be closed already. An upload that was cut short by a time-out is
    something else: its bytes may still have left.
    """
    if not upload.upload_complete.done():
        return False
    failure = upload.upload_complete.exception()
    return failure is not None and not isinstance(failure, aiohttp.UploadAbortedError)


def _seconds(given: object, default: float) -> float:
    return float(given) if isinstance(given, (int, float)) else default


def _retry_after(body: bytes) -> float:
    try:
        return float(json.loads(body)["parameters"]["retry_after"])
    except (ValueError, KeyError, TypeError):
        return FLOOD_PAUSE
