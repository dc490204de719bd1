"""A voice: three witnesses of what it is, then ffmpeg, confined, writes the same sound again for everybody."""

import subprocess
import tempfile
from functools import cache

import pytest

from preau.kit import apart
from preau.media import recoder, voices
from preau.media.documents import NotADocument

ENDINGS = ("webm", "ogg", "m4a", "mp3", "wav")


@cache
def sound(ending="wav", seconds=2):
    """A tone, as telephones and browsers record, that tells who made it; an M4A has what a reader needs at its end."""
    tone = ("-f", "lavfi", "-i", f"sine=440:duration={seconds}")
    told = ("-metadata", "title=Canari-titre", "-metadata", "comment=Canari-lieu")
    codec = ("-c:a", "libopus") if ending in ("webm", "ogg") else ()
    with tempfile.NamedTemporaryFile(suffix=f".{ending}") as file:
        subprocess.run(["ffmpeg", "-y", "-loglevel", "error", *tone, *told, *codec, "-ac", "1", file.name], check=True)
        return file.read()


def test_a_recording_is_known_by_its_name_and_its_first_bytes():
    start = b"\x1aE\xdf\xa3" + bytes(40)
    assert voices.take(start, "voix.webm").is_raw
    for content, name, why in (
        (start, "voix.mp3", "Le nom de ce fichier"),
        (b"%PDF-1.7", "voix.webm", "n’est pas un enregistrement"),
        (b"#EXTM3U\nfile:///etc/passwd", "voix.mp3", "n’est pas un enregistrement"),
        (b"RIFF\0\0\0\0WEBP", "voix.wav", "n’est pas un enregistrement"),
    ):
        with pytest.raises(NotADocument, match=why):
            voices.take(content, name)


@pytest.mark.apart
@pytest.mark.ffmpeg
@pytest.mark.parametrize("ending", ENDINGS)
def test_what_any_device_records_becomes_the_same_mp3_without_what_it_told(ending):
    content = sound(ending)
    assert voices.take(content, f"voix.{ending}").is_raw
    kept, seconds = voices.write_again(content)
    assert seconds == 2 and kept[:1] == b"\xff" and len(kept) < 20_000 and b"Canari" not in kept


@pytest.mark.apart
@pytest.mark.ffmpeg
def test_a_minute_passes_and_more_is_a_sentence():
    assert voices.write_again(sound(seconds=60))[1] == 60
    for content, why in (
        (sound(seconds=63), "plus de 60\u00a0secondes"),
        (sound(seconds=0.1), "il est vide"),
        (sound("webm")[:300], "ne peut pas être lu"),
        (b"OggS" + bytes(500), "ne peut pas être lu"),
    ):
        with pytest.raises(NotADocument, match=why):
            voices.write_again(content)


@pytest.mark.apart
@pytest.mark.ffmpeg
def test_ffmpeg_has_the_limits_of_who_became_it_and_reads_nothing_else(tmp_path):
    """A list of addresses in the clothes of a sound, and a sound that takes more than it may."""
    (tmp_path / "secret.mp3").write_bytes(sound("mp3"))
    playlist = f"ffconcat version 1.0\nfile '{tmp_path}/secret.mp3'\n".encode()
    ask = (voices.programme(), voices.LIMITS)
    for kind in ("mp3", "ogg", "mov"):
        code, said = apart.read_apart(recoder.__file__, kind, ask[0], content=playlist, limits=ask[1])
        assert code and not said
    poor = apart.Limits(memory=64 * 1024 * 1024, cpu_seconds=5, wall_seconds=20, written=10**6)
    code, said = apart.read_apart(recoder.__file__, "wav", ask[0], content=sound(), limits=poor)
    assert code and not said


@pytest.mark.corpora
@pytest.mark.apart
@pytest.mark.ffmpeg
def test_a_sound_that_lies_is_a_sentence_or_a_bare_sound_never_worse():
    """The corpus of tests/media/sounds.py: what comes out is frames of an MP3 alone, without a word of what came in."""
    from tests.media import sounds  # it makes its own from the sounds above

    kept = 0
    for what, ending, content, hidden in sounds.lying(count=8):
        try:
            assert voices.take(content, f"voix.{ending}").is_raw, what
            mp3, seconds = voices.write_again(content)
        except NotADocument as refusal:
            said = str(refusal)
            assert said.endswith(".") and not any(word in said for word in ("rreur", "nvalide", "/", "ffmpeg")), what
            continue
        kept += 1
        assert mp3[:1] == b"\xff" and 0 < seconds <= 60 and hidden not in mp3 and b"Canari" not in mp3, what
        assert not any(tag in mp3 for tag in (b"ID3", b"TAG", b"APIC", b"<script")), what
    assert kept > 40
