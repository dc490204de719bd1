"""« Corriger »: what a file left unsaid or wrote badly of a guardian and of a pupil."""

import datetime

import pytest
from django.core import mail
from django.urls import reverse

from preau.journal.models import Entry
from preau.people.models import Account, Contact, Person
from preau.people.queries import emails_of
from preau.schools.models import Guardianship
from tests.texts import as_drawn
from tests.world import BEFORE, TODAY


@pytest.fixture
def head(world, client):
    return world.sign_in(client, "head")


@pytest.fixture
def link(world):
    """As ONDE leaves it: neither kind, nor authority, nor who to call first."""
    guardian = world.people["guardian"]
    Contact.objects.create(person=guardian, kind="mobile", value="06 11 22 33 44", match_key="0611223344")
    Guardianship.objects.filter(guardian=guardian).update(authority="unknown")
    return Guardianship.objects.get(guardian=guardian)


def page_of(link):
    return reverse("schools:guardian_correction", args=[link.pk])


def written(link, **changes):
    """The form as the page gives it, and what the head changes."""
    guardian = link.guardian
    found = {
        "civility": guardian.civility, "first_name": guardian.first_name, "last_name": guardian.last_name,
        "usage_name": guardian.usage_name, "kind": link.kind, "authority": link.authority,
        "starts_on": link.starts_on.isoformat(),
    }  # fmt: skip
    found |= {f"contact_{contact.pk.hex}": contact.value for contact in guardian.contacts.all()}
    return found | changes


def test_a_guardian_is_completed_and_each_row_has_its_line(world, head, link):
    day = BEFORE + datetime.timedelta(days=3)
    changes = {"kind": "tutor", "authority": "yes", "is_priority": "on", "starts_on": day.isoformat()}
    answer = head.post(page_of(link), written(link, **changes, new_email="Ada@Exemple.fr"), follow=True)
    page = as_drawn(answer.text)
    assert "Tuteur ou tutrice, autorité parentale" in page and "à prévenir en premier" in page
    assert "ada@exemple.fr" in page and "06 11 22 33 44" in page
    link.refresh_from_db()
    assert link.starts_on == day
    lines = {e.verb: (e.object_id, e.fields, e.place_id) for e in Entry.objects.filter(verb__startswith="correct_")}
    assert lines == {
        "correct_guardianship": (
            link.pk,
            ["authority", "is_priority", "kind", "starts_on"],
            world.schools["tilleuls"].pk,
        ),
        "correct_contacts": (link.guardian_id, ["email"], world.schools["tilleuls"].pk),
    }


def test_a_name_and_a_telephone_are_corrected(head, link):
    (phone,) = link.guardian.contacts.all()
    changes = {"last_name": "Cerceau", "usage_name": "Billes", f"contact_{phone.pk.hex}": "+33 6 99 88 77 66"}
    head.post(page_of(link), written(link, **changes))
    guardian = Person.objects.get(pk=link.guardian_id)
    assert (guardian.full_name, guardian.sort_key) == ("Guardian Billes", "billes guardian")
    assert list(guardian.contacts.values_list("value", "match_key")) == [("06 99 88 77 66", "0699887766")]
    assert Entry.objects.get(verb="correct_person").fields == ["last_name", "usage_name"]
    assert Entry.objects.get(verb="correct_contacts").fields == ["mobile"]


def test_the_same_again_writes_nothing(head, link):
    before = list(Contact.objects.values())
    head.post(page_of(link), written(link))
    assert list(Contact.objects.values()) == before and not Entry.objects.filter(verb__startswith="correct_").exists()


def test_an_emptied_telephone_is_dropped_and_one_written_twice_is_one(head, link):
    guardian = link.guardian
    other = Contact.objects.create(person=guardian, kind="mobile", value="07 00 00 00 01", match_key="0700000001")
    head.post(page_of(link), written(link, **{f"contact_{other.pk.hex}": "0611223344"}))
    assert list(guardian.contacts.values_list("value", flat=True)) == ["06 11 22 33 44"]
    head.post(page_of(link), written(link, **{f"contact_{guardian.contacts.get().pk.hex}": ""}))
    assert not guardian.contacts.exists()


@pytest.mark.parametrize(
    "changes, sentence",
    [
        ({"new_home": "12"}, "écrivez-le comme 06 12 34 56 78"),
        ({"new_email": "ada"}, "Cette adresse n’est pas complète"),
        ({"last_name": ""}, "«\u00a0Nom\u00a0» est vide"),
        ({"starts_on": "32/01/2026"}, "Cette date n’est pas reconnue"),
    ],
)
def test_a_slip_keeps_what_was_typed_and_changes_nothing(head, link, changes, sentence):
    before = (list(Person.objects.values()), list(Guardianship.objects.values()), list(Contact.objects.values()))
    answer = head.post(page_of(link), written(link, first_name="Adélaïde", authority="yes", **changes))
    page = answer.content.decode()
    assert answer.status_code == 422 and sentence in page
    assert 'value="Adélaïde"' in page and '<option value="yes" selected>' in page and "06 11 22 33 44" in page
    assert before == (
        list(Person.objects.values()),
        list(Guardianship.objects.values()),
        list(Contact.objects.values()),
    )


def test_a_decision_stays_whatever_is_corrected(world, head):
    link = Guardianship.objects.get(guardian=world.people["guardian_restricted"])
    head.post(page_of(link), written(link, authority="no", kind="other"))
    link.refresh_from_db()
    assert (link.authority, link.restricted_on, link.restriction_reference) == ("no", world.before, "JAF 2026/112")


def test_the_account_is_its_person_s_own_whatever_contact_the_school_writes(world, head, link):
    """A head who could change where an account is told things could take it (trust.md 21)."""
    Account.objects.filter(person=link.guardian).update(
        email="ada@maison.example", email_confirmed_at=datetime.datetime.now(datetime.UTC)
    )
    before = Account.objects.values().get(person=link.guardian)
    assert "Son compte et son identifiant ne changent pas" in head.get(page_of(link)).content.decode()
    head.post(page_of(link), written(link, last_name="Autre", new_email="direction@ecole.example"))
    assert link.guardian.contacts.filter(kind="email", value="direction@ecole.example").exists()
    assert Account.objects.values().get(person=link.guardian) == before
    assert emails_of([link.guardian_id]) == {link.guardian_id: "ada@maison.example"}
    assert mail.outbox == []


def test_a_pupil_s_name_and_birth_date_are_corrected(world, head):
    adam = world.people["child_adam"]
    url = reverse("schools:pupil_correction", args=[adam.pk])
    assert f'value="{adam.birth_date.isoformat()}"' in head.get(url).content.decode()
    typed = {"first_name": "Adam", "last_name": "Toupie-Billes", "usage_name": "", "birth_date": "1980-01-01"}
    answer = head.post(url, typed)
    assert answer.status_code == 422 and "relisez l’année" in answer.content.decode()
    assert "Toupie-Billes" in answer.content.decode()
    born = datetime.date(TODAY.year - 7, 3, 5)
    head.post(url, typed | {"birth_date": born.isoformat()})
    adam.refresh_from_db()
    assert (adam.full_name, adam.sort_key, adam.birth_date) == ("Adam Toupie-Billes", "toupie billes adam", born)
    assert Entry.objects.get(verb="correct_person").fields == ["birth_date", "first_name", "last_name"]
    assert head.post(url, typed | {"birth_date": ""}).status_code == 422  # a pupil is known as one by this date


def test_only_the_head_corrects_and_never_a_guardian_of_the_child(world, client, link):
    adam = world.people["child_adam"]
    pages = (page_of(link), reverse("schools:pupil_correction", args=[adam.pk]))
    before = list(Person.objects.values())
    for name, status in (
        ("teacher", 403),
        ("supply", 403),
        ("guardian", 403),
        ("head_other_school", 404),
        ("ien", 404),
    ):
        stranger = world.sign_in(type(client)(), name)
        for page in pages:
            assert stranger.post(page, {"first_name": "A", "last_name": "B"}).status_code == status, (name, page)
    Guardianship.objects.create(guardian=world.people["head"], child=adam, starts_on=TODAY)
    answer = world.sign_in(client, "head").post(pages[0], written(link, authority="no"))
    assert answer.status_code == 403 and "IEN" in answer.content.decode()
    assert list(Person.objects.values()) == before


def test_what_is_corrected_is_at_hand_on_the_pupil_s_page(world, head, link, django_assert_max_num_queries):
    adam = world.people["child_adam"]
    page = head.get(reverse("schools:pupil", args=[adam.pk])).content.decode()
    assert page_of(link) in page and reverse("schools:pupil_correction", args=[adam.pk]) in page
    with django_assert_max_num_queries(10):
        head.get(page_of(link))
