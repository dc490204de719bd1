"""Becomes ffmpeg, to write a voice again: MP3, one channel, nothing but the sound. `kit.apart` runs it, nothing of
Préau is here, and its limits stay on what it becomes.

The recording is put in a memfd (a seekable file in memory): phones write the MP4 index at the end, and ffmpeg must
seek to it.
"""

import os
import resource

BYTES_PER_SECOND = 6000  # of 48 kb/s
READS = (  # as this kind and as no other: no list of addresses, no file of this machine
    "-hide_banner", "-loglevel", "quiet", "-nostdin", "-threads", "1", "-protocol_whitelist", "file,pipe",
)  # fmt: skip
WRITES = (
    "-map", "0:a:0", "-map_metadata", "-1", "-map_chapters", "-1", "-ac", "1", "-ar", "24000",
    "-c:a", "libmp3lame", "-b:a", "48k", "-write_xing", "0", "-id3v2_version", "0", "-f", "mp3", "pipe:1",
)  # fmt: skip


def answer(content: bytes, kind: str, ffmpeg: str, seconds: str = "61"):
    """Never returns: this process becomes ffmpeg; `read_apart` reads its output and exit code. `seconds` are written:
    one more than is kept tells that there are too many."""
    recording = os.memfd_create("recording")
    os.write(recording, content)
    os.set_inheritable(recording, True)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    words = ["ffmpeg", *READS, "-f", kind, "-i", f"/proc/self/fd/{recording}", "-t", seconds, *WRITES]
    os.execve(ffmpeg, words, {})
