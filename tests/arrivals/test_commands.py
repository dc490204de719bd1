"""`preau import-onde` and `preau undo-import`: what other programs read."""

import io
import json
import uuid
from dataclasses import replace

import pytest
from django.core.management import CommandError, call_command

from preau.kit.digest import business_digest
from preau.kit.models import Batch
from preau.schools.models import Enrolment
from tests.arrivals.onde_files import Child, Family, Teacher, guardians_file, pupils_file, teachers_file
from tests.arrivals.test_identity import ADA, BOB, MARIE_A, MARIE_B

FAMILY = Family.sample()
KINDS = ["pupils", "guardians", "teachers", "classes", "guardianships"]


@pytest.fixture
def run(school, tmp_path):
    """run(command, *words, pupils=…, guardians=…) → (JSON, error)"""

    def call(name, *words, **files):
        for option, data in files.items():
            path = tmp_path / f"{option}.csv"
            path.write_bytes(data)
            words += (f"--{option}", str(path))
        out, error = io.StringIO(), None
        try:
            call_command(name, *words, stdout=out)
        except CommandError as raised:
            error = str(raised)
        return out.getvalue(), error

    return call


def test_the_answer_in_json(run, school, kept_as_in_use):
    words = ("import_onde", "--school", school.uai, "--json")
    files = {
        "pupils": pupils_file(FAMILY.children), "guardians": guardians_file(FAMILY.adults),
        "teachers": teachers_file((Teacher("CRAIE", "ANNE", classes=("CP A",)),)),
    }  # fmt: skip
    before, said = business_digest(), shown_by_verify()
    out, error = run(*words, "--dry-run", **files)
    answer = json.loads(out)
    assert error is None and answer["batch"] is None and business_digest() == before
    assert answer["pupils"] == {"created": 5, "updated": 0, "unchanged": 0, "missing": 0}
    answer = json.loads(run(*words, **files)[0])
    assert list(answer) == ["batch", *KINDS, "to_decide", "problems", "absent"]
    assert Batch.objects.get(pk=answer["batch"]).changes.exists()
    out, error = run("undo_import", answer["batch"], "--json")
    assert json.loads(out) == {"batch": answer["batch"], "undone": True, "obstacles": []}
    assert business_digest() == before and shown_by_verify() == said


def shown_by_verify():
    """What `preau verify` says."""
    out = io.StringIO()
    call_command("verify", stdout=out)
    return out.getvalue()


def test_refused_files_give_problems_and_a_non_zero_end(run, school):
    out, error = run("import_onde", "--school", school.uai, "--json", pupils=b"\x00\x01")
    answer = json.loads(out)
    assert error and answer["batch"] is None
    assert set(answer["problems"][0]) == {"file", "line", "column", "reason"}
    stranger = guardians_file((replace(FAMILY.adults[0], children=(Child("PERSONNE", "NUL"),)),))
    out, error = run(
        "import_onde", "--school", school.uai, "--json", pupils=pupils_file(FAMILY.children), guardians=stranger
    )
    answer = json.loads(out)
    assert error and answer["batch"] is None and "Nul Personne" in answer["problems"][0]["reason"]
    assert {number for kind in KINDS for number in answer[kind].values()} == {0}, "nothing was made: nothing is counted"


def test_questions_are_listed_with_score_and_reason(run, school):
    files = {"pupils": pupils_file((ADA, BOB)), "guardians": guardians_file((MARIE_A, MARIE_B))}
    answer = json.loads(run("import_onde", "--school", school.uai, "--json", **files)[0])
    (question,) = answer["to_decide"]
    assert {"kind", "file", "line", "label", "candidate", "score", "reason"} <= set(question)


def test_the_answer_in_french(run, school):
    rows = guardians_file((MARIE_A, MARIE_B), organisations=("MECS Les Tilleuls",))
    out, error = run("import_onde", "--school", school.uai, pupils=pupils_file((ADA, BOB)), guardians=rows)
    assert error is None
    for words in (
        "organisme d’accueil «\u00a0MECS Les Tilleuls",
        "Élèves\u00a0: 2 créés, 0 changé",
        "Classes\u00a0: 1 créée, 0 changée, 0 inchangée, 0 absente des fichiers",
        "À décider (60/100)",
        "preau undo-import",
    ):
        assert words in out
    batch = Batch.objects.get()
    assert "annulé" in run("undo_import", str(batch.pk))[0]
    assert "déjà annulé" in run("undo_import", str(batch.pk))[1]


def test_who_the_files_do_not_name_is_listed_and_stays(run, school):
    words, whole = ("import_onde", "--school", school.uai), pupils_file(FAMILY.children)
    run(*words, pupils=whole)
    fewer = pupils_file(FAMILY.children[1:])
    answer = json.loads(run(*words, "--json", "--dry-run", pupils=fewer)[0])
    assert answer["pupils"]["missing"] == 1
    assert [(absent["kind"], absent["label"]) for absent in answer["absent"]] == [("pupils", "Zoé Toupie")]
    assert "Absent des fichiers, élèves\u00a0: Zoé Toupie" in run(*words, pupils=fewer)[0]


def test_a_file_of_a_few_makes_nobody_leave_without_a_second_option(run, school):
    words, one = ("import_onde", "--school", school.uai, "--complete", "--json"), pupils_file(FAMILY.children[:1])
    run("import_onde", "--school", school.uai, pupils=pupils_file(FAMILY.children))
    before = business_digest()
    out, error = run(*words, pupils=one)
    assert business_digest() == before and json.loads(out)["batch"] is None
    assert "4 élèves sur 5" in error and "--even-if-many" in error
    assert run(*words, "--dry-run", pupils=one)[1] is None  # looking asks nothing
    out, error = run(*words, "--even-if-many", pupils=one)
    assert error is None and json.loads(out)["batch"]
    assert Enrolment.objects.filter(school=school, ends_on=None).count() == 1


def test_half_of_a_school_may_leave_at_once(run, school):
    run("import_onde", "--school", school.uai, pupils=pupils_file(FAMILY.children[:4]))
    whole = pupils_file(FAMILY.children[:2])
    assert run("import_onde", "--school", school.uai, "--complete", pupils=whole)[1] is None
    assert Enrolment.objects.filter(school=school, ends_on=None).count() == 2


def test_what_is_not_known_is_said(run, school):
    assert "UAI 0000000X" in run("import_onde", "--school", "0000000X", pupils=b"x")[1]
    assert "ne se lit pas" in run("import_onde", "--school", school.uai, "--pupils", "/nowhere/f.csv")[1]
    assert "année scolaire" in run("import_onde", "--school", school.uai, "--year", "26", pupils=b"x")[1]
    assert "Aucun import" in run("undo_import", str(uuid.uuid4()))[1]
    assert "Aucun import" in run("undo_import", "nothing")[1]
    assert "c’est un dossier" in run("import_onde", "--school", school.uai, "--pupils", "/tmp")[1]
    out, _ = run("import_onde", "--school", school.uai, "--year", "1999", pupils=pupils_file(FAMILY.children))
    assert "À corriger\u00a0: l’année 1999-2000 est terminée" in out


def test_the_batches_to_undo_first_are_named_newest_first(run, school):
    words, batches = ("import_onde", "--school", school.uai, "--json"), []
    for count in (1, 2, 3):
        answer = json.loads(run(*words, pupils=pupils_file(FAMILY.children[:count]))[0])
        batches.append(answer["batch"])
    assert f"Dans l’ordre\u00a0: {batches[2]}, {batches[1]}." in run("undo_import", batches[0])[1]
    out, _ = run("undo_import", batches[0], "--json")
    (obstacle,) = json.loads(out)["obstacles"]
    assert obstacle["batches"] == batches[:0:-1] and obstacle["count"] == 2
