"""What a file is, in a few words, on the page of who opens it."""

from django.utils import translation

from preau.ent.notes.models import NoteFile
from preau.people.languages import WRITTEN


def test_a_voice_and_a_document_are_said_in_the_language_of_the_page():
    voice, leaflet = NoteFile(kind="mp3", seconds_count=42), NoteFile(kind="pdf", pages_count=2)
    assert [voice.says.replace("\xa0", " "), leaflet.says.replace("\xa0", " ")] == [
        "message vocal, 42 secondes",
        "PDF, 2 pages",
    ]
    with translation.override("ar"):
        assert voice.says == "رسالة صوتية، 42 ثانية"
    for language in WRITTEN:
        with translation.override(language):
            assert "vocal" not in voice.says and "<" not in voice.says, language
