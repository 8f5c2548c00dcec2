"""Fetching over the loopback interface: politeness, limits, and servers that misbehave."""

import gzip
import threading
import zlib
from datetime import UTC, datetime

import pytest

from helpers.read.add import network
from helpers.read.add.fetch import Limits, Unreachable, Web

NOON = datetime(2025, 3, 4, 12, tzinfo=UTC)


class Clock:
    """A clock that only waiting moves on."""

    def __init__(self):
        self.time, self.slept = 0.0, []

    def __call__(self):
        return self.time

    def sleep(self, seconds):
        self.slept.append(round(seconds, 3))
        self.time += seconds


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def web(clock):
    return Web(Limits(pause=2), allow_local=True, clock=clock, sleep=clock.sleep, now=lambda: NOON)


def refused(web, address):
    with pytest.raises(Unreachable) as error:
        web.get(address)
    return str(error.value)


def test_an_answer_with_what_its_server_says_of_it(site, web):
    headers = {
        "Content-Type": "text/html; charset=cp1251",
        "ETag": '"7"',
        "Last-Modified": "Tue, 04 Mar 2025 09:00:00 GMT",
    }
    site["/a"] = (200, headers, b"page")
    answer = web.get(site.url + "/a")
    assert (answer.raw, answer.address, answer.type) == (b"page", site.url + "/a", "text/html; charset=cp1251")
    assert (answer.etag, answer.modified) == ('"7"', "Tue, 04 Mar 2025 09:00:00 GMT")
    assert answer.at == "2025-03-04T12:00:00.000+00:00"


def test_what_has_not_changed_is_not_sent_again(site, web):
    site["/a"] = (304, {}, b"")
    answer = web.get(site.url + "/a", '"7"', "Tue, 04 Mar 2025 09:00:00 GMT")
    assert answer.raw is None
    assert site.headers[-1]["if-none-match"] == '"7"'
    assert site.headers[-1]["if-modified-since"] == "Tue, 04 Mar 2025 09:00:00 GMT"


def test_one_request_at_a_time_with_a_pause_between(site, web, clock):
    site["/a"] = site["/b"] = b"x"
    web.get(site.url + "/a")
    web.get(site.url + "/b")
    assert (site.asked, clock.slept) == (["/robots.txt", "/a", "/b"], [2, 2])


def test_robots_txt_may_ask_for_a_longer_pause_and_forbid(site, web, clock):
    site["/robots.txt"] = b"User-agent: *\nCrawl-delay: 9\nDisallow: /private/*.html\nAllow: /private/open.html\n"
    site["/a"] = site["/b"] = site["/private/open.html"] = b"x"
    web.get(site.url + "/a")
    web.get(site.url + "/b")
    assert clock.slept == [2, 9]
    assert refused(web, site.url + "/private/x.html") == (
        "is closed to programs by its robots.txt. Save it in a browser, and add the file."
    )
    assert web.get(site.url + "/private/open.html").raw == b"x"


def test_robots_txt_addresses_us_by_name(site, web):
    site["/robots.txt"] = b"User-agent: *\nDisallow:\n\nUser-agent: OnTheRecord\nDisallow: /\n"
    assert refused(web, site.url + "/a").startswith("is closed to programs")


def test_a_robots_txt_that_cannot_be_had_forbids_everything(site, web):
    site["/robots.txt"] = (500, {}, b"")
    assert refused(web, site.url + "/a") == "is on a host whose robots.txt cannot be had. Try again later."


def test_redirects_are_followed_and_each_is_checked(site, web):
    site["/robots.txt"] = b"User-agent: *\nDisallow: /closed"
    site["/old"] = (301, {"Location": "/new"}, b"")
    site["/new"] = (302, {"Location": "{url}/newest"}, b"")
    site["/newest"] = b"x"
    assert web.get(site.url + "/old").address == site.url + "/newest"
    site["/trap"] = (307, {"Location": "/closed/x"}, b"")
    assert refused(web, site.url + "/trap").startswith("is closed to programs")
    site["/out"] = (302, {"Location": "file:///etc/passwd"}, b"")
    assert refused(web, site.url + "/out") == "is no address of the web. Write one that begins with https://."


def test_redirects_that_lead_in_a_circle(site, web):
    site["/a"], site["/b"] = (302, {"Location": "/b"}, b""), (302, {"Location": "/a"}, b"")
    assert refused(web, site.url + "/a") == (
        "leads from address to address, more than 10 times. Open it in a browser to see why."
    )


@pytest.mark.parametrize("after", ["30", "Tue, 04 Mar 2025 12:00:30 GMT"])
def test_a_busy_server_is_asked_again_when_it_says(site, web, clock, after):
    site["/a"] = [(429, {"Retry-After": after}, b""), (503, {"Retry-After": "5"}, b""), b"x"]
    assert web.get(site.url + "/a").raw == b"x"
    assert (site.asked, clock.slept) == (["/robots.txt", "/a", "/a", "/a"], [2, 30, 5])


def test_a_server_that_is_busy_for_long_is_left_alone(site, web, clock):
    site["/a"], site["/b"] = (429, {"Retry-After": "3600"}, b""), b"x"
    reason = "is on a host that asks us to wait. Run the same command again later; it goes on from here."
    assert [refused(web, site.url + path) for path in ("/a", "/b")] == [reason, reason]
    assert (site.asked, clock.slept) == (["/robots.txt", "/a"], [2])


PACKED = gzip.compress(b"page", mtime=0)  # a time of its own would give each test process other names of tests
BROKEN = "broke off before its end. Run the same command again; it goes on from here."


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ((404, {}, b""), "is not there (HTTP 404). Save it in a browser, if you can see it there, and add the file."),
        ((503, {}, b""), "gave no page (HTTP 503). Save it in a browser, if you can see it there, and add the file."),
        ((200, {"Content-Type": "video/mp4"}, b"x"), "is video/mp4, no article. Name the page that it belongs to."),
        ((200, {"Content-Length": "900"}, b"x"), BROKEN),
        (
            (200, {"Content-Encoding": "gzip"}, b"no gzip"),
            "is packed in a way that cannot be unpacked. Save it in a browser, and add the file.",
        ),
        ((200, {"Content-Encoding": "deflate"}, b"no zlib"), "is packed in a way that cannot be unpacked. Save it in a browser, and add the file."),
        ((200, {"Content-Encoding": "gzip"}, PACKED[:-9]), BROKEN),  # its length is right, but it was cut before it was sent
        ((200, {"Content-Encoding": "gzip"}, PACKED + PACKED[:-2]), BROKEN),
    ],
)  # fmt: skip
def test_an_answer_that_cannot_be_used(site, web, answer, reason):
    site["/a"] = answer
    assert refused(web, site.url + "/a") == reason


@pytest.mark.parametrize(
    ("packed", "page"),
    [(PACKED, b"page"), (PACKED + PACKED, b"pagepage"), (PACKED + bytes(20), b"page"), (b"", b"")],
    ids=["one member", "two members", "padded", "empty"],
)
def test_a_packed_answer_is_unpacked(site, web, packed, page):
    site["/a"] = (200, {"Content-Encoding": "gzip"}, packed)
    assert web.get(site.url + "/a").raw == page


def test_an_answer_in_chunks_that_stops_between_two(site, web):
    def stopping(handler):
        handler.send_response(200)
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        handler.wfile.write(b"4\r\npage\r\n")

    site["/a"] = stopping
    assert refused(web, site.url + "/a") == BROKEN


LONG = "is longer than 1 MB. Save it in a browser if you trust it, and add the file."


def test_a_bomb_is_not_unpacked_past_the_limit(site, web):
    packer = zlib.compressobj(9, wbits=31)
    bomb = b"".join([packer.compress(bytes(1_000_000)) for _ in range(50)] + [packer.flush()])
    site["/a"] = (200, {"Content-Encoding": "gzip"}, bomb)
    web._limits = Limits(megabytes=1)
    assert refused(web, site.url + "/a") == LONG


def test_a_page_without_end_is_cut_off(site, web):
    def endless(handler):
        handler.send_response(200)
        handler.end_headers()
        while True:
            handler.wfile.write(bytes(10_000))

    site["/a"] = endless
    web._limits = Limits(megabytes=1)
    assert refused(web, site.url + "/a") == LONG


@pytest.mark.parametrize("start", [b"HTTP/1.1 200 OK\r\n\r\n", b"HTTP/1.1 200 OK\r\nServer: "])
def test_an_answer_that_comes_in_drops_is_cut_off(site, clock, start):
    """Each drop of it, or of its header, comes in time, and the whole never."""
    web, drops, pace = Web(Limits(seconds=0.5), True, clock, clock.sleep), [], threading.Event()
    web._robots[site.url] = None

    def dripping(handler):
        handler.wfile.write(start)
        for drop in [b"."] * 1_000:
            handler.wfile.write(drop)
            drops.append(drop)
            pace.wait(0.01)

    site["/a"] = dripping
    assert refused(web, site.url + "/a") == "took longer than 0.5 seconds. Try again later."
    assert len(drops) < 1_000


def test_a_host_that_is_not_there_is_asked_once(web):
    reason = "is on a host that cannot be reached. Check address and network, then run the command again."
    assert [refused(web, f"http://127.0.0.1:1/{path}") for path in "ab"] == [reason, reason]


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("ftp://post.example/a", "is no address of the web. Write one that begins with https://."),
        ("https:///a", "is no address of the web. Write one that begins with https://."),
        ("http://[::1", "is no address of the web. Write one that begins with https://."),
        ("http://a:b@127.0.0.1/a", "holds a name or a password. Take them out: what is kept says where it came from."),
    ],
)
def test_what_is_no_address(web, address, reason):
    assert refused(web, address) == reason


# The machine's own network -----------------------------------------------------------------------------------

LOCAL = "leads into this machine's own network. If that is what you want, say --allow-local."


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "10.0.0.8", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "[::1]",
     "[::ffff:127.0.0.1]", "[64:ff9b::7f00:1]", "[fe80::1]", "[fd00::1]", "2130706433", "0x7f.1"],
)  # fmt: skip
def test_addresses_into_the_machines_own_network_are_refused(host):
    assert refused(Web(), f"http://{host}/a") == LOCAL


@pytest.mark.parametrize(("ip", "public"), [("93.184.215.14", True), ("2606:2800:21f::1", True), ("2002:7f00:1::", False),
                                            ("224.0.0.1", False), ("not an address", False)])  # fmt: skip
def test_what_is_public(ip, public):
    assert network.is_public(ip) is public


def test_a_redirect_into_the_machines_own_network_is_refused(site, web, monkeypatch):
    """The first host is taken for a public one; the second is not."""
    site["/a"] = (302, {"Location": "http://localhost:1/b"}, b"")
    web._allow_local = False
    web._checked.add(site.url)
    assert refused(web, site.url + "/a") == LOCAL


def test_a_name_that_comes_to_mean_another_host_is_found_out_before_a_byte_is_sent(site, monkeypatch):
    """DNS rebinding: the name is public when it is checked, local when it is connected to."""
    monkeypatch.setattr(network, "check", lambda url: None)
    assert refused(Web(), site.url + "/a") == LOCAL
    assert site.asked == []
