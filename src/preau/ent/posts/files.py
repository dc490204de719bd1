"""Gives the files of posts, to whom the rules let have them at this instant (kit/files.py)."""

from functools import partial

from preau.ent.posts import rules
from preau.kit.files import FileGiver
from preau.media.queries import give

POST, VIDEO, POSTER = "publication", "video", "video-image"
GIVEN = (
    FileGiver(POST, partial(give, rules.post_files_visible_to)),
    FileGiver(VIDEO, partial(give, rules.post_videos_visible_to)),
    FileGiver(POSTER, partial(give, rules.post_videos_visible_to, shown="poster_path")),
)
