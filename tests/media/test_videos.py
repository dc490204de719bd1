"""A video: three witnesses of what it is, then ffmpeg, confined, writes the same again for any telephone."""

import io
import json
import random
import subprocess

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from preau.kit import apart
from preau.media import filmer, videos
from preau.media.documents import NotADocument
from tests.media import films, samples
from tests.media.test_voices import sound

pytestmark = [pytest.mark.apart, pytest.mark.ffmpeg]
TAGS = {
    "major_brand", "minor_version", "compatible_brands", "language", "handler_name", "vendor_id", "encoder",
}  # fmt: skip
FORBIDDEN = ("erreur", "invalide", "veuillez", "obligatoire")


def sent(content, name="film.mp4"):
    return SimpleUploadedFile(name, content)


def write_again(content, name="film.mp4"):
    """As it goes: looked at when it is sent, written again by the job."""
    videos.take(sent(content, name), name)
    return videos.write_again(sent(content, name))


def told_by(content):
    """What a reader finds in it: {streams, format}."""
    words = ["ffprobe", "-v", "error", "-of", "json", "-show_streams", "-show_format", "-show_chapters", "-"]
    return json.loads(subprocess.run(words, input=content, capture_output=True, check=True).stdout)


def refused(content, name="film.mp4"):
    """The sentence."""
    with pytest.raises(NotADocument) as refusal:
        write_again(content, name)
    said = str(refusal.value)
    assert said.endswith(".") and not any(word in said.lower() for word in FORBIDDEN)
    return said


def assert_bare(film):
    """Two streams at most, and nothing said of who, where and when."""
    told = told_by(film.content)
    assert [one["codec_name"] for one in told["streams"]] in (["h264", "aac"], ["h264"]) and not told["chapters"]
    tags = told["format"]["tags"].keys() | {tag for one in told["streams"] for tag in one["tags"]}
    assert tags <= TAGS
    for secret in (films.SECRET, films.PLACE, "Canari", "<script>", "2026-11-27"):
        assert secret.encode() not in film.content and secret.encode() not in film.poster
    assert film.content.index(b"moov") < film.content.index(b"mdat")  # phones begin before they have all of it
    assert Image.open(io.BytesIO(film.poster)).format == "WEBP"


def test_what_is_sent_is_known_by_its_name_its_first_bytes_and_its_reader():
    film = films.film(told=True)
    assert videos.take(sent(film), "Film de la FÊTE.MP4").is_raw
    for content, name, why in (
        (film, "film.webm", "Le nom de ce fichier"),
        (film, "film.jpg", "Le nom de ce fichier"),
        (b"%PDF-1.7", "film.mp4", "n’est pas une vidéo"),
        (samples.SVG, "film.mp4", "n’est pas une vidéo"),
        (samples.HEIC, "film.mp4", "ne peut pas être lue"),
        (b"", "film.mp4", "n’est pas une vidéo"),
        (film[: len(film) // 2], "film.mp4", "ne peut pas être lue"),
        (sound("m4a"), "film.mp4", "n’a que du son"),
        (films.film(seconds=92, size="32x32"), "film.mp4", "plus de 90\u00a0secondes"),
    ):
        with pytest.raises(NotADocument, match=why):
            videos.take(sent(content, name), name)


def test_what_a_telephone_films_becomes_a_bare_mp4_of_480_points():
    film = write_again(films.film(size="1280x720", told=True))
    assert (film.seconds, film.width, film.height) == (1, 854, 480)
    assert_bare(film)


def test_a_film_held_upright_stays_upright_and_a_silent_one_is_a_film():
    film = write_again(films.turned(), "film.mov")
    assert (film.width, film.height) == (360, 640) and Image.open(io.BytesIO(film.poster)).size == (360, 640)
    film = write_again(films.film("webm", sound=False), "film.webm")
    assert_bare(film)


def test_nothing_of_another_file_is_read(tmp_path):
    """Lists of addresses in the clothes of a film."""
    secret = tmp_path / "secret.mp4"
    secret.write_bytes(films.film())
    for _, content in films.lists_of(secret):
        assert "n’est pas une vidéo" in refused(content)
        for kind in videos.KINDS:
            with (tmp_path / "list").open("w+b") as file:
                file.write(content)
                file.flush()
                ask = ("look", kind, "/usr/bin/ffprobe")
                code, said = apart.read_apart(filmer.__file__, *ask, content=file, limits=videos.LOOKING)
            assert code and b'"codec_type"' not in said


def test_a_film_that_takes_more_than_it_may_is_a_sentence(monkeypatch):
    poor = apart.Limits(memory=512 * videos.MB, cpu_seconds=240, wall_seconds=60, written=1000)
    monkeypatch.setattr(videos, "WRITING", poor)
    assert "ne peut pas être lue" in refused(films.film())


@pytest.mark.corpora
@pytest.mark.parametrize("ending", ["mp4", "mov", "m4v", "3gp", "webm", "mkv"])
def test_every_way_of_filming_is_read(ending):
    film = write_again(films.film(ending, told=True), f"film.{ending}")
    assert film.seconds == 1
    assert_bare(film)


@pytest.mark.corpora
def test_scripts_chapters_covers_and_other_files_stay_behind():
    for ending in ("mp4", "mkv"):
        content = films.scripted(ending)
        assert films.SECRET.encode() in content
        assert_bare(write_again(content, f"film.{ending}"))
    assert "n’a que du son" in refused(films.album())


@pytest.mark.corpora
def test_only_the_film_comes_out_of_a_polyglot():
    for what, content, hidden in films.polyglots():
        film = write_again(content)
        assert hidden not in film.content and hidden not in film.poster, what
        assert_bare(film)


@pytest.mark.corpora
def test_a_film_cut_or_broken_anywhere_is_a_sentence_or_a_film_never_worse():
    luck = random.Random(18)
    whole = {"mp4": films.film(), "webm": films.film("webm")}
    for ending, content in whole.items():
        cut = [content[: len(content) * part // 9] for part in range(1, 9)]
        for _ in range(12):
            broken = bytearray(content)
            for _ in range(luck.randint(1, 8)):
                broken[luck.randrange(12, len(broken))] = luck.randrange(256)
            cut.append(bytes(broken))
        for one in cut:
            try:
                assert_bare(write_again(one, f"film.{ending}"))
            except NotADocument as refusal:
                assert str(refusal).endswith(".")


@pytest.mark.corpora
def test_a_film_without_a_said_length_is_counted_and_a_hundred_million_points_are_refused():
    """As a browser records it: the file does not say how long it lasts."""
    long = films.film("webm", 93, "32x32", more=("-live", "1"))
    assert "plus de 90" in refused(long, "film.webm")
    assert refused(films.film("mkv", size="10000x10000", sound=False, more=("-frames:v", "1")), "film.mkv")


def test_what_a_film_says_of_itself_is_not_asked(monkeypatch):
    heard, run = [], videos._run
    monkeypatch.setattr(videos, "_run", lambda *given: heard.append(run(*given)) or heard[-1])
    videos.take(sent(films.film(told=True)), "film.mp4")
    assert heard and not [told for told in heard if films.SECRET.encode() in told or b"tags" in told]
