"""A story folder made of a few literal files, and a web site on this machine."""

import threading
from collections.abc import Callable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from helpers import story

TOML = """title = "The ferry"
timezone = "{zone}"

[articles]
files = {globs}
{more}
"""


@pytest.fixture
def make(tmp_path):
    """Write files (name: text or bytes) into a story's folder and load the story."""

    def made(files, globs='["articles/*"]', zone="UTC", more=""):
        files = {"story.toml": TOML.format(globs=globs, zone=zone, more=more)} | files
        for name, content in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        return story.load(tmp_path)

    return made


# The web -----------------------------------------------------------------------------------------------------

Answer = tuple[int, dict[str, str], bytes] | bytes | str | Callable[[BaseHTTPRequestHandler], None]

PARAGRAPHS = (
    "The harbour office of Arnholm said on Monday that the ferry would stop running at the end of the week.",
    "“We will not send a boat out that we would not board ourselves,” the harbour master, Ida Varro, told reporters.",
    "A spokesman for the county said it had not been told, and that it expected a timetable before Friday.",
)


@pytest.fixture
def page():
    """Write the source of an article's page."""

    def written(title="The ferry stops", *paragraphs, outlet="The Quay", day="2025-03-04"):
        body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs or PARAGRAPHS)
        return (
            f'<!doctype html><html lang="en"><head><title>{title}</title><meta property="og:title" content="{title}">'
            f'<meta property="og:site_name" content="{outlet}">'
            f'<meta property="article:published_time" content="{day}T09:30:00Z"></head>'
            f"<body><article><h1>{title}</h1>{body}</article></body></html>"
        )

    return written


class Site:
    """The answers by path, which a test may change while the site is up; the paths asked for, in order."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer | list[Answer]] = {}  # of a list, each answer is given once, but for the last
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.url = ""

    def __setitem__(self, path: str, answer: Answer | list[Answer]) -> None:
        self.answers[path] = answer

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        self.asked.append(handler.path)
        self.headers.append({name.lower(): value for name, value in handler.headers.items()})
        given = self.answers.get(handler.path, (404, {}, b"nothing here"))
        if isinstance(given, list):
            given = given.pop(0) if len(given) > 1 else given[0]
        if callable(given):
            given(handler)
            return
        given = given.encode() if isinstance(given, str) else given
        status, headers, body = given if isinstance(given, tuple) else (200, {}, given)
        body = body.replace(b"{url}", self.url.encode())
        handler.send_response(status)
        headers = {"Content-Type": "text/html", "Content-Length": str(len(body))} | headers
        for name, value in headers.items():
            handler.send_header(name, value.replace("{url}", self.url))
        handler.end_headers()
        handler.wfile.write(body)


@pytest.fixture
def site():
    """Serve a site on a free port of the loopback interface."""
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self.close_connection = True
            with suppress(BrokenPipeError, ConnectionResetError):  # the reader has had enough
                site.answer(self)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
