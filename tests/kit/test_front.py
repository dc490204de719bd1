"""The front that reads bodies: what is slow, heavy or too large holds up no page."""

import asyncio
import socket
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.utils.translation import get_language

from preau.kit.bodies import ANYONE, KB, MB, REFUSED, seconds_for
from preau.kit.serving import front as serving
from preau.kit.serving.front import PAGES_CACHE, TIDY_EVERY, Front

FORM = (b"content-type", b"application/x-www-form-urlencoded")
FILES = (b"content-type", b"multipart/form-data; boundary=x")


class Pages:
    """A WSGI application that tells what reached it, and waits where it is told to."""

    def __init__(self):
        self.seen, self.may_end = [], threading.Event()

    def __call__(self, environ, start_response):
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        self.seen.append((environ["PATH_INFO"], len(body), environ.get(REFUSED)))
        if environ["PATH_INFO"] == "/lent/":
            self.may_end.wait(5)
        start_response("200 OK", [("Content-Type", "text/plain"), ("X-Told", environ.get("HTTP_X_TOLD", ""))])
        return [body]


class Visitor:
    """One request: its body comes in pieces, or never ends (`hangs`)."""

    def __init__(self, path="/", pieces=(), length=None, headers=(), hangs=False, leaves=False, every=0):
        pieces = list(pieces)
        if length is None and pieces:
            length = sum(map(len, pieces))
        if length:
            headers = [(b"content-length", str(length).encode()), *headers]
        self.scope = {
            "type": "http", "method": "POST" if length or pieces else "GET", "path": path, "query_string": b"",
            "http_version": "1.1", "headers": list(headers), "client": ("127.0.0.1", 1), "server": ("localhost", 80),
        }  # fmt: skip
        self.pieces, self.hangs, self.leaves, self.asked, self.sent = pieces, hangs, leaves, 0, []
        self.every = every

    async def receive(self):
        self.asked += 1
        if self.pieces:
            await asyncio.sleep(self.every)
            piece = self.pieces.pop(0)
            return {"type": "http.request", "body": piece, "more_body": bool(self.pieces or self.hangs or self.leaves)}
        if self.hangs:
            await asyncio.sleep(3600)
        return {"type": "http.disconnect"}

    async def send(self, message):
        self.sent.append(message)

    @property
    def body(self):
        return b"".join(message.get("body", b"") for message in self.sent)

    async def visit(self, front):
        await front(self.scope, self.receive, self.send)
        return self


def ask(front, *visitors, among=()):
    """What `visitors` are answered within 3 s, in the presence of those that never end."""

    async def together():
        others = [asyncio.create_task(each.visit(front)) for each in among]
        await asyncio.sleep(0.05)
        try:
            return await asyncio.wait_for(asyncio.gather(*(each.visit(front) for each in visitors)), 3)
        finally:
            for other in others:
                other.cancel()

    with ThreadPoolExecutor(1) as pool:  # a browser test leaves a loop running in this thread
        return pool.submit(asyncio.run, together()).result()


@pytest.fixture
def pages():
    pages = Pages()
    yield pages
    pages.may_end.set()


@pytest.fixture
def front(pages):
    return Front(pages, allowed=lambda environ: 3 * ANYONE)


def test_fifty_bodies_that_never_end_hold_up_nobody(front, pages):
    slow = [Visitor("/entrer/", [b"a"], length=500, headers=[FORM], hangs=True) for _ in range(50)]
    ask(front, Visitor("/"), Visitor("/ecrire/", [b"b"], headers=[FORM]), among=slow)
    assert pages.seen == [("/", 0, None), ("/ecrire/", 1, None)]


def test_what_is_heavy_holds_up_its_own_kind_only(front, pages):
    """Acts that wait for a lock and pictures that are drawn: pages go on, and other acts beside the pictures."""
    files = [Visitor("/lent/", [b"photo"], headers=[FILES]) for _ in range(8)]
    ask(front, Visitor("/"), Visitor("/ecrire/", [b"b"], headers=[FORM]), among=files)
    assert [path for path, *_ in pages.seen] == ["/lent/", "/lent/", "/", "/ecrire/"]
    pages.may_end.clear()
    ask(front, Visitor("/autre/"), among=[Visitor("/lent/", [b"b"], headers=[FORM]) for _ in range(8)])
    assert ("/autre/", 0, None) in pages.seen


def test_beyond_what_a_pool_holds_one_is_told_at_once_and_others_go_on(front, pages):
    """Without a thread, and before its body is read; what is full is of one kind."""
    front.pages.most, front.acts.most = 3, 1
    waiting = [Visitor("/lent/") for _ in range(3)]
    page, act = ask(front, Visitor("/autre/"), Visitor("/ecrire/", [b"b"], headers=[FORM]), among=waiting)
    headers = dict(page.sent[0]["headers"])
    assert page.sent[0]["status"] == 503 and headers[b"retry-after"] == headers[b"refresh"] == b"10"
    assert "Trop de monde" in page.body.decode() and headers[b"cache-control"] == b"no-store"
    assert act.sent[0]["status"] == 200
    late, *_ = ask(
        front, Visitor("/publier/", [b"c"], headers=[FORM]), among=[Visitor("/lent/", [b"b"], headers=[FORM])]
    )
    assert late.sent[0]["status"] == 503 and late.asked == 0 and "Rien n’est parti" in late.body.decode()
    assert (b"connection", b"close") in late.sent[0]["headers"]
    pages.may_end.set()
    ask(front, Visitor("/lent/"))
    assert front.pages.held_count == front.acts.held_count == 0
    assert "/autre/" not in [path for path, *_ in pages.seen]


CROWD = {
    "ar": 'lang="ar" dir="rtl"', "en": "Too many visitors", "es": "Demasiadas visitas", "pt": "Demasiadas visitas",
    "tr": "çok fazla ziyaretçi", "uk": "Забагато відвідувачів", "fr": 'lang="fr" dir="ltr"', "xx": "Trop de monde",
}  # fmt: skip


@pytest.mark.parametrize("language", CROWD)
def test_it_is_told_in_the_language_that_the_device_keeps(front, language):
    front.pages.most = front.acts.most = 0
    device = (b"cookie", f"preau=1; preau-langue={language}".encode())
    page, act = ask(front, Visitor(headers=[device]), Visitor("/ecrire/", [b"b"], headers=[FORM, device]))
    for said in (page.body.decode(), act.body.decode()):
        assert CROWD[language] in said and ("Préau répond" in said) == (language in ("fr", "xx"))
    assert get_language() == "fr" and page.body != act.body


def test_large_bodies_fill_no_disk(front, pages, monkeypatch):
    """What they say they weigh is counted from their start to their answer; small forms still pass."""
    monkeypatch.setattr("preau.kit.serving.front.MOST_ON_DISK", 3 * ANYONE)
    large = Visitor("/publier/", [b"x"], length=2 * ANYONE, headers=[FILES], hangs=True)
    late, small = Visitor("/publier/", [b"x"], length=2 * ANYONE, headers=[FILES]), Visitor("/", [b"b"], headers=[FORM])
    ask(front, late, small, among=[large])
    assert sorted(pages.seen) == [("/", 1, None), ("/publier/", 0, 503)] and late.asked == 0
    ask(front, Visitor("/publier/", [b"x" * 2 * ANYONE], headers=[FILES]))
    assert pages.seen[-1] == ("/publier/", 2 * ANYONE, None) and front.on_disk == 0


def test_a_body_too_large_is_refused_before_any_of_it_is_read(front, pages):
    heavy = Visitor("/publier/", [b"x"], length=3 * ANYONE + 1, headers=[FILES])
    ask(front, heavy)
    assert heavy.asked == 0 and (b"connection", b"close") in heavy.sent[0]["headers"]
    assert pages.seen == [("/publier/", 0, 413)]


def test_nobody_is_asked_about_a_small_body(front, pages):
    front.allowed = None
    ask(front, Visitor("/ecrire/", [b"x" * ANYONE], headers=[FORM]))
    assert pages.seen == [("/ecrire/", ANYONE, None)]


def test_a_body_that_does_not_say_its_length_is_held_to_the_smallest(front, pages):
    piece = b"x" * (ANYONE // 2)
    endless = Visitor("/", [piece] * 9, length=0, headers=[(b"transfer-encoding", b"chunked")])
    ask(front, endless)
    assert endless.asked == 3
    assert pages.seen == [("/", 0, 413)]


def test_a_body_that_says_less_than_it_sends_is_refused_too(front, pages):
    ask(front, Visitor("/", [b"x" * ANYONE, b"x" * ANYONE], length=10))
    assert pages.seen == [("/", 0, 413)]


def test_a_large_body_arrives_whole(front, pages):
    sent = [bytes([number]) * ANYONE for number in (1, 2)]
    (answered,) = ask(front, Visitor("/publier/", sent, headers=[FILES]))
    assert answered.body == b"".join(sent)


def test_a_body_sent_a_byte_a_second_is_given_up(pages):
    front = Front(pages, seconds=0.1)
    ask(front, Visitor("/entrer/", [b"a"], length=500, hangs=True))
    assert pages.seen == [("/entrer/", 0, 408)]


def test_a_body_holds_a_mean_rate_and_ends_within_its_limit(pages, settings):
    """A text by any line, a photo of 5 MB in five minutes and a half, and no rate lasts for ever."""
    assert [round(seconds_for(size)) for size in (1, ANYONE, ANYONE + 160 * KB, 5 * MB)] == [0, 16, 26, 332]
    settings.BODY_SECONDS = 0.2
    ask(Front(pages, allowed=lambda environ: 64 * ANYONE), Visitor("/", [b"x" * ANYONE] * 30, every=0.02))
    assert pages.seen == [("/", 0, 408)]


def test_who_reads_nothing_of_an_answer_is_hung_up(pages, settings):
    settings.SILENT_SECONDS = 0.3
    with socket.create_server(("127.0.0.1", 0)) as listening, socket.socket() as silent:
        port = listening.getsockname()[1]
        silent.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        early = socket.create_connection(("127.0.0.1", port))
        with early, listening.accept()[0] as first:
            visitor = Visitor("/")
            visitor.scope["server"] = ("localhost", str(port))  # as granian says it
            ask(Front(pages), visitor)
            silent.connect(("127.0.0.1", port))
            with listening.accept()[0] as line:
                waits = [each.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) for each in (first, line)]
                assert waits == [300, 300]
                line.settimeout(5)
                with pytest.raises(TimeoutError, match="110"):  # the kernel's, not ours
                    while True:
                        line.sendall(bytes(1 << 20))


def test_a_sender_who_leaves_is_not_answered(front, pages):
    gone = Visitor("/entrer/", [b"a"], length=500, leaves=True)
    ask(front, gone)
    assert (pages.seen, gone.sent) == ([], [])


def test_a_header_does_not_pass_for_another(front):
    (answered,) = ask(front, Visitor("/", headers=[(b"x_told", b"forged")]))
    assert (b"x-told", b"") in answered.sent[0]["headers"]
    (answered,) = ask(front, Visitor("/", headers=[(b"x-told", b"said")]))
    assert (b"x-told", b"said") in answered.sent[0]["headers"]


def test_an_answer_in_pieces_is_closed_at_its_end(pages):
    class Pieces:
        streaming, closed = True, False

        def __iter__(self):
            return iter([b"un ", b"", b"deux"])

        def close(self):
            self.closed = True

    answer = Pieces()

    def stream(environ, start_response):
        start_response("200 OK", [])
        return answer

    (answered,) = ask(Front(stream), Visitor("/"))
    assert answered.body == b"un deux" and answer.closed
    assert len(answered.sent) == 3  # small pieces wait for a thread once, not each in its turn


SETTING = {
    "sqlite": "PRAGMA cache_size",
    "postgresql": "SELECT current_setting('plan_cache_mode') || current_setting('random_page_cost')",
}[connection.vendor]


def read_setting():
    try:
        with connection.cursor() as cursor:
            cursor.execute(SETTING)
            return cursor.fetchone()[0], getattr(connection.connection, "prepared_max", None)
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_threads_that_draw_pages_have_connections_of_their_own_kind(front):
    found = [pool.submit(read_setting).result() for pool in (front.pages, front.acts, front.files)]
    pages, other = {
        "sqlite": ((-PAGES_CACHE, None), -500),
        "postgresql": (("force_generic_plan1.1", 256), "auto4"),
    }[connection.vendor]
    assert found[0] == pages and [setting for setting, _ in found[1:]] == [other, other]


def test_what_was_freed_is_given_back_once_in_a_while(front, monkeypatch):
    given = []
    monkeypatch.setattr(serving, "give_back", lambda: given.append(front.answers_count))
    ask(front, *[Visitor() for _ in range(TIDY_EVERY + 1)])
    assert given == [TIDY_EVERY]
