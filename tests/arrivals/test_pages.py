"""The head's pages for ONDE files: drop, read, answer, apply, undo; and every refusal changes nothing."""

import datetime
from dataclasses import replace

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from preau.arrivals.models import Decision, Upload
from preau.kit.digest import business_digest
from preau.kit.models import Batch
from preau.people.models import Contact, Person
from preau.schools.models import Enrolment
from tests.arrivals.onde_files import Adult, Child, Family, Style, Teacher, guardians_file, pupils_file, teachers_file
from tests.canaries import leaks
from tests.texts import as_drawn
from tests.world import TODAY, add_person

BORN = datetime.date(TODAY.year - 8, 5, 3)  # as tests.world's children
NOBODY = (None, "suspended")


def of_the_world(**changes):
    """The pupils' line of the world's Adam, as a file would give it."""
    return Child("Canari-child_adam", "Child", BORN, classroom="Canari-classe-cpb", level="CP", **changes)


def test_files_dropped_are_recognised_and_change_nothing(desk):
    before = business_digest()
    family = Family.sample()
    address = desk.drop(
        pupils_file(family.children).replace(b"Pays2", b"Couleur"),
        guardians_file(family.adults),
        names=("eleves.csv", "responsables.csv"),
    )
    answer = desk.client.get(address)
    assert answer.status_code == 200 and business_digest() == before
    for words in ("eleves.csv", "5\u00a0élèves", "4\u00a0responsables", "Couleur", "utf-8", "Appliquer"):
        assert words in answer.text, words
    assert leaks(answer.text, "head") == set()


def test_the_waiting_files_are_found_again(desk):
    address = desk.drop(pupils_file(Family.sample().children))
    assert address in desk.client.get(desk("start")).text


@pytest.mark.parametrize(
    "data, sentence",
    [
        (b"", "le fichier est vide"),
        (b"%PDF-1.4 x", "un PDF, pas un tableau"),
        (b"Nom;Couleur\r\na;b\r\n", "ce n’est ni un fichier d’élèves"),
        (b"Nom;Couleur\r\n", "Premières colonnes lues"),
        ("Prénom;Nom\r\nZoé;".encode() + "Été\r\n".encode("cp1252"), "fichier-0.csv</b>, ligne 2"),
    ],
)
def test_bad_files_get_their_sentence_and_change_nothing(desk, data, sentence):
    before = business_digest()
    address = desk.drop(data)
    answer = desk.client.get(address)
    assert sentence in answer.text and "Des fichiers à corriger" in answer.text
    assert "application/" not in answer.text and "Déposer d’autres fichiers" in answer.text
    desk.client.post(f"{address}application/", {"seen": answer.context["seen"]})
    assert business_digest() == before and not Batch.objects.exists()


def test_nothing_chosen_or_too_many(desk):
    answer = desk.client.post(desk("start"), {"school_year": "2000-2001"})
    assert answer.status_code == 422 and "Aucun fichier n’est joint" in answer.text
    many = [SimpleUploadedFile(f"{n}.csv", b"x") for n in range(7)]
    assert "7 fichiers, c’est trop" in desk.client.post(desk("start"), {"files": many}).text
    assert not Upload.objects.exists()


def test_differences_have_their_reasons_and_filters(desk):
    moved = of_the_world()
    address = desk.drop(pupils_file([moved, Child("MARELLE", "MIA", classroom="CP Neuf")]))
    answer = desk.client.get(address)
    counts = {key: count for key, _, count in answer.context["groups"]}
    assert counts["arrivees"] == 2 and counts["absents"] == 6  # Mia and her class; four pupils, two classes
    assert counts["departs"] == 0  # absent is not gone
    assert "1 arrive," in answer.text.replace("\u00a0", " ") and "1 arrivent" not in answer.text
    left = desk.client.get(f"{address}?voir=absents")
    assert (
        "absent du fichier" in left.text and "MIA" not in left.text.upper().split("VOS RÉPONSES")[0].split("<TABLE")[-1]
    )
    assert desk.client.get(f"{address}?voir=ecartees").status_code == 200
    ended = desk.client.get(f"{address}?voir=departs&complete=1")
    assert ended.text.count("part</span>") == 4


def test_more_than_half_of_the_school_leaves_only_on_a_second_yes(desk):
    address = desk.drop(pupils_file([of_the_world()]))
    assert "even_if_many" not in desk.client.get(address).text
    page = desk.client.get(f"{address}?complete=1").text.replace("\u00a0", " ")
    assert "4 élèves quittent l’école, sur 5" in page and "voir=departs" in page
    before = business_digest()
    answer = desk.apply(address, complete=1)
    assert answer["Location"].endswith("?complete=1") and business_digest() == before
    assert "Plus de la moitié" in desk.client.get(answer["Location"]).text
    data = {"seen": desk.seen(f"{address}?complete=1"), "complete": 1, "even_if_many": 1}
    desk.client.post(f"{address}application/", data)
    here = Enrolment.objects.filter(school=desk.school, ends_on=None)
    assert here.count() == 1 and Batch.objects.count() == 1


def test_two_lines_that_differ_by_their_address_show_both(desk):
    lou = Child("TOUPIE", "LOU", address="3 rue des Lilas")
    text = desk.client.get(desk.drop(pupils_file([lou, replace(lou, address="12 av. Foch")]))).text
    assert "3 rue des Lilas" in text and "<mark>12 av. Foch" in text
    moved = desk.client.get(desk.drop(pupils_file([replace(of_the_world(), born=BORN.replace(day=4))]))).text
    assert "Est-ce le même élève" in moved and "Adresse" not in moved  # none is kept to compare with


def test_a_line_to_correct_blocks_until_it_is_set_aside(desk):
    wrong = pupils_file([of_the_world(), Child("SANS", "DATE")]).replace(b"04/03/2018", b"hier")
    address = desk.drop(wrong)
    answer = desk.client.get(address)
    assert "à corriger" in answer.text and "Appliquer" not in answer.text.split("apply")[-1].split("<p")[0]
    aside = desk.client.get(f"{address}?set_aside=1")
    assert not aside.context["comparison"].refused
    page = as_drawn(
        desk.client.post(f"{address}application/", {"seen": aside.context["seen"], "set_aside": "1"}, follow=True).text
    )
    assert "1\u00a0ligne est laissée de côté" in page and "fichier-0.csv, ligne 3, Date naissance" in page
    assert "n’est pas une date. Écrivez-la" in page and "«\u00a0hier" not in page
    assert "<caption" in page and ">Enseignantes et enseignants<" not in page and ">Élèves<" in page
    assert "\xa0hier" not in Batch.objects.get().counts["aside"][0]["reason"]  # kept for years: nothing of the cells


def test_a_question_left_open_is_recalled_once_applied(desk):
    address = desk.drop(pupils_file([of_the_world(), Child("CERCEAU", "LINA", born=BORN.replace(year=1918))]))
    desk.apply(address)
    page = as_drawn(desk.client.get(desk("batch", batch_id=Batch.objects.get().pk)).text)
    assert "fichier-0.csv, ligne 3\u00a0: attend votre réponse" in page.replace("&nbsp;", "\u00a0")


def test_an_odd_birth_date_is_put_right_kept_or_left_out_by_who_reads_it(desk):
    children = [
        of_the_world(),
        *(Child("CERCEAU", name, born=BORN.replace(year=1918)) for name in ("LINA", "NOÉ", "ÉVA")),
    ]
    address = desk.drop(pupils_file(children))

    def answer(choice, number=1, **more):
        key = desk.client.get(f"{address}?question={number}").context["question"].question.key
        return as_drawn(
            desk.client.post(f"{address}reponse/", {"key": key, "choice": choice, **more}, follow=True).text
        )

    assert "3 questions avant d’appliquer" in as_drawn(desk.client.get(address).text)
    assert "Le 4\u00a0mars 1917 donne aussi un âge" in answer("corriger", born_on="1917-03-04")
    assert "Écrivez la date corrigée" in answer("corriger")
    assert "date corrigée, 5\u00a0mai 2018" in answer("corriger", born_on="2018-05-05")
    assert "date gardée" in answer("garder")
    page = answer("ecarter")
    assert "question" not in page.split("<h1>")[1].split("</h1>")[0] and "laissée de côté" in page
    asked = desk.client.post(f"{address}reponse/", {"key": "birth~0~5", "choice": "reposer"}, follow=True)
    assert asked.context["question"].question.label == "Éva Cerceau"
    desk.apply(address)
    born = dict(Person.objects.filter(last_name="Cerceau").values_list("first_name", "birth_date"))
    assert born == {"Lina": datetime.date(2018, 5, 5), "Noé": BORN.replace(year=1918)}
    assert not Upload.objects.get().files[0]["births"], "what was said of dates goes with the files"


def test_a_line_to_correct_stands_before_the_hundreds_that_come_and_stay(desk):
    stranger = guardians_file([Adult("MARELLE", "ROSA", children=[Child("INCONNUE", "LOU")])])
    rows = desk.client.get(desk.drop(pupils_file([of_the_world()]), stranger)).context["rows"]
    assert len(rows) > 1 and [row.done for row in rows].index("à corriger") == 0


def test_applying_shows_what_was_done_and_undoes_it(desk):
    before = business_digest()
    family = Family.sample()
    address = desk.drop(pupils_file(family.children), guardians_file(family.adults))
    applied = desk.apply(address)
    batch = Batch.objects.get()
    assert applied["Location"] == desk("batch", batch_id=batch.pk)
    result = desk.client.get(applied["Location"])
    assert "C’est appliqué" in result.text and "Annuler ce lot" in result.text
    assert desk.client.get(address)["Location"] == applied["Location"]  # the files' page leads to the batch
    assert "appliqué" in desk.client.get(desk("start")).text
    undone = desk.client.post(desk("undoing", batch_id=batch.pk))
    assert undone.status_code == 302 and business_digest() == before
    assert "C’est annulé" in desk.client.get(applied["Location"]).text


def test_what_was_built_since_is_said_in_plain_words(desk):
    desk.apply(desk.drop(pupils_file(Family.sample().children)))
    pupil = Person.objects.get(first_name="Zoé")
    Contact.objects.create(person=pupil, kind="mobile", value="0611223344", match_key="0611223344")
    before = business_digest()
    answer = desk.client.post(desk("undoing", batch_id=Batch.objects.get().pk))
    assert answer.status_code == 422 and business_digest() == before
    assert "Rien n’est annulé" in answer.text and "Téléphone portable de Zoé Toupie, ajout depuis" in answer.text
    assert reverse("schools:pupil", kwargs={"pupil_id": pupil.pk}) in answer.text


def test_a_batch_older_than_thirty_days_offers_no_undo(desk):
    desk.apply(desk.drop(pupils_file(Family.sample().children)))
    Batch.objects.update(applied_at=timezone.now() - datetime.timedelta(days=31))
    answer = desk.client.get(desk("batch", batch_id=Batch.objects.get().pk))
    assert "Annuler ce lot" not in answer.text and "ne s’annule plus" in answer.text


def test_changes_that_were_not_read_are_shown_again(desk):
    address = desk.drop(pupils_file(Family.sample().children))
    before = business_digest()
    answer = desk.client.post(f"{address}application/", {"seen": "something else"}, follow=True)
    assert "a changé depuis votre lecture" in answer.text and business_digest() == before


def test_a_homonym_is_decided_remembered_and_asked_again(desk, world):
    address = desk.drop(
        pupils_file([Child("Canari-child_adam", "Child", BORN.replace(day=4), classroom="Canari-classe-cpb")]),
        guardians_file([Adult("Canari-guardian", "Guardian")]),
    )
    asked = desk.client.get(address)
    assert "Est-ce le même élève" in asked.text and "<mark>4" in asked.text
    assert "Guardian Canari-guardian" in asked.text  # the parents help to tell
    key = asked.context["question"].question.key
    desk.client.post(f"{address}reponse/", {"key": key, "same": "peut-être"})
    desk.client.post(f"{address}reponse/", {"key": "line:x~line:y", "same": "oui"})
    assert not Decision.objects.exists()
    desk.client.post(f"{address}reponse/", {"key": key, "same": "oui"})
    decided = desk.client.get(address)
    assert decided.context["question"] is None and "date de naissance" in decided.text
    assert "Reposer la question" in decided.text
    desk.client.post(
        desk("answer_taken_back", upload_id=Upload.objects.get().pk, decision_id=Decision.objects.get().pk)
    )
    assert desk.client.get(address).context["questions_count"] == 1
    desk.client.post(f"{address}reponse/", {"key": key, "same": "oui"})
    desk.apply(address)
    world.people["child_adam"].refresh_from_db()
    assert world.people["child_adam"].birth_date == BORN.replace(day=4)


def test_what_a_line_became_is_no_answer_to_take_back(desk, world):
    address = desk.drop(pupils_file([Child("TOUPIE", "ZOÉ")]))
    made = Decision.objects.create(
        school=world.schools["tilleuls"],
        first_key="line:a",
        second_key="person:b",
        decided_at=timezone.now(),
        candidate=Person.objects.get(pk=world.people["child_adam"].pk),
        verdict=Decision.Verdict.BECAME,
    )
    assert "Vos réponses" not in desk.client.get(address).text
    made.verdict = Decision.Verdict.SAME
    made.save()
    assert "Vos réponses" in desk.client.get(address).text


def test_two_lines_that_may_be_one_adult_are_shown_with_their_ends_only(desk):
    child = Child("TOUPIE", "ZOÉ")
    adults = [
        Adult("MARELLE", "MARIE", mobile="0611223344", children=(child,)),
        Adult("MARELLE", "MARIE", email="marie@example.org", children=(child,)),
    ]
    text = desk.client.get(desk.drop(pupils_file([child]), guardians_file(adults))).text
    assert "Est-ce la même personne" in text and "m…@example.org" in text
    assert "0611223344" not in text and "marie@example.org" not in text


def test_a_child_of_the_same_file_is_not_said_to_be_at_school_already(desk):
    twice = [Child("TOUPIE", "ZOÉ"), Child("TOUPIE", "ZOÉ", BORN.replace(day=4), classroom="CE1 B")]
    unclassed = Child("TOUPIE", "ZOÉ", classroom="")
    rows = guardians_file([Adult("MARELLE", "MARIE", children=(unclassed,))], Style("pairs"))
    text = desk.client.get(desk.drop(pupils_file(twice), rows)).text
    assert "Une ligne du fichier" in text and "Déjà à l’école" not in text


def test_deciding_later_goes_to_the_next_question(desk, world):
    add_person(world, "other_adam", last_name="Canari-child_lina", account=False, birth_date=BORN)
    lines = [
        Child("Canari-child_adam", "Child", BORN.replace(day=4)),
        Child("Canari-child_lina", "Child", BORN.replace(day=5)),
    ]  # fmt: skip
    address = desk.drop(pupils_file(lines))
    first, second = desk.client.get(address), desk.client.get(f"{address}?question=2")
    assert first.context["questions_count"] == 2
    assert first.context["question"].question.key != second.context["question"].question.key
    assert desk.client.get(f"{address}?question=99").context["question_number"] == 1


def test_files_given_up_are_gone(desk, own_files, django_capture_on_commit_callbacks):
    address = desk.drop(pupils_file(Family.sample().children))
    with django_capture_on_commit_callbacks(execute=True):
        desk.client.post(f"{address}abandon/")
    assert not [path for path in own_files.rglob("*") if path.is_file()]
    assert "ne sont plus gardés" in desk.client.get(address, follow=True).text


def test_after_a_restore_the_page_says_that_files_are_no_longer_kept(desk):
    address = desk.drop(pupils_file(Family.sample().children))
    default_storage.delete(Upload.objects.get().files[0]["path"])
    assert "ce fichier n’est plus gardé. Déposez-le à nouveau." in desk.client.get(address).text


def test_files_of_yesterday_are_not_compared(desk):
    address = desk.drop(pupils_file(Family.sample().children))
    Upload.objects.update(received_at=timezone.now() - datetime.timedelta(hours=25))
    assert desk.client.get(address)["Location"] == desk("start")


def test_nobody_else_reaches_anything(desk, world, client_of):
    address = desk.drop(pupils_file(Family.sample().children))
    seen = desk.seen(address)
    clients = {actor: client_of(actor) for actor in world.actors() if actor != "head"}
    before = business_digest()
    for actor, client in clients.items():
        for target in (desk("start"), address):
            assert client.get(target).status_code in (302, 404), (actor, target)
        for target in (f"{address}application/", f"{address}abandon/", f"{address}reponse/"):
            told = (403,) if actor in NOBODY else (302, 404)  # who is signed out reads that nothing was sent
            assert client.post(target, {"seen": seen}).status_code in told, (actor, target)
        client.post(desk("start"), {"files": SimpleUploadedFile("x.csv", b"x")})
    assert business_digest() == before and Upload.objects.get().state == "received"
    desk.apply(address)
    batch = Batch.objects.get()
    for actor in ("teacher", "head_other_school", "city_education", "ien"):
        assert client_of(actor).get(desk("batch", batch_id=batch.pk)).status_code == 404
        assert client_of(actor).post(desk("undoing", batch_id=batch.pk)).status_code == 404
    assert Batch.objects.get().undone_at is None


def test_a_head_of_two_schools_never_mixes_them(desk, world):
    """An upload, a batch, an answer of one school is not reached through the address of another."""
    address = desk.drop(pupils_file(Family.sample().children))
    other = world.schools["saules"]
    world.people["head"].mandates.create(role="school_head", school=other, starts_on=TODAY)
    assert desk.client.get(address.replace(str(desk.school.pk), str(other.pk))).status_code == 404


@pytest.mark.parametrize("count", [3, 90])
def test_pages_ask_few_queries_whatever_the_size(desk, count, django_assert_num_queries, django_assert_max_num_queries):
    names = [f"NOM{chr(65 + n % 26) * (1 + n // 26)}" for n in range(count)]
    children = [Child(names[n], "ZOÉ", classroom=f"CP {n % 4}", dispositif="ULIS" * (n % 2)) for n in range(count)]
    adults = [Adult(names[n], "EVE", mobile=f"06{n:08d}", children=(child,)) for n, child in enumerate(children)]
    address = desk.drop(
        pupils_file(children), guardians_file(adults), teachers_file([Teacher("CRAIE", "ANNE", classes=("CP 0",))])
    )
    desk.client.get(address)
    with django_assert_num_queries(10):  # three files compared at once: five reads of the school among them
        desk.client.get(address)
    desk.apply(address)
    for target in (desk("start"), desk("batch", batch_id=Batch.objects.get().pk)):
        with django_assert_max_num_queries(10):
            desk.client.get(target)
    assert Enrolment.objects.filter(school=desk.school).count() == count + 5


@pytest.mark.parametrize("given", [{"same": "oui"}, {"choice": "garder"}], ids=["likeness", "birth date"])
def test_a_question_that_is_asked_no_more_is_told_so(desk, given):
    address = desk.drop(pupils_file(Family.sample().children))
    before = business_digest()
    page = desk.client.post(f"{address}reponse/", {"key": "birth:9:9~line:2"} | given, follow=True)
    assert page.status_code == 200 and "Cette question ne se pose plus." in page.text and business_digest() == before
