"""Videos made on the spot by ffmpeg: good ones, and ones that lie. Nothing is anybody's film."""

import subprocess
import tempfile
from functools import cache
from pathlib import Path

PLACE = "+46.5802+000.3404/"  # planted in metadata, must never come out
SECRET = "Canari-de-la-video"
SUBTITLES = f"1\n00:00:00,000 --> 00:00:01,000\n<script>alert('{SECRET}')</script>\n"
TOLD = (
    "-metadata", f"title={SECRET}", "-metadata", f"comment={SECRET}", "-metadata", f"location={PLACE}",
    "-metadata", "creation_time=2026-11-27T10:00:00Z", "-metadata:s:v", f"handler_name={SECRET}",
    "-movflags", "+use_metadata_tags",
)  # fmt: skip
CODECS = {"webm": ("libvpx", "libopus"), "mkv": ("libx264", "aac"), "3gp": ("mpeg4", "aac")}


@cache
def film(ending="mp4", seconds=1, size="96x64", *, told=False, sound=True, more=()):
    """A moving pattern and a tone."""
    video, audio = CODECS.get(ending, ("libx264", "aac"))
    words = ["-f", "lavfi", "-i", f"testsrc=s={size}:r=5:d={seconds}"]
    words += ["-f", "lavfi", "-i", f"sine=440:d={seconds}", "-c:a", audio] if sound else []
    words += ["-c:v", video, "-pix_fmt", "yuv420p", *more, *(TOLD if told else ())]
    return made(words, ending)


def made(words, ending):
    with tempfile.NamedTemporaryFile(suffix=f".{ending}") as file:
        subprocess.run(["ffmpeg", "-y", "-loglevel", "error", *words, file.name], check=True)
        return file.read()


@cache
def turned():
    """Filmed upright: the picture lies on its side, and the file says so."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "a.mp4").write_bytes(film(size="640x360"))
        return made(["-display_rotation", "90", "-i", f"{folder}/a.mp4", "-c", "copy"], "mov")


@cache
def scripted(ending):
    """With subtitles that hold a script, chapters and a file within."""
    with tempfile.TemporaryDirectory() as folder:
        where = Path(folder)
        (where / "a.mp4").write_bytes(film())
        (where / "a.srt").write_text(SUBTITLES)
        (where / "a.meta").write_text(f";FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/10\nSTART=0\nEND=5\ntitle={SECRET}\n")
        words = ["-i", f"{folder}/a.mp4", "-i", f"{folder}/a.srt", "-i", f"{folder}/a.meta", "-map_chapters", "2"]
        words += ["-map", "0", "-map", "1", "-c", "copy", "-c:s", "mov_text" if ending == "mp4" else "srt"]
        if ending == "mkv":
            words += ["-attach", f"{folder}/a.srt", "-metadata:s:t", "mimetype=text/html"]
        return made(words, ending)


@cache
def album():
    """A sound and its cover: no film."""
    with tempfile.TemporaryDirectory() as folder:
        sound, cover = f"{folder}/a.m4a", f"{folder}/a.png"
        Path(sound).write_bytes(made(["-f", "lavfi", "-i", "sine=440:d=1"], "m4a"))
        Path(cover).write_bytes(made(["-f", "lavfi", "-i", "color=s=64x64:d=1", "-frames:v", "1"], "png"))
        words = ["-i", sound, "-i", cover, "-map", "0", "-map", "1", "-c", "copy", "-disposition:v:0", "attached_pic"]
        return made(words, "mp4")


def lists_of(path):
    """(what, bytes): lists of files and addresses, as ffmpeg would follow them."""
    yield "m3u8", f"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile://{path}\n#EXT-X-ENDLIST\n".encode()
    yield "concat", f"ffconcat version 1.0\nfile '{path}'\n".encode()
    yield "sdp", b"v=0\no=- 0 0 IN IP4 127.0.0.1\nm=video 5004 RTP/AVP 96\n"
    yield "dash", f"<?xml version='1.0'?><MPD><BaseURL>file://{path}</BaseURL></MPD>".encode()


def polyglots():
    """(what, bytes, what must not come out)"""
    for tail in (b"<!doctype html><script>alert(1)</script>", b"PK\x03\x04", b"%PDF-1.7 ", b"<?php phpinfo(); ?>"):
        yield f"film then {tail[:5]!r}", film() + tail, tail
        free = (len(tail) + 8).to_bytes(4, "big") + b"free" + tail
        table = film().index(b"moov") - 4  # after what it points at
        yield f"film around {tail[:5]!r}", film()[:table] + free + film()[table:], tail
