"""Passwords stolen by the dozen: taken away in one act, but for those left out; who is told, who waits for a sheet."""

import datetime
import json

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from preau.arrivals import actions as arrivals
from preau.arrivals.models import SheetJob
from preau.journal.models import Entry, Seal
from preau.kit.answers import Refused
from preau.kit.mail import send_due
from preau.people import actions as people
from preau.people.models import Account, ActivationCode, Phone, SheetAsk
from preau.schools.models import Guardianship
from tests.people.door import PASSWORD, give_password
from tests.people.test_email import figures_in
from tests.people.test_way_back import NEW, reached
from tests.world import TODAY, enter

pytestmark = pytest.mark.django_db
FAMILIES = {"who": ["families"], "where": "school", "since": ""}
LONG_AGO = timezone.now() - datetime.timedelta(days=60)


def at(world):
    return reverse("arrivals:reset", args=[world.schools["tilleuls"].pk])


def plan_of(client, world, **chosen):
    return client.get(at(world), FAMILIES | chosen).context["plan"]


def press(client, world, *, count=None, but=(), **chosen):
    count = len(plan_of(client, world, **chosen).accounts) if count is None else count
    return client.post(at(world), FAMILIES | chosen | {"count": count, "but": [one.pk for one in but]}, follow=True)


def opens(account):
    return Client().login(username=account.identifier, password=PASSWORD)


@pytest.fixture
def guardian(world):
    """A parent of the CP B who entered before, with an open session."""
    return give_password(world.account("guardian"))


def with_address(account, address, *, at=LONG_AGO):
    reached(account, address)
    Account.objects.filter(pk=account.pk).update(email_confirmed_at=at)
    account.refresh_from_db()
    return account


def test_a_head_takes_them_away_in_one_act_and_everybody_s_way_back_is_open(world, client, guardian):
    other = with_address(give_password(world.account("guardian_other_class")), "lou@maison.example")
    window = Client()
    enter(window, guardian)
    sheet = people.issue_activation_codes(persons=[other.person], person=world.people["head"], now=timezone.now())
    said = press(world.sign_in(client, "head"), world)
    assert not opens(guardian) and not opens(other)
    assert window.get("/aujourdhui/").status_code == 302, "an open session ends at once"
    assert sheet and not ActivationCode.objects.filter(person=other.person, revoked_at=None).exists()
    assert "Prévenus par courriel\u00a0: 1, dont 1 en choisissent un autre eux-mêmes" in said.content.decode()
    (letter,) = mail.outbox
    assert letter.to == [other.email] and "J’ai perdu mon mot de passe" in letter.body
    assert guardian.person.last_name not in letter.body and other.person.first_name not in letter.body
    waiting = set(SheetAsk.objects.waiting().values_list("person", flat=True))
    assert guardian.person_id in waiting and other.person_id not in waiting
    # By mail, without the school.
    back = Client()
    back.post("/mot-de-passe-perdu/", {"identifier": other.identifier})
    back.post("/mot-de-passe-perdu/code/", {"code": figures_in(mail.outbox[-1])})
    assert back.post("/mot-de-passe-perdu/choix/", {"password": NEW, "again": NEW}).status_code == 302
    # On paper: the sheets of the class hold a code for whose password was taken away, and for nobody who enters.
    school, room = world.schools["tilleuls"], world.classrooms["cpb"]
    arrivals.ask_sheets(
        school=school,
        classrooms=[room],
        layout="eight",
        with_pupils=False,
        renews_active=False,
        address="https://x",
        person=world.people["head"],
        now=timezone.now(),
    )
    assert SheetJob.objects.get().state == "ready"
    assert ActivationCode.objects.filter(person=guardian.person, revoked_at=None).exists()
    assert not SheetAsk.objects.waiting().filter(person=guardian.person).exists(), "the sheet answers the ask"
    lines = Entry.objects.filter(verb__in=("reset_password", "arrivals.reset_passwords"))
    assert lines.count() == Seal.objects.filter(entry__in=lines).count() > 2


def test_who_has_a_telephone_and_no_mail_is_told_there_and_waits_for_a_sheet(
    world, client, guardian, settings, tmp_path
):
    settings.SMS_FILE_PATH, city = tmp_path / "texts", world.cities["marelle"]
    people.set_text_budget(person=world.people["city_education"], city=city, per_month=100, now=timezone.now())
    old = {"city": city, "given_at": LONG_AGO, "confirmed_at": LONG_AGO}
    Phone.objects.create(account=guardian, number="+33639981001", **old)
    both = with_address(give_password(world.account("guardian_other_class")), "lou@maison.example")
    Phone.objects.create(account=both, number="+33639981002", **old)
    press(world.sign_in(client, "head"), world)
    send_due(now=timezone.now())
    (text,) = [json.loads(path.read_text()) for path in settings.SMS_FILE_PATH.glob("*.json")]
    assert text["to"] == "+33639981001" and "mot de passe ne sert plus" in text["text"]
    assert guardian.person.last_name not in text["text"]
    assert SheetAsk.objects.waiting().filter(person=guardian.person).exists()


def test_the_team_s_sheets_are_printed_in_one_press_after_their_passwords_are_taken_away(world, client):
    for name in ("teacher", "supply"):
        give_password(world.account(name))
    page = press(world.sign_in(client, "head"), world, who=["team"])
    assert page.redirect_chain[-1][0] == reverse("schools:sheet_asks")
    assert "Faire les 2 fiches" in page.content.decode()
    sheets = client.post(reverse("schools:sheet_asks_print")).content.decode()
    assert sheets.count('class="sheet-code"') == 2 and not SheetAsk.objects.waiting().exists()


def test_who_is_left_as_they_are_and_why(world, client, guardian):
    head, now = world.people["head"], timezone.now()
    changed, shut = give_password(world.account("guardian_other_class")), world.account("guardian_other_family")
    people.set_password(account=changed, password=PASSWORD, person=changed.person, now=now)
    people.give_mandate(
        holder=guardian.person, role="city_it", place=world.cities["marelle"], starts_on=TODAY, person=None, now=now
    )
    world.sign_in(client, "head")
    plan = plan_of(client, world, since=TODAY.isoformat())
    kept = {account.person_id: why for account, why in plan.kept}
    assert "Mot de passe changé depuis" in kept[changed.person_id]
    assert "une autre fonction" in kept[guardian.person_id]
    assert "jamais ouvert" in kept[shut.person_id]
    assert changed.pk in {each.pk for each in plan_of(client, world).accounts}, "without a date, all of them"
    press(client, world, but=[changed.person])
    assert opens(changed), "left out by name"
    own = plan_of(client, world, who=["families", "team"])
    assert head.pk not in {each.person_id for each in own.accounts}


def test_a_head_never_takes_away_that_of_the_other_parent_of_their_child(world, client, guardian):
    from preau.schools.models import Guardianship

    link = Guardianship.objects.filter(guardian=guardian.person).first()
    Guardianship.objects.create(
        child=link.child, guardian=world.people["head"], kind=link.kind, starts_on=link.starts_on
    )
    kept = dict(plan_of(world.sign_in(client, "head"), world).kept)
    assert "Vous répondez d’un même élève" in kept[guardian]


def test_a_parent_who_works_in_another_school_is_left_and_one_of_the_team_is_not(world, client):
    """A family's by the rule of families, one of the team's by the team's, in one read."""
    for name in ("teacher_other_school", "teacher"):
        parent = give_password(world.account(name)).person
        Guardianship.objects.create(guardian=parent, child=world.people["child_adam"], starts_on=TODAY)
    elsewhere, here = (world.account(name) for name in ("teacher_other_school", "teacher"))
    plan = plan_of(world.sign_in(client, "head"), world, who=["families", "team"])
    assert elsewhere not in plan.accounts and here in plan.accounts
    assert elsewhere in [account for account, _ in plan.kept]


def test_an_address_given_since_the_theft_gives_nothing_back(world, client, guardian):
    with_address(guardian, "voleur@ailleurs.example", at=timezone.now())
    assert plan_of(world.sign_in(client, "head"), world).recent_count == 1
    phone = Phone.objects.create(
        account=guardian,
        city=world.cities["marelle"],
        number="+33639981001",
        given_at=timezone.now(),
        confirmed_at=timezone.now(),
    )
    press(client, world)
    guardian.refresh_from_db()
    phone.refresh_from_db()
    assert guardian.email_confirmed_at is None and phone.confirmed_at is None and not mail.outbox
    assert SheetAsk.objects.waiting().filter(person=guardian.person).exists()


def test_a_code_got_before_they_were_taken_away_opens_nothing_after(world, client, guardian):
    thief = Client()
    with_address(guardian, "ada@maison.example")
    thief.post("/mot-de-passe-perdu/", {"identifier": guardian.identifier})
    typed = thief.post("/mot-de-passe-perdu/code/", {"code": figures_in(mail.outbox[-1])})
    assert typed["Location"] == "/mot-de-passe-perdu/choix/"
    press(world.sign_in(client, "head"), world)
    chosen = thief.post("/mot-de-passe-perdu/choix/", {"password": NEW, "again": NEW})
    guardian.refresh_from_db()
    assert chosen["Location"] == "/mot-de-passe-perdu/" and not guardian.has_usable_password()


def test_parents_who_share_an_address_are_told_there_and_wait_for_paper(world, client, guardian):
    both = [
        with_address(each, "nous@maison.example")
        for each in (guardian, give_password(world.account("guardian_other_class")))
    ]
    plan = plan_of(world.sign_in(client, "head"), world)
    assert (plan.mailed_count, plan.by_mail_count) == (2, 0) and plan.on_paper_count == len(plan.accounts)
    press(client, world)
    assert len(mail.outbox) == 2 and "nouvelle fiche" in mail.outbox[0].body
    assert SheetAsk.objects.waiting().filter(person__in=[each.person_id for each in both]).count() == 2


def test_what_changed_since_it_was_read_is_read_again_and_nothing_is_done(world, client, guardian):
    world.sign_in(client, "head")
    told = press(client, world, count=999)
    assert told.status_code == 409 and "relisez-la" in told.content.decode() and opens(guardian)
    for wrong in ({"who": []}, {"where": "ailleurs"}, {"since": "2099-01-01"}, {"since": "hier"}):
        assert client.post(at(world), FAMILIES | wrong | {"count": 1}).status_code == 422
    assert opens(guardian)


def test_the_city_reads_counts_and_the_operator_identifiers(world, client, guardian):
    name, identifier = guardian.person.last_name, f" {guardian.identifier}</span>"
    for who, reads in (("head", name), ("operator", identifier), ("city_education", None)):
        page = world.sign_in(client, who).get(at(world), FAMILIES).content.decode()
        assert "ne servir" in page and (reads is None or reads in page)
        assert who == "head" or name not in page
        assert who == "operator" or identifier not in page
    assert "l’école le voit" in press(client, world).content.decode() and not opens(guardian)
    for who, status in (("teacher", 404), ("head_other_school", 404), ("ien", 404), ("guardian_other_class", 404)):
        assert world.sign_in(client, who).get(at(world)).status_code == status


def test_the_act_asks_who_may(world, guardian):
    with pytest.raises(Refused, match="sa direction, par la Ville ou par"):
        arrivals.reset_passwords(
            person=world.people["teacher"],
            school=world.schools["tilleuls"],
            who=["families"],
            classroom=None,
            since=None,
            but=set(),
            count=1,
            now=timezone.now(),
        )
    assert opens(guardian)


def test_its_page_costs_the_same_for_one_family_and_for_all(world, client, guardian, django_assert_max_num_queries):
    world.sign_in(client, "head").get(at(world), FAMILIES)
    for name in ("guardian_other_class", "guardian_other_family", "guardian_two_schools"):
        with_address(give_password(world.account(name)), f"{name}@maison.example")
    with django_assert_max_num_queries(10):
        client.get(at(world), FAMILIES)
