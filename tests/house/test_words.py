"""House laws 5 to 7: every model and every list of choices is in the glossary; walks resolve; nothing unfinished."""

import re
import subprocess

from django.apps import apps

from tests.house.source import ROOT


def own_models():
    return [m for m in apps.get_models() if m.__module__.startswith("preau.")]


def test_every_model_is_in_the_glossary():
    text = (ROOT / "docs" / "glossary.md").read_text()
    assert [m.__name__ for m in own_models() if f"`{m.__name__}`" not in text] == []


def test_model_names_on_screens_are_french_and_lower_case():
    acronyms = re.compile("ULIS|ONDE|INE")
    names = {m._meta.label: str(m._meta.verbose_name) for m in own_models()}
    assert [label for label, name in names.items() if name != name.lower() and not acronyms.search(name)] == []


def test_nothing_committed_says_it_is_unfinished():
    words = "TO" + "DO|FIX" + "ME|NotImplemented" + "Error|coming" + " soon|lorem" + " ipsum"
    found = subprocess.run(
        ["git", "grep", "-nIE", words, "--", "src", "config", "bin"], cwd=ROOT, capture_output=True, text=True
    ).stdout
    assert found == ""


def test_nothing_committed_holds_two_versions_of_itself():
    marks = "^<<<<<" + "<< |^>>>>>" + ">> "
    found = subprocess.run(["git", "grep", "-nIE", marks], cwd=ROOT, capture_output=True, text=True).stdout
    assert found == ""


def test_lock_files_hold_hashes_and_no_address():
    for path in (ROOT / "requirements").glob("*.txt"):
        text = path.read_text()
        assert "://" not in text and "--hash=sha256:" in text
