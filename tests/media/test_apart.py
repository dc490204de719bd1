"""The process that decodes: it dies alone, knows nothing, and says why in a sentence."""

import io
import os
import resource
import subprocess
import sys

import pytest
from PIL import Image

from preau.ent.posts.forms import PostForm
from preau.ent.posts.models import Scope
from preau.media import images
from tests.house.source import modules
from tests.media import samples


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
from preau.media import images

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
    assert int(grown) < 50_000 and 0 < int(child) < images.MEMORY // 1024  # kilobytes


@pytest.mark.parametrize("size", [(100_000, 100_000), (2**31 - 1, 2**31 - 1)])
def test_a_bomb_that_its_header_tells_is_refused_before_decoding(size):
    with pytest.raises(images.NotAPicture):
        images.draw_again(samples.png_of(*size), "a.png")


@pytest.mark.parametrize("part", [1, 6, 11])
def test_a_truncated_file_says_so(part):
    whole = samples.encoded(samples.noise((80, 60)), "JPEG")
    with pytest.raises(images.NotAPicture, match="incomplète|ne peut pas être lue"):
        images.draw_again(whole[: len(whole) * part // 12], "a.jpg")


def test_what_takes_too_long_is_stopped(monkeypatch):
    monkeypatch.setattr(images, "WALL_SECONDS", 0.01)
    with pytest.raises(images.NotAPicture, match="trop de travail"):
        images.draw_again(samples.encoded(samples.drawing(), "JPEG"), "a.jpg")


def test_a_decoder_that_crashes_is_a_sentence(monkeypatch, tmp_path):
    crash = tmp_path / "crash.py"
    crash.write_text("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)")
    monkeypatch.setattr(images, "__file__", str(crash))
    with pytest.raises(images.NotAPicture, match="trop de travail"):
        images.draw_again(samples.encoded(samples.drawing(), "JPEG"), "a.jpg")


def test_it_knows_no_secret_and_writes_no_file(monkeypatch, tmp_path):
    spy = tmp_path / "spy.py"
    spy.write_text(
        "import os, sys\nsys.stdout.write(repr(sorted(os.environ)) + os.getcwd() + str('preau' in sys.modules))\n"
        f"sys.exit({images.REFUSED})"
    )
    monkeypatch.setenv("PREAU_SECRET_KEY", "secret")
    monkeypatch.setattr(images, "__file__", str(spy))
    with pytest.raises(images.NotAPicture) as told:
        images.draw_again(samples.encoded(samples.drawing(), "JPEG"), "a.jpg")
    assert "PREAU" not in str(told.value) and str(told.value).endswith("/False")


def test_its_limits_are_set_before_the_file_is_read():
    """Started as it is, with a file that never comes: its limits are already there."""
    words = [sys.executable, "-I", images.__file__, "PNG"]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={}) as process:
        while os.path.exists(f"/proc/{process.pid}") and resource.prlimit(process.pid, resource.RLIMIT_FSIZE)[0]:
            pass
        found = [resource.prlimit(process.pid, limit)[0] for limit in (resource.RLIMIT_AS, resource.RLIMIT_CPU)]
        assert found == [images.MEMORY, images.CPU_SECONDS]
        process.communicate(b"")
        assert process.returncode == images.REFUSED


def test_who_sends_a_bomb_reads_a_sentence(bomb):
    """Through the form that teachers use: the page comes back, with what to do."""
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.utils.datastructures import MultiValueDict

    files = MultiValueDict({"pictures": [SimpleUploadedFile("classe.webp", bomb)]})
    form = PostForm({"scope": "class", "text": "Bonjour"}, files, scopes=[Scope.CLASS])
    assert not form.is_valid() and form.errors["pictures"] == [images.TOO_HARD]


def test_only_our_own_drawings_are_decoded_in_the_process_that_serves():
    found = {dotted for dotted, (path, _) in modules().items() if "draw_here" in path.read_text(encoding="utf-8")}
    assert found == {"media.images", "demo.life", "demo.bulk_posts"}
