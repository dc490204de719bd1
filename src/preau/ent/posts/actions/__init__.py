"""Every write of the room."""

from preau.ent.posts.actions.joining import (
    describe_video,
    join_files,
    join_video,
    remove_file,
    remove_video,
    settle_file,
    settle_files,
)
from preau.ent.posts.actions.leaving import (
    keep_back_since,
    leave_due,
    schedule_post,
    unschedule_post,
    write_for_later,
)
from preau.ent.posts.actions.posting import (
    NewPicture,
    confirm_post,
    discard_draft,
    edit_post,
    publish_draft,
    publish_post,
    restore_post,
    send_back_post,
    undo_post,
    withdraw_post,
    write_post,
)
from preau.ent.posts.actions.showing import declare_again, hide_on_picture, mark_on_picture
from preau.ent.posts.actions.weekly import tell_week

__all__ = [
    "NewPicture", "confirm_post", "declare_again", "describe_video", "discard_draft", "edit_post", "hide_on_picture",
    "join_files", "join_video", "keep_back_since", "leave_due", "mark_on_picture", "publish_draft", "publish_post",
    "remove_file", "remove_video", "restore_post", "schedule_post", "send_back_post", "settle_file", "settle_files",
    "tell_week", "undo_post", "unschedule_post", "withdraw_post", "write_for_later", "write_post",
]  # fmt: skip
