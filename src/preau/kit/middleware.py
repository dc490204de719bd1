"""Headers that every answer carries, and pages compressed as they leave."""

import secrets

from django.conf import settings
from django.middleware.gzip import GZipMiddleware, re_accepts_gzip
from django.utils.cache import patch_vary_headers
from isal import isal_zlib

LEVEL, GZIP_FORMAT = 2, 31  # of isal_zlib: from 0 to 3; its `wbits`
SHORTEST = 200  # bytes, Django's: less is not worth it
HAS_NAME = 8  # the flag of the header (RFC 1952)


def content_policy():
    """CSP: nothing from elsewhere but the files' own origin (house law 7; trust.md statement 45)."""
    files = f" {settings.FILES_ORIGIN}" if settings.FILES_ORIGIN else ""
    return (
        f"default-src 'self'; img-src 'self' data: blob:{files}; media-src 'self' blob:{files}; object-src 'none'; "
        "base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
    )


class SecurityHeaders:
    """CSP, no sniffing, no referrer outside, no frame; signed-in pages are never stored."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.policy = content_policy()

    def __call__(self, request):
        response = self.get_response(request)
        headers = response.headers
        headers.setdefault("Content-Security-Policy", self.policy)
        headers.setdefault("X-Content-Type-Options", "nosniff")
        headers.setdefault("Referrer-Policy", "same-origin")
        headers.setdefault("X-Frame-Options", "DENY")
        headers.setdefault("Permissions-Policy", "camera=(self), microphone=(self), geolocation=()")
        if settings.SECURE_HSTS_SECONDS:
            headers.setdefault("Strict-Transport-Security", f"max-age={settings.SECURE_HSTS_SECONDS}")
        if getattr(request, "_person_read", False):
            headers.setdefault("Cache-Control", "no-store")
        return response


class CompressedPages(GZipMiddleware):
    """GZipMiddleware of Django, which still answers for what is streamed or short, and for who reads no gzip. ISA-L's
    level 2 takes a quarter of the time of zlib's 6, for a twentieth more bytes (docs/decisions/0028)."""

    def process_response(self, request, response):
        accepts = re_accepts_gzip.search(request.META.get("HTTP_ACCEPT_ENCODING", ""))
        is_page = not response.streaming and len(response.content) >= SHORTEST
        if not accepts or not is_page or response.has_header("Content-Encoding"):
            return super().process_response(request, response)
        patch_vary_headers(response, ("Accept-Encoding",))
        compressed = self._compressed(response.content)
        if len(compressed) >= len(response.content):
            return response
        response.content = compressed
        response.headers["Content-Length"] = str(len(response.content))
        response.headers["Content-Encoding"] = "gzip"
        if (tag := response.get("ETag", "")).startswith('"'):  # weak from here on (RFC 9110 §8.8.1)
            response.headers["ETag"] = "W/" + tag
        return response

    def _compressed(self, content):
        """With a name of random length, as Django's: the size of a page tells nothing of a secret in it (BREACH)."""
        found = isal_zlib.compress(content, LEVEL, GZIP_FORMAT)
        name = b"a" * secrets.randbelow(self.max_random_bytes) + b"\0"
        return b"".join((found[:3], bytes((HAS_NAME,)), found[4:10], name, found[10:]))
