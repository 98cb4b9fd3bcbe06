"""Addresses are fetched from public places only, within limits of size and time."""

import gzip
import ipaddress
import socket
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from agents.article import web
from agents.article.read import read_article
from agents.errors import ArticleError

PAGE = b"<html><body><p>Bonjour</p></body></html>"
Answer = Callable[[BaseHTTPRequestHandler], None]


def page(handler: BaseHTTPRequestHandler) -> None:
    send(handler, 200, PAGE, {"Content-Type": "text/html; charset=utf-8"})


def missing(handler: BaseHTTPRequestHandler) -> None:
    send(handler, 404, b"", {})


def send(handler: BaseHTTPRequestHandler, code: int, body: bytes, headers: dict[str, str]) -> None:
    handler.send_response(code)
    for name, value in headers.items():
        handler.send_header(name, value)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


class Server:
    """A server on this machine that answers each path as it is told, and remembers who asked for what."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {"/": page}
        self.asked: list[tuple[str, str]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.asked.append((self.headers["Host"], self.path))
                outer.answers.get(self.path, missing)(self)

            def log_message(self, *_: object) -> None:
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        self.port = self.http.server_address[1]


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    thread = threading.Thread(target=made.http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield made
    made.http.shutdown()
    made.http.server_close()


def rules(**names: str) -> web.Rules:
    """Rules under which this machine counts as public and other addresses as themselves."""
    known = {"site.test": "127.0.0.1"} | {name.replace("_", "."): address for name, address in names.items()}

    def resolve(host: str, port: int) -> list[str]:
        if host not in known:
            raise socket.gaierror("unknown")
        return known[host].split(",")

    def allowed(address: web.Address) -> bool:
        return address == ipaddress.ip_address("127.0.0.1") or web.is_public(address)

    return web.Rules(resolve, allowed, most_bytes=10_000, seconds=2)


def fetch(server: Server, path: str = "/", host: str = "site.test", **names: str) -> web.Fetched:
    return web.fetch(f"http://{host}:{server.port}{path}", rules(**names))


class TestFetch:
    def test_gets_the_document(self, server: Server) -> None:
        """The bytes and their type come back; the server is asked by its name."""
        assert (PAGE, "text/html; charset=utf-8") == fetch(server)
        assert [(f"site.test:{server.port}", "/")] == server.asked

    def test_unpacks_what_is_packed(self, server: Server) -> None:
        """A packed answer is unpacked."""
        server.answers["/"] = lambda one: send(one, 200, gzip.compress(PAGE), {"Content-Encoding": "gzip"})
        assert PAGE == fetch(server).data

    def test_follows_redirects(self, server: Server) -> None:
        """A redirect is followed, relative ones too."""
        server.answers["/old"] = lambda one: send(one, 302, b"", {"Location": "/"})
        assert PAGE == fetch(server, "/old").data

    @pytest.mark.parametrize(
        "target",
        [
            "http://inner.test/",
            "http://169.254.169.254/latest",
            "http://[::1]/",
            "file:///etc/passwd",
            "gopher://site.test/",
        ],
    )
    def test_checks_every_redirect(self, server: Server, target: str) -> None:
        """A redirect to a private address or another protocol is refused."""
        server.answers["/old"] = lambda one: send(one, 302, b"", {"Location": target})
        literal = {"169_254_169_254": "169.254.169.254", "::1": "::1"}
        with pytest.raises(ArticleError, match=r"not a public address|no http"):
            fetch(server, "/old", inner_test="10.0.0.7", **literal)

    def test_gives_up_on_rings(self, server: Server) -> None:
        """Redirects without end are given up."""
        server.answers["/"] = lambda one: send(one, 301, b"", {"Location": "/"})
        with pytest.raises(ArticleError, match="redirects more than"):
            fetch(server)

    def test_refuses_a_name_with_any_private_address(self, server: Server) -> None:
        """One private address among several is enough to refuse a name."""
        with pytest.raises(ArticleError, match="not a public address"):
            fetch(server, site_test="127.0.0.1,192.168.1.1")
        assert [] == server.asked

    def test_connects_to_the_address_that_was_checked(self, server: Server) -> None:
        """A name is resolved once: a second answer of the resolver cannot lead elsewhere."""
        answers = iter([["127.0.0.1"], ["10.0.0.1"]])
        once = rules()._replace(resolve=lambda _host, _port: next(answers))
        assert PAGE == web.fetch(f"http://site.test:{server.port}/", once).data
        assert ["10.0.0.1"] == next(answers)

    def test_limits_the_size(self, server: Server) -> None:
        """Too large a document is refused, when it says so and when it does not."""
        server.answers["/"] = lambda one: send(one, 200, b"x" * 20_000, {})
        server.answers["/packed"] = lambda one: send(
            one, 200, gzip.compress(b"x" * 10**7), {"Content-Encoding": "gzip"}
        )
        for path in ("/", "/packed"):
            with pytest.raises(ArticleError, match="larger than"):
                fetch(server, path)

    def test_limits_the_time(self, server: Server) -> None:
        """A server that drips for ever is given up."""
        done = threading.Event()

        def drip(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response(200)
            handler.end_headers()
            while not done.wait(0.02):
                handler.wfile.write(b"x")

        server.answers["/"] = drip
        quick = rules()._replace(seconds=0.3)
        with pytest.raises(ArticleError, match="took longer"):
            web.fetch(f"http://site.test:{server.port}/", quick)
        done.set()

    def test_says_what_the_server_said(self, server: Server) -> None:
        """A missing page is told with its code."""
        with pytest.raises(ArticleError, match="404"):
            fetch(server, "/missing")

    @pytest.mark.parametrize(
        "address, said",
        [
            ("http://", "no http"),
            ("ftp://site.test/", "no http"),
            ("http://user:pass@site.test/", "user name or password"),
            ("http://unknown.test/", "cannot be found"),
            ("http://site.test:99999/", "no http"),
        ],
    )
    def test_refuses_odd_addresses(self, address: str, said: str) -> None:
        """What is no plain http(s) address of a known host is refused with a reason."""
        with pytest.raises(ArticleError, match=said):
            web.fetch(address, rules())


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.0.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1", "::1", "::",
     "fc00::1", "fe80::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1", "255.255.255.255"],
)  # fmt: skip
def test_private_addresses_are_not_public(address: str) -> None:
    """Loopback, private, link-local, shared, multicast and reserved addresses are refused, hidden ones too."""
    assert not web.is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "address",
    ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "::ffff:93.184.216.34", "64:ff9b::5db8:d822"],
)
def test_public_addresses_are(address: str) -> None:
    """Addresses of the public internet may be fetched from."""
    assert web.is_public(ipaddress.ip_address(address))


def test_reading_an_address_of_this_machine_is_refused(server: Server) -> None:
    """`read_article` fetches under the strict rules."""
    with pytest.raises(ArticleError, match="not a public address"):
        read_article(f"http://127.0.0.1:{server.port}/")
    assert [] == server.asked
