"""House laws 5 to 7: every model and every list of choices is in the glossary; walks resolve; nothing unfinished."""

import ast
import re
import subprocess

from django.apps import apps

from tests.house.source import ROOT, modules, room_of, templates

# What may be a school, by its last word; its `name` may be another's too: read `shown_name`, `name_beside_kind`,
# `full_name`, or the school itself.
A_SCHOOL = "school|place|loaned_to|proxy_of|s"
NAMES_ALONE = {
    "people.passwords": "words that no password may hold",
    "people.queries.help": "compared with what somebody types",
    "schools.passwords": "words that no password may hold",
    "ent.afterschool.queries.files": "compared with what a table writes; one of two schools is refused",
    "plan.sheets.queries.asset_known": "compared with what a table writes",
    "plan.sheets.queries.left_out": "compared with what a table writes",
    "plan.sheets.queries.plan_comparisons": "compared with what a table writes",
    "insight.usage.tables": "the national table gives the directory's name beside the UAI",
}


def own_models():
    return [m for m in apps.get_models() if m.__module__.startswith("preau.")]


def test_every_model_is_in_the_glossary():
    text = (ROOT / "docs" / "glossary.md").read_text()
    missing = [m.__name__ for m in own_models() if f"`{m.__name__}`" not in text]
    assert missing == [], "give each a line in docs/glossary.md"


def test_model_names_on_screens_are_french_and_lower_case():
    acronyms = re.compile("ULIS|ONDE|INE|SMS")
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


def says_a_school_by_its_name(node):
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return re.search(r"\bschools?__name\b", node.value)
    said = getattr(node, "value", None)
    of = said.attr if isinstance(said, ast.Attribute) else getattr(said, "id", "")
    return isinstance(node, ast.Attribute) and node.attr == "name" and re.fullmatch(A_SCHOOL, of)


def test_no_page_nor_file_says_a_school_by_a_name_that_may_be_another_s():
    pages = [name for name, (_, text) in templates().items() if re.search(rf"\b({A_SCHOOL})\.name\b", text)]
    code = {
        name
        for name, (_, tree) in modules().items()
        if room_of(name) not in ("places", "demo") and any(map(says_a_school_by_its_name, ast.walk(tree)))
    }
    assert (pages, code) == ([], set(NAMES_ALONE))


def test_each_decision_has_a_number_of_its_own():
    numbers = [path.name[:4] for path in sorted((ROOT / "docs" / "decisions").glob("*.md"))]
    assert sorted(set(numbers)) == numbers
