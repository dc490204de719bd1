"""Becomes ffprobe or ffmpeg, to look at a video, to write it again, or to take one image of it: H.264 and AAC, 480
points, one picture and one sound, nothing else. `kit.apart` runs it, nothing of Préau is here, and its limits stay on
what it becomes.

The video is the file on its input, that it opens again to seek in it; what is written is the file on its output, read
again to put its table first (faststart): phones begin to play before they have all of it.
"""

import os
import sys

IS_FOR_FILES = True  # kit.apart
MOST = 91  # seconds: one more than is kept tells that there are too many
INPUT, OUTPUT = "file:/proc/self/fd/0", "file:/proc/self/fd/1"
# As this kind and as no other: no list of addresses, no file of this machine. What cameras write, and no other reader.
DECODERS = (
    "h264,hevc,vp8,vp9,libdav1d,av1,mpeg4,h263,mjpeg,"
    "aac,mp3,mp3float,opus,libopus,vorbis,amrnb,amrwb,pcm_s16le,pcm_s16be,pcm_mulaw,alac,ac3,eac3,"
    "png,mov_text,subrip,srt,ass,webvtt"  # covers and subtitles: ffprobe opens them, nothing keeps them
)
READS = (
    "-hide_banner", "-loglevel", "quiet", "-protocol_whitelist", "file", "-codec_whitelist", DECODERS,
    "-max_pixels", "9000000",
)  # fmt: skip
# These alone: a file may hold megabytes of tags, and all that is told is read.
LOOKS = (
    "-of", "json", "-show_entries",
    "stream=codec_type,width,height:stream_disposition=attached_pic:format=duration",
)  # fmt: skip
BARE = (
    "-sn", "-dn", "-map_metadata", "-1", "-map_chapters", "-1", "-fflags", "+bitexact", "-flags:v", "+bitexact",
    "-flags:a", "+bitexact",
)  # fmt: skip
SQUARE = ("scale=w=trunc(iw*max(sar\\,1)/2)*2", "h=trunc(ih/min(max(sar\\,0.1)\\,1)/2)*2,setsar=1")  # points
SIZE = (
    "scale=w='if(gte(iw,ih),min(854,iw),min(480,iw))'", "h='if(gte(iw,ih),min(480,ih),min(854,ih))'",
    "force_original_aspect_ratio=decrease", "force_divisible_by=2",
)  # fmt: skip
OPTIONAL = "0:a:0" + "?"  # a film may be silent
FILTERS = ",".join(":".join(each) for each in (SQUARE, SIZE))
WRITES = (
    "-map", "0:V:0", "-map", OPTIONAL, "-t", str(MOST), *BARE, "-vf", FILTERS, "-fpsmax", "30",
    "-c:v", "libx264", "-preset", "veryfast", "-crf", "26", "-maxrate", "900k", "-bufsize", "1800k",
    "-profile:v", "main", "-pix_fmt", "yuv420p", "-c:a", "aac", "-b:a", "96k", "-ac", "2", "-ar", "44100",
    "-threads", "1", "-movflags", "+faststart", "-f", "mp4", "-y", OUTPUT,
)  # fmt: skip
STILL = ("-map", "0:V:0", *BARE, "-threads", "1", "-frames:v", "1", "-c:v", "png", "-f", "image2pipe", "pipe:1")


def answer(content: bytes, act: str, kind: str, programme: str):
    """Never returns: this process becomes ffprobe (`look`) or ffmpeg (`write`, `still`); `read_apart` reads its output
    and exit code."""
    reads = [*READS, "-f", kind]
    words = {
        "look": ["ffprobe", *reads, *LOOKS, INPUT],
        "write": ["ffmpeg", "-nostdin", "-filter_threads", "1", "-threads", "1", *reads, "-i", INPUT, *WRITES],
        "still": ["ffmpeg", "-nostdin", "-filter_threads", "1", "-threads", "1", *reads, "-i", INPUT, *STILL],
    }[act]
    sys.stdout.flush()
    os.execve(programme, words, {})
