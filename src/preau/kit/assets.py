"""Builds what browsers need from installed wheels: the icon sprite, subset fonts, htmx; and catalogues of words.

No third-party browser code lies in the repository (house law 7): it is made at set-up, into `BUILD_ROOT/assets`.
"""

import hashlib
import re
import shutil
from importlib import metadata, resources
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree
from zipfile import ZipFile

from django.apps import apps
from django.conf import settings
from django.core.management import call_command

from preau.kit.pages import mark
from preau.kit.paper import figures
from preau.kit.paper.figures import plain_font
from preau.kit.serving import sheets
from preau.kit.spoken import catalogues

SVG = "{http://www.w3.org/2000/svg}"
WHEELS = ("lucide", "fontpkg-atkinson-hyperlegible", "fontpkg-lexend", "fonttools", "django-htmx", "whitenoise")
FONTS = {"Regular": "atkinson-regular.woff2", "Bold": "atkinson-bold.woff2"}
LEXEND = {400: "lexend-regular.woff2", 700: "lexend-bold.woff2"}  # of an « affichage aménagé » (kit/arranged.css)
# Of pupils' pages, where the machine has them (Debian: fonts-sil-andika, fonts-opendyslexic; both OFL-1.1): the letters
# that one learns to write with, and some that a pupil may like better. Nothing is missing without.
SYSTEM_FONTS = Path("/usr/share/fonts")
LETTERS = {"andika": "truetype/andika/Andika-{}.ttf", "opendyslexic": "opentype/opendyslexic/OpenDyslexic-{}.otf"}
FAMILIES = {"andika": ("Andika", "[data-skin]"), "opendyslexic": ("OpenDyslexic", '[data-font="opendyslexic"]')}
LETTERS_SHEET = """\
@font-face {{ font-family: "{0}"; font-weight: 100 599; font-display: swap;
  src: url("{1}-regular.woff2"); }}
@font-face {{ font-family: "{0}"; font-weight: 600 900; font-display: swap;
  src: url("{1}-bold.woff2"); }}
@layer modes {{ {2} {{ --font: "{0}", "Atkinson Hyperlegible", sans-serif; }} }}
"""
# Latin letters of French and its neighbours' names, punctuation, spaces, figures and the signs screens use.
SIGNS = "U+0020-007E,U+00A0-017F,U+0218-021B,U+2009,U+200B,U+2010-2015,U+2018-201E,U+2022,U+2026,U+202F,U+2030,"
SIGNS += "U+2039-203A,U+20AC,U+2122,U+2190-2193,U+2212,U+2248,U+2260,U+2264-2265"
ICON_IN_TEMPLATE = re.compile(r"""\{%\s*icon\s+["']([a-z0-9-]+)["']""")
ICON_IN_CODE = re.compile(r"""\bicon[=(]["']([a-z0-9-]+)["']""")
SPRITE_LIMIT = 40 * 1024


def build(only_if_stale=False) -> list[str]:
    """Makes the assets and, where files are served under hashed names, collects them. Returns the names made."""
    target = settings.BUILD_ROOT / "assets"
    stamp = settings.BUILD_ROOT / "assets.stamp"
    state = inputs_digest()
    if only_if_stale and stamp.exists() and stamp.read_text() == state:
        return []
    target.mkdir(parents=True, exist_ok=True)
    made = [
        write_sprite(target),
        *write_fonts(target / "fonts"),
        *mark.write_icons(target / "icons"),
        copy_htmx(target),
    ]
    made += catalogues.build()
    if is_collected():
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        made.append("static")
    stamp.write_text(state)
    return made


def is_collected() -> bool:
    """Whether static files are served from STATIC_ROOT under hashed names (every setting but the tests')."""
    return "Manifest" in settings.STORAGES["staticfiles"]["BACKEND"]


def inputs_digest() -> str:
    """A digest of all that the build reads: wheels, the icons that are named, the rooms' own static files."""
    digest = hashlib.sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for wheel in WHEELS:
        digest.update(f"{wheel} {metadata.version(wheel)};".encode())
    digest.update(" ".join(icon_names()).encode())
    digest.update(" ".join(name for name in LETTERS if _system_font(name, "Regular").exists()).encode())
    for path in [
        Path(__file__),
        Path(figures.__file__),
        Path(mark.__file__),
        Path(sheets.__file__),
        *catalogues.sources().values(),
        *room_files("static/**/*"),
    ]:
        digest.update(str(path).encode() + path.read_bytes())
    return digest.hexdigest()


def room_files(pattern: str) -> list[Path]:
    """Files of our own rooms that match, in a stable order."""
    rooms = [Path(config.path) for config in apps.get_app_configs() if config.name.startswith("preau.")]
    return sorted(path for room in rooms for path in room.glob(pattern) if path.is_file())


def icon_names() -> list[str]:
    """The icons that templates (`{% icon "x" %}`) and code (`icon="x"`, `icon("x")`) name."""
    found = set()
    for path in room_files("templates/**/*"):
        found.update(ICON_IN_TEMPLATE.findall(path.read_text()))
    for path in room_files("**/*.py"):
        found.update(ICON_IN_CODE.findall(path.read_text()))
    return sorted(found)


def write_sprite(target: Path) -> str:
    """One SVG with a symbol per icon named. Raises ValueError for a name that Lucide has not."""
    ElementTree.register_namespace("", SVG[1:-1])
    sprite = ElementTree.Element(f"{SVG}svg")
    with resources.files("lucide").joinpath("lucide.zip").open("rb") as raw, ZipFile(raw) as pictures:
        for name in icon_names():
            if f"{name}.svg" not in pictures.namelist():
                raise ValueError(f"no icon named {name!r} in Lucide: choose another in the template that names it")
            drawing = ElementTree.fromstring(pictures.read(f"{name}.svg"))
            symbol = ElementTree.SubElement(sprite, f"{SVG}symbol", id=name, viewBox="0 0 24 24")
            for shape in drawing:
                shape.tail = None
                symbol.append(shape)
    path = target / "sprite.svg"
    path.write_bytes(ElementTree.tostring(sprite))
    if path.stat().st_size > SPRITE_LIMIT:
        raise ValueError(f"the sprite weighs {path.stat().st_size} bytes: name fewer icons")
    return path.name


def write_fonts(target: Path) -> list[str]:
    """Regular and bold, with a plain zero, and those that a pupil may read in instead: cut down to the signs of the
    screens, as WOFF2."""
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    target.mkdir(exist_ok=True)
    for weight, name in FONTS.items():
        _cut_down(plain_font(weight), target / name)
    source = resources.files("fontpkg_lexend").joinpath("files/Lexend[wght].ttf")
    for weight, name in LEXEND.items():
        with resources.as_file(source) as path, TemporaryDirectory() as folder:
            font = TTFont(path, recalcTimestamp=False)
            instantiateVariableFont(font, {"wght": weight}, inplace=True)
            font.save(f"{folder}/{weight}.ttf")
            _cut_down(f"{folder}/{weight}.ttf", target / name)
    return [*FONTS.values(), *LEXEND.values(), *_write_letters(target)]


def _write_letters(target):
    """Those of LETTERS that this machine has, each with the sheet that names it."""
    made = []
    for name in LETTERS:
        for weight in ("Regular", "Bold") if _system_font(name, "Regular").exists() else ():
            _cut_down(_system_font(name, weight), target / f"{name}-{weight.lower()}.woff2")
            made.append(f"{name}-{weight.lower()}.woff2")
        if made and made[-1].startswith(name):
            family, where = FAMILIES[name]
            (target / f"{name}.css").write_text(LETTERS_SHEET.format(family, name, where))
    return made


def _system_font(name, weight):
    return SYSTEM_FONTS / LETTERS[name].format(weight)


def _cut_down(source, target):
    from fontTools import subset

    subset.main(
        [
            str(source),
            f"--unicodes={SIGNS}",
            "--layout-features=kern,liga,tnum,lnum,mark,mkmk",
            "--flavor=woff2",
            "--no-hinting",
            "--drop-tables+=Silt,Silf,Glat,Gloc,Feat,Sill",
            "--desubroutinize",
            f"--output-file={target}",
        ]
    )


def copy_htmx(target: Path) -> str:
    """htmx 4 as the django-htmx wheel carries it."""
    source = resources.files("django_htmx").joinpath("static/django_htmx/htmx-4.min.js")
    with resources.as_file(source) as path:
        shutil.copyfile(path, target / "htmx.min.js")
    return "htmx.min.js"
