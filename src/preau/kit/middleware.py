"""Headers that every answer carries."""

from django.conf import settings


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
