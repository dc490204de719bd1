"""Pictures are drawn apart (tests/kit/test_apart.py): a bomb dies there, and who sends it reads a sentence."""

import io
import os
import subprocess
import sys

import pytest
from PIL import Image

from preau.ent.posts.forms import PostForm
from preau.ent.posts.models import Scope
from preau.media import decoder, images
from preau.places.models import Classroom
from tests.house.source import modules
from tests.media import samples

pytestmark = pytest.mark.apart


def encoded(image, kind, **more):
    out = io.BytesIO()
    image.save(out, kind, **more)
    return out.getvalue()


@pytest.fixture(scope="module")
def bomb():
    """100 KB that unfold into 40 million points: the header is within what is allowed, the memory is not."""
    content = encoded(Image.new("RGB", (8000, 5000), "red"), "WEBP", quality=10, method=0)
    assert len(content) < 200_000
    return content


WEIGHED = """
import resource, sys
from preau.media import decoder, images

def peak(who):
    return resource.getrusage(who).ru_maxrss

content = sys.stdin.buffer.read()
before = peak(resource.RUSAGE_SELF)
try:
    images.draw_again(content, "a.webp")
except images.NotAPicture as told:
    print(told)
print(peak(resource.RUSAGE_SELF) - before, peak(resource.RUSAGE_CHILDREN), sep="\\n")
"""


def test_it_draws_what_this_process_draws():
    content = samples.encoded(samples.drawing(), "JPEG")
    assert images.draw_again(content, "a.jpg") == images.draw_here(content, "a.jpg")


def test_a_bomb_ends_the_other_process_and_not_this_one(bomb):
    """Asked from a process of its own: this one counts every child it ever had, Chromium among them."""
    env = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", WEIGHED], input=bomb, capture_output=True, check=True, env=env)
    sentence, grown, child = done.stdout.decode().splitlines()
    assert "Réduisez-la" in sentence
    assert int(grown) < 50_000 and 0 < int(child) < images.LIMITS.memory // 1024  # kilobytes


@pytest.mark.parametrize("size", [(100_000, 100_000), (2**31 - 1, 2**31 - 1)])
def test_a_bomb_that_its_header_tells_is_refused_before_decoding(size):
    with pytest.raises(images.NotAPicture):
        images.draw_again(samples.png_of(*size), "a.png")


@pytest.mark.parametrize("part", [1, 6, 11])
def test_a_truncated_file_says_so(part):
    whole = samples.encoded(samples.noise((80, 60)), "JPEG")
    with pytest.raises(images.NotAPicture, match="incomplète|ne peut pas être lue"):
        images.draw_again(whole[: len(whole) * part // 12], "a.jpg")


def test_who_sends_a_bomb_reads_a_sentence(bomb):
    """Through the form that teachers use: the page comes back, with what to do."""
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.utils.datastructures import MultiValueDict

    files = MultiValueDict({"pictures": [SimpleUploadedFile("classe.webp", bomb)]})
    form = PostForm({"scope": "class", "text": "Bonjour"}, files, scopes=[Scope.CLASS], place=Classroom())
    assert not form.is_valid() and form.errors["pictures"] == [decoder.TOO_HARD]


def test_only_our_own_drawings_are_decoded_in_the_process_that_serves():
    found = {dotted for dotted, (path, _) in modules().items() if "draw_here" in path.read_text(encoding="utf-8")}
    ours = {"demo.life", "demo.rows.posts", "demo.scenes.notebooks", "demo.scenes.tablets"}
    assert found == {"media.images"} | ours
