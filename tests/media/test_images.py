"""What a telephone sends, what is kept of it. Drawn in this process: tests/media/test_apart.py draws in another."""

import io
import json
import random
import shutil
import subprocess

import pytest
from PIL import Image

from preau.media import decoder, images
from tests.media import samples

pytestmark = pytest.mark.apart

REFUSED = list(samples.refused())
TRUNCATED = list(samples.truncated())
POLYGLOTS = list(samples.polyglots())


def opened(content):
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize("what, content, name", REFUSED, ids=[r[0] for r in REFUSED])
def test_what_is_no_photo_is_refused_with_a_sentence(what, content, name):
    with pytest.raises(images.NotAPicture) as refusal:
        images.draw_here(content, name)
    sentence = str(refusal.value)
    assert sentence.endswith(".")
    assert not any(word in sentence.lower() for word in ("erreur", "invalide", "veuillez", "obligatoire"))


@pytest.mark.parametrize("side", [7_000, 10_000, 20_000])  # beyond our own bound, Pillow's warning, its error
def test_a_picture_of_a_hundred_megapixels_is_told_what_to_do(side):
    with pytest.raises(images.NotAPicture, match="trop de points. Réduisez-la"):
        images.draw_here(samples.png_of(side, side), "a.png")


@pytest.mark.parametrize("what, content, name", TRUNCATED, ids=[t[0] for t in TRUNCATED])
def test_a_truncated_photo_is_refused(what, content, name):
    with pytest.raises(images.NotAPicture):
        images.draw_here(content, name)


@pytest.mark.parametrize("what, content, name, hidden", POLYGLOTS, ids=[p[0] for p in POLYGLOTS])
def test_only_the_picture_comes_out_of_a_polyglot(what, content, name, hidden):
    drawn = images.draw_here(content, name)
    for kept in (drawn.picture, drawn.thumbnail):
        assert opened(kept).format == "WEBP"
        assert hidden not in kept


def test_thousands_of_broken_bytes_are_refused_or_drawn_never_worse():
    """Flipped bytes anywhere in a file: a sentence or a clean picture, no other exception."""
    luck = random.Random(7)
    for kind, name in (("JPEG", "a.jpg"), ("PNG", "a.png"), ("WEBP", "a.webp")):
        whole = samples.encoded(samples.drawing((48, 32)), kind)
        for _ in range(120):
            broken = bytearray(whole)
            for _ in range(luck.randint(1, 6)):
                broken[luck.randrange(len(broken))] = luck.randrange(256)
            try:
                assert opened(images.draw_here(bytes(broken), name).picture).format == "WEBP"
            except images.NotAPicture:
                pass


@pytest.mark.parametrize("kind, name", [("JPEG", "a.jpg"), ("PNG", "a.png"), ("WEBP", "a.webp")])
def test_nothing_is_said_of_where_and_when(kind, name, tmp_path):
    content = samples.located(kind)
    assert samples.SECRET in content
    drawn = images.draw_here(content, name)
    for kept in (drawn.picture, drawn.thumbnail):
        image = opened(kept)
        image.load()
        assert not image.getexif() and set(image.info) <= {"loop", "background", "timestamp", "duration"}
        assert samples.SECRET not in kept and b"Canari" not in kept
        assert not any(tag in kept for tag in (b"EXIF", b"XMP ", b"ICCP"))
        _exiftool_is_silent(kept, tmp_path)


def _exiftool_is_silent(kept, folder):
    if not shutil.which("exiftool"):
        return
    path = folder / "kept.webp"
    path.write_bytes(kept)
    told = json.loads(subprocess.run(["exiftool", "-json", "-G", path], capture_output=True, text=True).stdout)[0]
    groups = {tag.split(":")[0] for tag in told if ":" in tag}
    assert groups <= {"ExifTool", "File", "RIFF", "Composite"}, told


@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_picture_stands_upright(orientation):
    """Whatever way the telephone was held, the red corner is back at the top left."""
    turn = {
        2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }  # fmt: skip
    stored = samples.drawing((320, 200))
    if orientation > 1:
        stored = stored.transpose(turn[orientation])
    drawn = images.draw_here(samples.encoded(stored, exif=samples.exif(orientation)), "a.jpg")
    image = opened(drawn.picture).convert("RGB")
    assert (drawn.width, drawn.height) == image.size == (320, 200)
    red, green, _ = image.getpixel((20, 20))
    assert red > 150 and green < 100
    assert min(image.getpixel((300, 190))) > 200


@pytest.mark.parametrize("mode, kind", [
    ("RGB", "JPEG"), ("L", "JPEG"), ("CMYK", "JPEG"), ("RGB", "PNG"), ("RGBA", "PNG"), ("L", "PNG"), ("LA", "PNG"),
    ("P", "PNG"), ("1", "PNG"), ("I;16", "PNG"), ("RGB", "WEBP"), ("RGBA", "WEBP"),
])  # fmt: skip
def test_every_way_of_writing_colours_is_read(mode, kind):
    image = samples.drawing().convert(mode) if mode != "I;16" else samples.drawing().convert("I").convert("I;16")
    drawn = images.draw_here(samples.encoded(image, kind), {"JPEG": "A.JPG", "PNG": "a.png", "WEBP": "a.webp"}[kind])
    assert opened(drawn.picture).convert("RGB").size == (640, 480)


@pytest.mark.long
def test_weights_are_kept_whatever_is_sent():
    drawn = images.draw_here(samples.encoded(samples.noise((2400, 1800)), quality=90), "a.jpg")
    assert len(drawn.picture) <= decoder.PICTURE_BYTES
    assert len(drawn.thumbnail) <= decoder.THUMBNAIL_BYTES
    assert max(opened(drawn.picture).size) <= decoder.PICTURE_SIDE


def test_a_large_photo_is_reduced_quickly():
    content = samples.encoded(samples.drawing((8000, 6000)), quality=80)
    drawn = images.draw_here(content, "a.jpeg")
    assert (drawn.width, drawn.height) == (1600, 1200)


def test_the_small_views_a_telephone_hides_are_left_out():
    """A JPEG with a second, hidden picture (MPO) gives its first one."""
    hidden = Image.new("RGB", (640, 480), "blue")
    content = samples.encoded(samples.drawing(), "MPO", save_all=True, append_images=[hidden])
    drawn = images.draw_here(content, "a.jpg")
    assert opened(drawn.picture).convert("RGB").getpixel((20, 20))[0] > 150
