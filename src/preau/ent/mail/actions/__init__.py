"""The only writes of conversations. The rules are asked again in each."""

from preau.ent.mail.actions.files import settle_file, settle_files
from preau.ent.mail.actions.keeping import keep_apart, mark_seen, mute
from preau.ent.mail.actions.recalling import recall_message, recall_messages_since
from preau.ent.mail.actions.reporting import close_report, report_message, report_thing, take_report
from preau.ent.mail.actions.telling import note_mailed, note_pushed
from preau.ent.mail.actions.writing import answer, begin

__all__ = [
    "answer", "begin", "close_report", "keep_apart", "mark_seen", "mute", "note_mailed", "note_pushed",
    "recall_message", "recall_messages_since", "report_message", "report_thing", "settle_file",
    "settle_files", "take_report",
]  # fmt: skip
