"""A page leaves compressed for who reads gzip, as Django's own middleware would send it."""

import gzip
import os

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.middleware.gzip import GZipMiddleware
from django.test import RequestFactory

from preau.kit.middleware import CompressedPages

PAGE = ("Bonjour la maîtresse. " * 400).encode()
CASES = {
    "a page": lambda: HttpResponse(PAGE, headers={"ETag": '"one"'}),
    "a short one": lambda: HttpResponse(b"Oui"),
    "already compressed": lambda: HttpResponse(PAGE, headers={"Content-Encoding": "br"}),
    "no shorter once compressed": lambda: HttpResponse(os.urandom(3000)),
    "a stream": lambda: StreamingHttpResponse(iter([PAGE, PAGE])),
}


def sent(middleware, answer, accepts="gzip, br"):
    request = RequestFactory().get("/", headers={"Accept-Encoding": accepts})
    return middleware(lambda request: answer)(request)


def content(answer):
    found = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return gzip.decompress(found) if answer.headers.get("Content-Encoding") == "gzip" else found


@pytest.mark.parametrize("accepts", ["gzip, br", "br", ""])
@pytest.mark.parametrize("case", CASES)
def test_it_is_sent_as_django_sends_it(case, accepts, monkeypatch):
    given = {name: make() for name, make in CASES.items()}[case]
    body = b"".join(given.streaming_content) if given.streaming else given.content
    copies = [
        StreamingHttpResponse(iter([body])) if given.streaming else HttpResponse(body, headers=dict(given.headers))
        for _ in range(2)
    ]
    ours, theirs = sent(CompressedPages, copies[0], accepts), sent(GZipMiddleware, copies[1], accepts)
    assert content(ours) == content(theirs) == body
    length = ours.headers.get("Content-Length")
    assert length is None or int(length) == len(ours.content)
    mine, its = ({**one.headers, "Content-Length": "Content-Length" in one.headers} for one in (ours, theirs))
    assert mine == its


def test_its_size_tells_nothing_of_what_it_holds():
    sizes = {len(sent(CompressedPages, HttpResponse(PAGE)).content) for _ in range(40)}
    assert len(sizes) > 10 and max(sizes) < len(PAGE) / 10
