"""Connection sheets: who gets one, what the PDF says, which codes live, who may open it, when it goes."""

import datetime
import io
import re
from dataclasses import replace

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from preau.arrivals import actions, queries, rules
from preau.arrivals.models import SheetJob
from preau.arrivals.printing import Sheet, draw
from preau.arrivals.sheet_words import said
from preau.journal.models import Entry
from preau.kit.digest import business_digest
from preau.people.actions import issue_activation_codes
from preau.people.codes import code_in_groups
from preau.people.models import Account, ActivationCode, Mandate, Person
from preau.people.queries import code_of
from preau.schools.models import Guardianship
from tests.arrivals.onde_files import Family, guardians_file, pupils_file
from tests.canaries import FOUND, canary_of, leaks
from tests.people.door import give_password
from tests.world import TODAY, add_child, add_person

NOW = timezone.now()
ADDRESS = "https://preau.example.org/premiere-fois/"
CODE = re.compile(r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{3}-[2-9A-Z]{3}")


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    }
    return tmp_path


@pytest.fixture
def families(world):
    """The world's guardians as they are before a first day: without account."""
    Account.objects.filter(person__children_links__isnull=False).delete()
    return world


def ask(world, *classes, layout="eight", with_pupils=False, renews_active=False, now=NOW):
    jobs = actions.ask_sheets(
        school=world.schools["tilleuls"],
        classrooms=[world.classrooms[name] for name in classes],
        layout=layout,
        with_pupils=with_pupils,
        renews_active=renews_active,
        address=ADDRESS,
        person=world.people["head"],
        now=now,
    )
    for job in jobs:
        job.refresh_from_db()
    return jobs[0] if len(jobs) == 1 else jobs


def pdf(job):
    with default_storage.open(job.path) as file:
        return PdfReader(io.BytesIO(file.read()))


def text_of(job):
    return "\n".join(page.extract_text() for page in pdf(job).pages)


def codes_of(job):
    return CODE.findall(text_of(job))


def stored(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def test_each_guardian_has_one_sheet_and_one_living_code(families, own_files):
    job = ask(families, "cpb")
    assert (job.state, job.total_count, job.done_count, job.codes_count) == ("ready", 4, 4, 4)
    codes = codes_of(job)
    assert len(codes) == len(set(codes)) == 4
    owners = {code_of(code, NOW).person.last_name for code in codes}
    assert owners == {
        canary_of(n) for n in ("guardian", "guardian_coparent", "guardian_other_family", "guardian_paper")
    }
    assert [path.stat().st_mode & 0o077 for path in stored(own_files)] == [0]


def test_the_pdf_names_the_class_and_nobody_else(families):
    text = text_of(ask(families, "cpb"))
    found = set(FOUND.findall(text))
    expected = ("guardian", "guardian_coparent", "guardian_other_family", "guardian_paper", "child_adam", "child_lina")
    assert found == {canary_of(name) for name in expected} | {"Canari-classe-cpb"}  # no restricted guardian
    assert "preau.example.org/premiere-fois," in text and leaks(text, "teacher") == set()


def test_title_and_language_are_set(families):
    document = pdf(ask(families, "cpb"))
    assert "Canari-classe-cpb" in document.metadata.title
    assert document.trailer["/Root"]["/Lang"] == "fr-FR"


def test_the_address_of_a_sheet_is_found_as_it_is_typed(client, db):
    assert client.get("/premiere-fois", follow=True).redirect_chain == [("/premiere-fois/", 301)]


@pytest.mark.parametrize("layout, is_french_too", [("page", True), ("eight", False)])
def test_a_guardian_reads_the_sheet_in_their_language_and_the_others_in_french(families, layout, is_french_too):
    families.people["guardian"].reading_language = "uk"
    families.people["guardian"].save()
    text = text_of(ask(families, "cpb", layout=layout))
    assert text.count("Наведіть телефон на цей квадрат.") == text.count("Переклад ще не перевірено") == 1
    assert text.count("Visez ce carré") + text.count("Visez\nce carré") == 3 + is_french_too


def test_the_square_of_a_sheet_opens_the_page_in_the_language_of_its_guardian():
    sheet = Sheet("École", "Mme Toupie", (("Zoé", "CP"),), False, "SECRET", "SEC-RET", "r.toupie", language="ar")
    words = said(sheet, ADDRESS, datetime.date(2026, 12, 29))
    assert words["target"] == f"{ADDRESS}?langue=ar#SECRET" and "29/12/2026" in words["other"]["sentences"][2]
    assert words["french"]["sentences"][2] == "Ce code sert une fois, jusqu’au 29\u00a0décembre. Gardez-le pour vous."
    words = said(replace(sheet, language="fr"), ADDRESS, datetime.date(2026, 12, 29))
    assert (words["target"], words["other"]) == (f"{ADDRESS}#SECRET", None)


@pytest.mark.parametrize("layout, says_what_for", [("page", 1), ("eight", 0)])
def test_a_sheet_has_a_line_for_the_identifier_that_the_page_says_to_copy(layout, says_what_for):
    sheet = Sheet("École", "Mme Toupie", (("Zoé", "CP"),), False, "SECRET", "SEC-RET", "")
    words = said(sheet, ADDRESS, datetime.date(2026, 12, 29))
    text = PdfReader(io.BytesIO(draw([words], layout=layout, title="Fiches", now=NOW))).pages[0].extract_text()
    assert "Votre identifiant" in text and text.count("Pour lire les mots de l’école") == says_what_for


@pytest.mark.parametrize("layout, pages", [("eight", 1), ("page", 4)])
def test_one_a_page_or_eight(families, layout, pages):
    assert len(pdf(ask(families, "cpb", layout=layout)).pages) == pages


def test_printing_again_kills_the_former_codes_and_the_former_pdf(
    families, own_files, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        first = ask(families, "cpb")
        former = codes_of(first)
        second = ask(families, "cpb")
    first.refresh_from_db()
    assert (first.state, first.path) == ("dropped", "") and len(stored(own_files)) == 1
    assert [code_of(code, NOW) for code in former] == [None] * 4
    assert all(code_of(code, NOW) for code in codes_of(second))


def test_a_code_of_another_class_lives_on(families):
    other = issue_activation_codes(persons=[families.people["guardian_ulis"]], person=None, now=NOW)
    ask(families, "cpb")
    assert all(code_of(code_in_groups(secret), NOW) for secret in other.values())


def test_an_open_account_gets_no_code_unless_asked(world):
    for name in ("guardian", "guardian_coparent", "guardian_other_family"):
        give_password(world.account(name))
    job = ask(world, "cpb")
    assert job.codes_count == 1 and job.total_count == 4  # only the guardian on paper has no account
    text = text_of(job)
    assert text.count("déjà ouvert") == 3 and world.account("guardian").identifier in text
    assert ask(world, "cpb", renews_active=True).codes_count == 4


def test_a_closed_account_is_not_opened_again(world):
    Account.objects.filter(person=world.people["guardian"]).update(is_active=False)
    job = ask(world, "cpb", renews_active=True)
    assert job.total_count == 3 and canary_of("guardian") not in FOUND.findall(text_of(job))


def test_a_family_of_two_classes_has_one_sheet_with_the_eldest(families):
    child = add_child(families, "child_big", "cm2", "CM2", ["guardian"])
    child.birth_date = datetime.date(TODAY.year - 11, 1, 1)
    child.save()
    small, big = ask(families, "cpb", "cm2")
    assert canary_of("guardian") not in FOUND.findall(text_of(small))
    assert canary_of("guardian") in FOUND.findall(text_of(big)) and canary_of("child_adam") in text_of(big)
    lines = {each.classroom.pk: each for each in queries.sheets_of_school(families.schools["tilleuls"], TODAY)}
    assert lines[families.classrooms["cpb"].pk].elsewhere_count == 1


def test_readers_get_a_sheet_only_when_asked(families):
    Account.objects.filter(person=families.people["pupil_cm2"]).delete()
    assert ask(families, "cm2").total_count == 2
    job = ask(families, "cm2", with_pupils=True)  # CM1 and CM2
    assert job.total_count == 4 and "Choisis ton mot de passe" in text_of(job)
    assert ask(families, "gs", with_pupils=True).total_count == 1  # nursery pupils have no sign-in


def test_a_class_of_next_september_has_its_sheets(families):
    school = families.schools["tilleuls"]
    first = datetime.date(TODAY.year + 1, 9, 1)
    year = f"{first.year}-{first.year + 1}"
    room = school.classrooms.create(school_year=year, name="CE1 neuf", levels=["CE1"])
    child = add_person(families, "child_new", account=False, birth_date=datetime.date(TODAY.year - 6, 1, 1))
    parent = add_person(families, "parent_new", account=False)
    child.enrolments.create(school=school, classroom=room, level="CE1", starts_on=first)
    Guardianship.objects.create(guardian=parent, child=child, starts_on=first)
    summer = first - datetime.timedelta(days=10)
    assert [each.person for each in queries.sheets_of_class(room, summer).guardians] == [parent]


def test_the_job_run_twice_changes_nothing_more(families):
    job = ask(families, "cpb")
    codes = ActivationCode.objects.count()
    assert actions.make_sheets(job_id=job.pk, now=NOW) is None
    assert ActivationCode.objects.count() == codes


def test_a_job_cut_by_a_failure_starts_again_with_new_codes(families):
    job = ask(families, "cpb")
    former = codes_of(job)
    SheetJob.objects.filter(pk=job.pk).update(state="making", path="")
    actions.make_sheets(job_id=job.pk, now=NOW)
    job.refresh_from_db()
    assert job.state == "ready" and not set(former) & set(codes_of(job))
    assert [code_of(code, NOW) for code in former] == [None] * 4


def test_only_the_head_sees_and_prints(world):
    job = ask(world, "cpb")
    for name, person in world.people.items():
        mine = name == "head"
        assert bool(rules.can_print_sheets(person, world.schools["tilleuls"], TODAY)) is mine, name
        assert (job in rules.sheet_jobs_visible_to(person, TODAY)) is mine, name
    assert "direction" in rules.can_print_sheets(world.people["teacher"], world.schools["tilleuls"], TODAY).reason


@pytest.mark.long
def test_each_address_is_the_heads_alone(world, client_of):
    job = ask(world, "cpb")
    school = world.schools["tilleuls"].pk
    before = SheetJob.objects.count(), ActivationCode.objects.count()
    for actor in world.actors():
        if actor == "head":
            continue
        for name, kwargs in (("new", {}), ("ready", {}), ("file", {"job_id": job.pk})):
            answer = client_of(actor).get(reverse(f"arrivals:sheets_{name}", kwargs={"school_id": school} | kwargs))
            assert answer.status_code in (302, 404), (actor, name)
        removal = reverse("arrivals:sheets_removal", kwargs={"school_id": school, "job_id": job.pk})
        assert client_of(actor).post(removal).status_code in (302, 404)
        data = {"classrooms": [world.classrooms["cpb"].pk], "layout": "eight"}
        client_of(actor).post(reverse("arrivals:sheets_new", kwargs={"school_id": school}), data)
    job.refresh_from_db()
    assert job.state == "ready" and (SheetJob.objects.count(), ActivationCode.objects.count()) == before


def test_the_head_asks_waits_and_opens(world, client_of):
    client = client_of("head")
    school = {"school_id": world.schools["tilleuls"].pk}
    page = client.get(reverse("arrivals:sheets_new", kwargs=school))
    assert "Canari-classe-cpb" in page.text and leaks(page.text, "head") == set()
    wrong = client.post(reverse("arrivals:sheets_new", kwargs=school), {"layout": "eight"})
    assert wrong.status_code == 422 and "cochez-en une" in wrong.text and not SheetJob.objects.exists()
    foreign = {"classrooms": [world.classrooms["saules_cm2"].pk], "layout": "eight"}
    assert client.post(reverse("arrivals:sheets_new", kwargs=school), foreign).status_code == 422
    data = {"classrooms": [world.classrooms["cpb"].pk, world.classrooms["gs"].pk], "layout": "page"}
    assert client.post(reverse("arrivals:sheets_new", kwargs=school), data).status_code == 302
    job = SheetJob.objects.get(classroom=world.classrooms["cpb"])
    assert job.address == "http://testserver/premiere-fois/"
    ready = client.get(reverse("arrivals:sheets_ready", kwargs=school))
    assert "Ouvrir le PDF" in ready.text and "Voir où cela en est" not in ready.text
    answer = client.get(reverse("arrivals:sheets_file", kwargs=school | {"job_id": job.pk}))
    assert answer["Content-Type"] == "application/pdf" and answer["Cache-Control"] == "no-store"
    assert answer.content.startswith(b"%PDF")
    SheetJob.objects.filter(pk=job.pk).update(state="making", total_count=4, done_count=2)
    waiting = client.get(reverse("arrivals:sheets_ready", kwargs=school))
    assert "Voir où cela en est</a></p></noscript>" in waiting.text and "2 sur 4" in waiting.text
    assert client.get(reverse("arrivals:sheets_file", kwargs=school | {"job_id": job.pk})).status_code == 404


def test_sheets_that_never_come_say_what_to_do(world, client_of):
    job = ask(world, "cpb")
    SheetJob.objects.filter(pk=job.pk).update(state="making", asked_at=NOW - datetime.timedelta(minutes=16))
    page = client_of("head").get(reverse("arrivals:sheets_ready", kwargs={"school_id": job.school_id}))
    assert "Demandez-les de nouveau" in page.text and "refresh" not in page.text


def test_no_sheets_are_said_ready_where_none_waits(world, client_of):
    school = {"school_id": world.schools["tilleuls"].pk}
    page = client_of("head").get(reverse("arrivals:sheets_ready", kwargs=school)).text
    assert "Aucune fiche n’attend ici" in page and "Les fiches sont prêtes" not in page


@pytest.mark.parametrize("name", ["sheets_new", "sheets_ready"])
def test_pages_ask_few_queries_whatever_the_size(world, client_of, name, django_assert_max_num_queries):
    for number in range(12):
        add_person(world, f"g{number}")
        add_child(world, f"c{number}", "cpb", "CP", [f"g{number}"])
    ask(world, "cpb", "cm2", "gs")
    client = client_of("head")
    with django_assert_max_num_queries(10):
        client.get(reverse(f"arrivals:{name}", kwargs={"school_id": world.schools["tilleuls"].pk}))


def test_sheets_are_gone_after_a_day(families, own_files, django_capture_on_commit_callbacks):
    job = ask(families, "cpb")
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.purge_sheets(now=NOW + datetime.timedelta(hours=23)) == 0
    later = NOW + datetime.timedelta(hours=25)
    assert actions.purge_sheets(now=later, dry_run=True) == 1 and len(stored(own_files)) == 1
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.purge_sheets(now=later) == 1
    job.refresh_from_db()
    assert stored(own_files) == [] and job.state == "dropped"


def test_after_a_restore_the_page_says_that_the_file_is_no_longer_kept(world, client_of):
    job = ask(world, "cpb")
    default_storage.delete(job.path)
    client = client_of("head")
    page = client.get(reverse("arrivals:sheets_ready", kwargs={"school_id": job.school_id})).text
    assert "Ce fichier n’est plus gardé. Préparez d’autres fiches." in page and "Ouvrir le PDF" not in page
    file = {"school_id": job.school_id, "job_id": job.pk}
    assert client.get(reverse("arrivals:sheets_file", kwargs=file)).status_code == 404
    client.post(reverse("arrivals:sheets_removal", kwargs=file))
    job.refresh_from_db()
    assert job.state == "dropped"


def test_a_day_later_the_page_shows_nothing_even_before_the_purge(families):
    ask(families, "cpb", now=NOW - datetime.timedelta(hours=25))
    assert not queries.living_sheet_jobs(SheetJob.objects.all(), NOW).exists()


def test_each_act_has_its_line_and_no_line_holds_a_code(families):
    job = ask(families, "cpb")
    actions.drop_sheets(job=job, person=families.people["head"], now=NOW)
    lines = Entry.objects.filter(object_id=job.pk).order_by("id").values_list("verb", flat=True)
    assert list(lines) == ["arrivals.ask_sheets", "arrivals.drop_sheets"]
    assert Entry.objects.filter(verb="issue_activation_code").count() == 4


def test_the_purge_runs_by_itself():
    from preau.kit.schedule import entries

    assert any(entry.name == "preau.arrivals.tasks.purge_sheets" for entry in entries())


def test_an_import_is_undone_with_the_sheets_made_since(school, own_files, django_capture_on_commit_callbacks):
    family, head = Family.sample(), Person.objects.create(last_name="Craie", first_name="Anne")
    before = business_digest()
    result = actions.apply_arrivals(
        school=school,
        now=NOW,
        files=[
            actions.IncomingFile("e.csv", pupils_file(family.children)),
            actions.IncomingFile("r.csv", guardians_file(family.adults)),
        ],
    )
    rooms = [each.classroom for each in queries.sheets_of_school(school, TODAY)]
    with django_capture_on_commit_callbacks(execute=True):
        actions.ask_sheets(
            school=school,
            classrooms=rooms,
            layout="page",
            with_pupils=True,
            renews_active=False,
            address=ADDRESS,
            person=head,
            now=NOW,
        )
        assert len(stored(own_files)) == len(rooms) == 2
        actions.undo_batch(batch_id=result.batch.pk, now=NOW)
    assert business_digest() == before and not ActivationCode.objects.exists()
    assert stored(own_files) == [] and not SheetJob.objects.exclude(state="dropped").exists()


def test_no_code_is_drawn_for_a_parent_who_works_in_another_school(world):
    """The head of the child's school must not open what that parent holds elsewhere."""
    teacher, adam = world.people["teacher_other_school"], world.people["child_adam"]
    Guardianship.objects.create(guardian=teacher, child=adam, starts_on=TODAY)
    before = ask(world, "cpb", renews_active=True).codes_count
    assert not teacher.activation_codes.exists()
    ended = {"starts_on": TODAY - datetime.timedelta(days=900), "ends_on": TODAY - datetime.timedelta(days=1)}
    Mandate.objects.filter(person=teacher).update(**ended)
    assert ask(world, "cpb", renews_active=True).codes_count == before, (
        "what was published there is still theirs to read"
    )
    Mandate.objects.filter(person=teacher).update(ends_on=TODAY - datetime.timedelta(days=800))
    assert ask(world, "cpb", renews_active=True).codes_count == before + 1


def test_a_head_draws_no_code_for_the_other_parent_of_their_own_child(families):
    """Nor prints a sheet that would say « déjà ouvert » to who has no account; the class teacher gives theirs."""
    Guardianship.objects.create(guardian=families.people["head"], child=families.people["child_adam"], starts_on=TODAY)
    give_password(families.account("head"))
    job = ask(families, "cpb", renews_active=True)
    drawn = set(ActivationCode.objects.values_list("person__last_name", flat=True))
    assert drawn == {canary_of("guardian_other_family"), canary_of("guardian_paper")}
    assert (job.total_count, job.codes_count) == (3, 2) and canary_of("guardian") not in FOUND.findall(text_of(job))
