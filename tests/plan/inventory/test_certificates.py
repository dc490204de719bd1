"""The erasure certificate: what it says, what seals it, who prints it; and the asset's one main gesture."""

import io
import re
import uuid

import pytest
from django.urls import reverse
from pypdf import PdfReader

from preau.journal.models import Detail, Seal
from preau.journal.queries import verify_chain
from preau.kit.answers import Conflict
from preau.kit.privacy import Erase
from preau.plan.inventory import actions, queries
from preau.plan.inventory.actions import Erasure
from preau.plan.inventory.models import Retirement
from tests.plan.inventory.conftest import NOW, TODAY

ERASED = Erasure("Informatique des écoles", "overwrite", TODAY, "CE-41")


@pytest.fixture
def retired(stock):
    """A laptop of the cart, retired by the city's IT with its erasure."""
    person = stock.world.people["city_it"]
    return actions.retire_asset(person=person, asset=stock.laptops[0], reason="broken", erasure=ERASED, now=NOW)


def address(retirement):
    return reverse("inventory:erasure_certificate", args=[retirement.pk])


def text_of(client, retirement):
    response = client.get(address(retirement))
    assert response.status_code == 200 and response.headers["Content-Type"] == "application/pdf"
    pages = PdfReader(io.BytesIO(response.content)).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))


def test_the_certificate_says_what_was_erased_how_by_whom_and_its_seal(stock, client, retired):
    stock.world.sign_in(client, "city_it")
    text = text_of(client, retired)
    seal = Seal.objects.get(entry__object_id=retired.pk)
    digest = queries.certificate_of(Retirement.objects.select_related("asset__city").get()).digest
    for said in ("SN-1", stock.laptops[0].shown_tag, "Informatique des écoles", "écrasement complet", "CE-41", digest):
        assert said.replace("\u00a0", " ") in text, said
    assert f"Ligne {seal.number} du journal scellé" in text and seal.digest in text
    assert "Ce papier dit ce que cette ligne a scellé" in text and seal.role == "city_it"


def test_a_certificate_changed_behind_the_back_says_so_even_once_the_details_are_gone(stock, client, retired):
    stock.world.sign_in(client, "city_it")
    Detail.objects.all().delete()  # a year later
    assert "Ce papier dit ce que cette ligne a scellé" in text_of(client, retired)
    Retirement.objects.filter(pk=retired.pk).update(erased_by="Une autre entreprise")
    assert "Ce papier ne dit plus ce qui a été scellé" in text_of(client, retired)


def test_a_retirement_from_before_seals_prints_without_one(stock, client):
    laptop = stock.laptops[1]
    old = Retirement.objects.create(
        asset=laptop,
        reason="broken",
        retired_on=TODAY,
        needs_erasure=True,
        erased_on=TODAY,
        erased_by="DSI",
        erasure_method="destroy",
    )
    stock.world.sign_in(client, "city_it")
    assert "rien ne la scelle" in text_of(client, old)


def test_each_end_of_a_thing_is_sealed_under_the_title_of_whoever_paid(stock, retired):
    it, city = stock.world.people["city_it"], stock.school.city
    laptop = stock.again(stock.laptops[0])
    actions.place_asset(person=it, asset=laptop, school=None, is_in_use=False, now=NOW)
    again = actions.retire_asset(person=it, asset=laptop, reason="obsolete", erasure=ERASED, now=NOW)
    actions.dispose_asset(person=it, asset=laptop, way="waste", beneficiary="Écologic", now=NOW)
    sealed = (
        Seal.objects.filter(chain=city.pk).order_by("number").values_list("entry__verb", "entry__object_id", "role")
    )
    assert list(sealed) == [
        ("retirement_recorded", retired.pk, "city_it"),
        ("retirement_cancelled", retired.pk, "city_it"),
        ("retirement_recorded", again.pk, "city_it"),
        ("retirement_disposed", again.pk, "city_it"),
    ]
    assert verify_chain(city.pk).is_whole


def test_a_cancelled_certificate_is_printed_as_such(stock, client, retired):
    actions.place_asset(person=None, asset=stock.again(stock.laptops[0]), school=None, is_in_use=False, now=NOW)
    stock.world.sign_in(client, "city_it")
    assert "Réforme annulée le" in text_of(client, retired)


def test_what_was_retired_is_not_corrected(stock, retired):
    with pytest.raises(Conflict, match="certificat"):
        actions.correct_asset(
            person=None,
            asset=stock.again(stock.laptops[0]),
            label="Autre",
            serial="SN-99",
            delivery_ref="",
            now=NOW,
            funding="unknown",
            price_cents=None,
            regime="unknown",
        )
    assert stock.again(stock.laptops[0]).serial == "SN-1"


def test_nothing_erased_has_no_certificate(stock, client):
    board = actions.retire_asset(person=None, asset=stock.projector, reason="broken", now=NOW)
    response = stock.world.sign_in(client, "city_it").get(address(board))
    assert response.status_code == 403 and "Aucun effacement n’a été noté" in response.content.decode()
    page = client.get(reverse("inventory:asset_detail", args=[stock.projector.pk])).content.decode()
    assert "Imprimer le certificat" not in page


@pytest.mark.parametrize("actor", ["dsden", "city_education", "head", "ien"])
def test_readers_of_the_thing_print_its_certificate(stock, client, actor, retired):
    stock.world.sign_in(client, actor)
    assert "SN-1" in text_of(client, retired)
    page = client.get(reverse("inventory:asset_detail", args=[retired.asset_id])).content.decode()
    assert address(retired) in page


@pytest.fixture
def moved(stock, retired):
    """The same laptop, its retirement cancelled, in use at another school since."""
    for school in (None, stock.world.schools["saules"]):
        laptop = stock.again(stock.laptops[0])
        actions.place_asset(person=None, asset=laptop, school=school, is_in_use=False, now=NOW)
    return retired


@pytest.mark.parametrize("actor", ["head", "city_it", "dsden"])
def test_a_cancelled_certificate_stays_with_its_school_and_names_it(stock, client, actor, moved):
    stock.world.sign_in(client, actor)
    text = text_of(client, moved)
    assert f"Dernière école {stock.school.full_name}" in text and "Saules" not in text
    assert "Ce papier dit ce que cette ligne a scellé" in text


@pytest.mark.parametrize("actor", ["head_other_school", "teacher_other_school"])
def test_the_school_that_has_the_thing_now_reads_no_former_certificate(stock, client, actor, moved):
    stock.world.sign_in(client, actor)
    assert client.get(reverse("inventory:asset_detail", args=[moved.asset_id])).status_code == 200
    assert client.get(address(moved)).status_code == 404


@pytest.mark.parametrize(
    "change",
    [
        {"beneficiary": "M. Voisin"}, {"way": "donation"}, {"disposal_ref": "BSD-2"}, {"funding": "state"},
        {"school": None}, {"way": "", "beneficiary": "", "disposed_on": None}, {"salt": None}, {"cancelled_at": NOW},
    ],
)  # fmt: skip
def test_what_the_certificate_says_of_the_exit_and_of_that_day_is_bound_too(stock, client, retired, change):
    actions.dispose_asset(
        person=None,
        asset=stock.again(stock.laptops[0]),
        way="waste",
        beneficiary="Écologic",
        now=NOW,
        disposal_ref="BSD-1",
    )
    stock.world.sign_in(client, "city_it")
    text = text_of(client, retired)
    assert "Ce papier dit ce que ces lignes ont scellé" in text
    assert Seal.objects.get(entry__verb="retirement_disposed").digest in text
    Retirement.objects.filter(pk=retired.pk).update(**change)
    assert "Ce papier ne dit plus ce qui a été scellé" in text_of(client, retired)


@pytest.mark.parametrize("change", [{"way": "waste", "beneficiary": "X", "disposed_on": TODAY}, {"cancelled_at": NOW}])
def test_an_exit_or_a_cancelling_that_no_line_sealed_shows(stock, client, retired, change):
    stock.world.sign_in(client, "city_it")
    Retirement.objects.filter(pk=retired.pk).update(**change)
    assert "Ce papier ne dit plus ce qui a été scellé" in text_of(client, retired)


def test_two_retirements_that_say_the_same_have_different_marks(retired):
    """Else a mark, which stays for good, would tell whoever tries names."""
    before = queries.mark_of(retired)
    retired.salt = uuid.uuid4()
    assert queries.mark_of(retired) != before


def test_what_is_kept_of_those_who_erased_and_received_is_told(client, db):
    privacy = Retirement.privacy
    assert privacy.erase is Erase.KEEP and "salt" in privacy.hides
    assert privacy.holds[1:] in client.get(reverse("privacy")).content.decode()


def test_a_certificate_sealed_before_the_salt_holds_and_says_only_what_was_bound(stock, client, retired, monkeypatch):
    laptop, person = stock.laptops[1], stock.world.people["city_it"]
    monkeypatch.setattr(Retirement._meta.get_field("salt"), "default", None)
    monkeypatch.setattr(Retirement._meta.get_field("salt"), "_get_default", lambda: None)
    old = actions.retire_asset(person=person, asset=laptop, reason="broken", erasure=ERASED, now=NOW)
    actions.dispose_asset(person=person, asset=stock.again(laptop), way="waste", beneficiary="Écologic", now=NOW)
    stock.world.sign_in(client, "city_it")
    text = text_of(client, old)
    assert old.salt is None and "Ce papier dit ce que cette ligne a scellé" in text
    assert "Dernière école" not in text and "rien ne la scelle" in text


@pytest.mark.parametrize("actor", ["guardian", "operator", "ien_other", "city_education_far", "head_other_school"])
def test_strangers_find_no_certificate(stock, client, actor, retired):
    assert stock.world.sign_in(client, actor).get(address(retired)).status_code == 404


def test_the_page_has_one_main_gesture_and_keeps_the_others_folded(stock, client):
    stock.world.sign_in(client, "city_it")
    page = client.get(reverse("inventory:asset_detail", args=[stock.projector.pk])).content.decode()
    folded = re.search(r"<details class=\"more\">.*?</details>", page, re.S)[0]
    assert re.findall(r'class="btn btn-main"[^>]*>([^<]+)', page) == ["Déplacer"]
    assert "Autres gestes" in folded
    for title in ("Ranger dans la réserve", "Envoyer en réparation", "Prêter", "Il manque", "Corriger", "Réformer"):
        assert title in folded, title


def test_what_waits_to_leave_shows_its_retirement_first(stock, client, retired):
    stock.world.sign_in(client, "city_it")
    page = client.get(reverse("inventory:asset_detail", args=[retired.asset_id])).content.decode()
    assert re.findall(r'class="btn btn-main"[^>]*>([^<]+)', page) == ["Sortir de l’inventaire"]
    assert "Ranger dans la réserve" in page
    form = client.get(reverse("inventory:asset_change", args=[retired.asset_id, "sortie"])).content.decode()
    assert address(retired) in form


def test_who_only_reads_is_offered_nothing(stock, client):
    stock.world.sign_in(client, "head")
    page = client.get(reverse("inventory:asset_detail", args=[stock.projector.pk])).content.decode()
    assert "Autres gestes" not in page and "btn-main" not in page
