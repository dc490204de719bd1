"""Sounds that lie, made on the spot by ffmpeg from a tone, each with the first bytes and the name of a recording."""

import random
import subprocess
import tempfile
from functools import cache
from pathlib import Path

from tests.media.test_voices import ENDINGS, sound

SECRET = "Canari-de-la-voix"
SCRIPT = f"<script>alert('{SECRET}')</script>"
TAILS = (b"<!doctype html><script>alert(1)</script>", b"PK\x03\x04", b"%PDF-1.7 ", b"<?php phpinfo(); ?>")
STARTS = {
    "webm": b"\x1aE\xdf\xa3",
    "ogg": b"OggS",
    "mp3": b"ID3\x04\0\0\0\0\x0f\x76",
    "wav": b"RIFF\xff\xff\xff\xffWAVE",
}


@cache
def told(ending):
    """Its title, its place and its chapters hold a script; an MP3 and an M4A have a picture of their own too."""
    with tempfile.TemporaryDirectory() as folder:
        where = Path(folder)
        (where / f"a.{ending}").write_bytes(sound(ending, 1))
        (where / "a.meta").write_text(f";FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/10\nSTART=0\nEND=5\ntitle={SECRET}\n")
        words = ["-i", f"{folder}/a.{ending}", "-i", f"{folder}/a.meta", "-map_chapters", "1", "-map", "0:a"]
        if ending in ("mp3", "m4a"):
            cover = ["-f", "lavfi", "-i", "color=s=64x64:d=1", "-frames:v", "1", "-metadata", f"comment={SECRET}"]
            _ffmpeg([*cover, f"{folder}/a.png"])
            words = [*words[:4], "-i", f"{folder}/a.png", *words[4:], "-map", "2", "-disposition:v:0", "attached_pic"]
        words += ["-c", "copy", "-metadata", f"title={SCRIPT}", "-metadata", "location=+46.5802+000.3404/"]
        _ffmpeg([*words, f"{folder}/b.{ending}"])
        return (where / f"b.{ending}").read_bytes()


def _ffmpeg(words):
    subprocess.run(["ffmpeg", "-y", "-loglevel", "error", *words], check=True)


def broken(ending, luck, count):
    """The same sound, some bytes of it changed past those by which it is known."""
    whole = sound(ending, 1)
    for _ in range(count):
        changed = bytearray(whole)
        for _ in range(luck.randint(1, 8)):
            changed[luck.randrange(12, len(changed))] = luck.randrange(256)
        yield bytes(changed)


def lying(count=6, seed=18):
    """(what, its ending, bytes, what must not come out) of each: cut, broken, that tells, that is also something else,
    that leads to another file, that is only a beginning."""
    luck = random.Random(seed)
    for ending in ENDINGS:
        whole = sound(ending, 1)
        yield f"{ending} that tells", ending, told(ending), SECRET.encode()
        for part in (1, 3, 6, 8):
            yield f"{ending} cut at {part}/9", ending, whole[: len(whole) * part // 9], b"Canari"
        for rank, content in enumerate(broken(ending, luck, count)):
            yield f"{ending} broken, {rank}", ending, content, b"Canari"
        for tail in TAILS:
            yield f"{ending} then {tail[:5]!r}", ending, whole + tail, tail
    for ending, start in STARTS.items():
        yield f"beginning of {ending} then nothing", ending, start + bytes(300), b"Canari"
        for what in (b"#EXTM3U\nfile:///etc/passwd\n", b"ffconcat version 1.0\nfile '/etc/passwd'\n", TAILS[0] * 20):
            yield f"beginning of {ending} then {what[:7]!r}", ending, start + what * 9, b"root:"
