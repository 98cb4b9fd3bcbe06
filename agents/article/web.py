"""Fetch an article from a public address, and from nowhere else."""

import ipaddress
import socket
import threading
import time
import zlib
from collections.abc import Callable, Sequence
from typing import NamedTuple
from urllib.parse import urljoin

import httpx

from agents.errors import ArticleError

MOST_BYTES = 20 * 2**20
MOST_REDIRECTS = 5
SECONDS = 20.0

_CONNECT_SECONDS = 8.0
_HINT = "Save the page or the document to a file and give that."
_HEADERS = {
    "User-Agent": "jemaa (reads one article at the request of a person)",
    "Accept": "text/html,application/xhtml+xml,application/pdf,text/plain,text/markdown,*/*;q=0.5",
    "Accept-Encoding": "gzip, identity",
}
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_LAST_PORT = 65_535
_PORTS = {"http": 80, "https": 443}

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolver = Callable[[str, int], Sequence[str]]


class Fetched(NamedTuple):
    """What was found at an address."""

    data: bytes
    content_type: str


class Rules(NamedTuple):
    """What may be fetched: how names are resolved, which addresses may be connected to, within which limits."""

    resolve: Resolver
    allowed: Callable[[Address], bool]
    most_bytes: int = MOST_BYTES
    seconds: float = SECONDS


def resolve(host: str, port: int) -> list[str]:
    """The addresses of `host`, by the system's resolver."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(info[4][0]) for info in found))


def is_public(address: Address) -> bool:
    """Whether `address` belongs to the public internet, an IPv4 address inside an IPv6 one included."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if inner is None and address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if address.teredo is not None:
            return False
        if inner is not None:
            return is_public(inner)
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


PUBLIC = Rules(resolve, is_public)


def fetch(address: str, rules: Rules = PUBLIC) -> Fetched:
    """The document at an http(s) address.

    Every name is resolved once, all its addresses are checked, and the connection goes to a checked one, at
    each redirect anew. Raises ArticleError for anything but a public document within the limits.
    """
    # A thread of its own, since neither a resolver nor a server that drips its headers can be interrupted.
    outcome: list[Fetched | ArticleError] = []

    def work() -> None:
        try:
            outcome.append(_follow(address, rules, time.monotonic() + rules.seconds))
        except ArticleError as error:
            outcome.append(error)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(rules.seconds + 1)
    if not outcome:
        raise _too_slow(address, rules)
    if isinstance(outcome[0], ArticleError):
        raise outcome[0]
    return outcome[0]


def _follow(address: str, rules: Rules, deadline: float) -> Fetched:
    here = address
    for _ in range(MOST_REDIRECTS + 1):
        answer = _one(here, rules, deadline)
        if isinstance(answer, Fetched):
            return answer
        here = urljoin(here, answer)
    raise ArticleError(f"{address} redirects more than {MOST_REDIRECTS} times.", _HINT)


def _one(address: str, rules: Rules, deadline: float) -> Fetched | str:
    """The document at `address`, or the address that it redirects to."""
    url, host, pinned = _pinned(address, rules)
    timeout = httpx.Timeout(max(0.1, deadline - time.monotonic()), connect=_CONNECT_SECONDS)
    try:
        # No proxy of the environment: it would connect where nothing was checked.
        with (
            httpx.Client(trust_env=False, timeout=timeout) as client,
            client.stream(
                "GET",
                url.copy_with(host=pinned),
                headers=_HEADERS | {"Host": url.netloc.decode("ascii")},
                extensions={"sni_hostname": host},
            ) as answer,
        ):
            if answer.is_redirect:
                return answer.headers["location"]
            if answer.status_code != httpx.codes.OK:
                raise ArticleError(
                    f"{address} answers {answer.status_code} {answer.reason_phrase}.",
                    "Check the address in a browser.",
                )
            return Fetched(_body(answer, address, rules, deadline), answer.headers.get("content-type", ""))
    except httpx.TimeoutException as error:
        raise _too_slow(address, rules) from error
    except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, zlib.error) as error:
        raise ArticleError(
            f"{address} cannot be fetched: {str(error) or type(error).__name__}.", _HINT
        ) from error


def _pinned(address: str, rules: Rules) -> tuple[httpx.URL, str, str]:
    """The address taken apart, its host, and the checked address to connect to."""
    try:
        url = httpx.URL(address)
    except (httpx.InvalidURL, ValueError) as error:
        raise ArticleError(f"{address} is no address.", "Give one that begins with https://.") from error
    port = url.port or _PORTS.get(url.scheme, 0)
    if url.scheme not in _PORTS or not url.host or port > _LAST_PORT:
        raise ArticleError(f"{address} is no http(s) address.", "Give one that begins with https://.")
    if url.userinfo:
        raise ArticleError("The address holds a user name or password.", "Give it without them.")
    host = url.raw_host.decode("ascii")
    try:
        found = [ipaddress.ip_address(one.split("%")[0]) for one in rules.resolve(host.strip("[]"), port)]
    except (OSError, UnicodeError, ValueError) as error:
        raise ArticleError(
            f"The host {url.host} cannot be found.", "Check the address and the connection."
        ) from error
    forbidden = [one for one in found if not rules.allowed(one)]
    if forbidden or not found:
        raise ArticleError(
            f"{url.host} is not a public address ({', '.join(map(str, forbidden)) or 'none'}): it is not fetched.",
            _HINT,
        )
    return url, host, str(found[0])


def _body(answer: httpx.Response, address: str, rules: Rules, deadline: float) -> bytes:
    """The document's bytes, counted after expansion."""
    encoding = answer.headers.get("content-encoding", "identity").strip().lower()
    if encoding not in {"identity", "", "gzip", "x-gzip"}:
        raise ArticleError(f"{address} comes packed as {encoding}, which was not asked for.", _HINT)
    unpack = zlib.decompressobj(wbits=31) if "gzip" in encoding else None
    parts: list[bytes] = []
    size = 0
    for raw in answer.iter_raw(65_536):
        part = unpack.decompress(raw, rules.most_bytes + 1 - size) if unpack is not None else raw
        size += len(part)
        if size > rules.most_bytes:
            raise ArticleError(f"{address} is larger than {rules.most_bytes / 2**20:.0f} MB.", _HINT)
        if time.monotonic() > deadline:
            raise _too_slow(address, rules)
        parts.append(part)
    return b"".join(parts)


def _too_slow(address: str, rules: Rules) -> ArticleError:
    return ArticleError(f"{address} took longer than {rules.seconds:.0f} s.", _HINT)
