"""A post with its video, without a second of ffmpeg."""

from unittest.mock import patch

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import now

from preau.ent.posts import actions as posts
from preau.media import actions as media
from preau.media.documents import Document
from preau.media.videos import Film
from tests.media.samples import drawing, encoded


def ready(post, heard="On rit.", **more):
    """Its video, as its readers see it. `is_in_lsf`: the same in LSF."""
    sent = Document("mp4", SimpleUploadedFile("film.mp4", b"film"), is_raw=True)
    said = {"person": post.publication.author, "post": post, "document": sent, "now": now(), "is_declared": True}
    with patch("preau.media.videos.programme", lambda: None):  # its job waits
        video = posts.join_video(**said, heard=heard, **more)
    film = Film(b"film", 42, 854, 480, encoded(drawing((854, 480)), "WEBP"))
    media.settle_joined(joined=video, found=media.Found(film=film), now=now())
    video.refresh_from_db()
    return video


def both(post):
    """And the same in LSF."""
    return ready(post), ready(post, is_in_lsf=True)
