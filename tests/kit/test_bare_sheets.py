"""Sheets lose what browsers do not read, and nothing else."""

import re

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage

from preau.kit import assets
from preau.kit.serving.sheets import BareManifestStorage, bare

SHEETS = assets.room_files("static/**/*.css")


def seen(sheet):
    """What a browser reads of it: neither comments nor the length of a blank."""
    return re.sub(r"\s+", " ", re.sub(r"(?s)/\*.*?\*/", "", sheet)).strip()


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_a_sheet_says_the_same_without_its_comments(path):
    text = path.read_text()
    found = bare(path.read_bytes()).decode()
    assert seen(found) == seen(text) and "/*" not in found
    assert not re.search(r"(?m)^\s|\s$|^$", found.removesuffix("\n")) and bare(found.encode()).decode() == found
    assert not re.search(r"""(["'])[^"'\n]*/\*[^"'\n]*\1""", text)  # a string that a comment would seem to begin in


def test_what_is_collected_is_bare_and_other_files_are_kept(tmp_path):
    storage = BareManifestStorage(location=tmp_path)
    storage.save("one.css", ContentFile(b"/* why */\n  a { color: red; }\n\n"))
    storage.save("one.js", ContentFile(b"/* why */\n  go();\n"))
    assert (tmp_path / "one.css").read_bytes() == b"a { color: red; }\n"
    assert (tmp_path / "one.js").read_bytes() == b"/* why */\n  go();\n"


def test_the_sheet_under_its_hashed_name_holds_all_its_rules(tmp_path):
    source = FileSystemStorage(location=tmp_path / "source")
    storage = BareManifestStorage(location=tmp_path / "served", base_url="/static/")
    for place in (source, storage):
        place.save("one.css", ContentFile(b"/* why */\n  a { background: url(one.svg); }\n"))
        place.save("one.svg", ContentFile(b"<svg/>"))
    list(storage.post_process({name: (source, name) for name in ("one.css", "one.svg")}))
    served = (tmp_path / "served" / storage.hashed_files["one.css"]).read_text()
    assert served == f'a {{ background: url("{storage.hashed_files["one.svg"]}"); }}\n'
    assert storage.hashed_name("a.css", ContentFile(b"/* one */ a {}")) == storage.hashed_name(
        "a.css", ContentFile(b"a {}")
    )  # a name is that of what is served
