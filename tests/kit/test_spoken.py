"""What pupils hear: each phrase has its sound, light and made of its words; a page draws its button."""

from dataclasses import replace

import pytest
from django.template import Context, Template

from preau.kit.spoken import labels, sounds

BYTES_PER_SECOND = 4000  # 32 kb/s, the same all along: sounds.WRITES


def test_each_phrase_has_its_sound_and_each_sound_its_phrase():
    known = labels.read()
    keys = [label.key for label in known]
    assert len(keys) == len(set(keys)) and sorted(keys) == sorted(path.stem for path in labels.SOUNDS.glob("*"))
    assert [label.key for label in known if not label.words or not label.source] == []


def test_each_sound_says_the_words_of_today():
    stale = [label.key for label in labels.read() if label.is_stale]
    assert stale == [], "the words changed, or are new: preau make-sounds (kit/data/README.md)"


def test_sounds_are_short_light_and_play_everywhere():
    for path in labels.SOUNDS.glob("*.mp3"):
        sound = path.read_bytes()
        assert len(sound) <= labels.MOST_BYTES, path.name
        assert 0.4 * BYTES_PER_SECOND < len(sound) <= labels.MOST_SECONDS * BYTES_PER_SECOND, path.name
        assert sound[0] == 0xFF and sound[1] & 0xE0 == 0xE0, f"{path.name}: no frame of MPEG sound"


def test_only_what_changed_is_made_again_and_what_left_the_table_goes(tmp_path, monkeypatch):
    monkeypatch.setattr(sounds, "to_mp3", lambda wav: wav)
    table, folder = tmp_path / "spoken.csv", tmp_path / "spoken"
    folder.mkdir()
    first, second, left = labels.read()[:3]
    for label in (first, second, left):
        (folder / f"{label.key}.mp3").write_bytes(b"before")
    labels.write([replace(first, words="Toi"), second], table)
    made = sounds.make(str.encode, "essai", table=table, folder=folder)
    assert made == [first.key] and (folder / f"{first.key}.mp3").read_bytes() == b"Toi"
    kept = labels.read(table)
    assert [(label.source, label.is_stale) for label in kept] == [("essai", False), (second.source, False)]
    assert (folder / f"{second.key}.mp3").read_bytes() == b"before" and not (folder / f"{left.key}.mp3").exists()


def test_the_button_is_hidden_until_a_script_can_play_and_says_its_words():
    page = Template('{% load kit %}{% spoken "tile-me" True %}{% spoken_label "is-it-you" %}').render(Context())
    assert 'data-say="' in page and "kit/spoken/tile-me.mp3" in page and " data-first hidden>" in page
    assert 'aria-label="Écouter\u00a0: Moi"' in page and page.endswith("C’est toi\u00a0?")
    given = Template("{% load kit %}{% spoken_words said True %}")
    assert 'data-key="wrong-pictures"' in given.render(Context({"said": "Ce ne sont pas tes images. Essaie encore."}))
    assert 'data-key="is-it-you"' in given.render(Context({"said": "C’est toi\u00a0?"}))
    assert given.render(Context({"said": "Autre chose."})) == ""
    with pytest.raises(LookupError):
        Template('{% load kit %}{% spoken "not-a-key" %}').render(Context())
