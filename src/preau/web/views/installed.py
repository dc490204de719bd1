"""/manifest.webmanifest: what a telephone keeps of Préau on its first screen (W3C, Web Application Manifest)."""

from django.http import JsonResponse
from django.templatetags.static import static
from django.urls import reverse

from preau.kit.pages.mark import ICONS, PAPER, SLATE
from preau.kit.views import public

KEPT = {"Cache-Control": "public, max-age=3600"}  # a release may change the names of its icons


@public()
def manifest(request):
    """The same for everyone; it opens on « Aujourd’hui », which is a family's home."""
    said = {
        "id": "/",
        "name": "Préau, l’école et les familles",
        "short_name": "Préau",
        "description": "Les mots à signer et la vie de la classe.",
        "lang": "fr",
        "dir": "ltr",
        "start_url": reverse("today"),
        "scope": "/",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": SLATE,
        "icons": [_icon(name, size) for name, (size, _) in ICONS.items()],
    }
    return JsonResponse(said, content_type="application/manifest+json", headers=KEPT)


def _icon(name, size):
    purpose = "maskable" if "mask" in name else "any"
    return {"src": static(f"icons/{name}"), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
