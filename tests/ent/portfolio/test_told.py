"""A page of a notebook is thanked for, told in the digest of the evening and found by its words, at home alone."""

import datetime
import re
import uuid
from types import SimpleNamespace

import pytest
from django.core import mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.timezone import now

from preau.ent.portfolio import actions
from preau.ent.portfolio.models import Page, PageThanks
from preau.kit.answers import Refused
from preau.kit.mail import send_due
from preau.notify import actions as notify
from tests.ent.homework.acts import assign
from tests.ent.portfolio.acts import ADAM, write, write_own
from tests.notify.test_evening import at, reached
from tests.spaces.test_search import titles

pytestmark = pytest.mark.django_db
RECEIVED = reverse("portal:thanks_received")


def press(world, client, who, page, **more):
    url = reverse("portfolio:thanks_create", args=[page.pk])
    return world.sign_in(client, who).post(url, {"given": "1"} | more)


def test_a_parent_thanks_for_a_page_who_showed_it_alone_reads_it(world, client):
    page = write(world)[0]
    home = reverse("portfolio:child_notebook", args=[page.child_id])
    for _ in range(2):  # pressed twice, said once
        assert press(world, client, "guardian", page, next=home)["Location"] == home
    assert PageThanks.objects.count() == 1 and "Merci, c’est dit" in client.get(home).content.decode()
    assert "Merci, c’est dit" not in world.sign_in(client, "guardian_coparent").get(home).content.decode()
    name = world.people["guardian"].formal_name
    told = world.sign_in(client, "teacher").get(RECEIVED).content.decode()
    assert name in told and ADAM in told
    for who in ("head", "supply", "teacher_other_class"):
        assert name not in world.sign_in(client, who).get(RECEIVED).content.decode(), who
    notebook = reverse("portfolio:notebook", args=[page.child_id])
    for who in ("teacher", "head"):
        assert "Merci" not in world.sign_in(client, who).get(notebook).content.decode().split("<main")[1], who
    world.sign_in(client, "guardian").post(reverse("portfolio:thanks_create", args=[page.pk]), {})
    assert not PageThanks.objects.exists()


def test_nobody_else_thanks_and_what_is_withdrawn_is_not_thanked_for(world, client):
    page = write(world)[0]
    for who in filter(None, world.actors()):
        if who in ("guardian", "guardian_coparent", "suspended"):
            continue
        assert press(world, client, who, page).status_code in (403, 404), who
        with pytest.raises(Refused):
            actions.give_thanks(person=world.people[who], page=page, now=now())
    press(world, client, "guardian", page)
    actions.withdraw_page(person=world.people["teacher"], page=page, now=now())
    assert ADAM not in world.sign_in(client, "teacher").get(RECEIVED).content.decode()
    with pytest.raises(Refused):
        actions.give_thanks(person=world.people["guardian_coparent"], page=page, now=now())


def test_a_page_shown_is_counted_in_the_digest_of_its_family_and_leaves_at_no_other_hour(world):
    for name in ("guardian", "guardian_other_family"):
        reached(world, name)
    page = write(world)[0]
    Page.objects.filter(pk=page.pk).update(approved_at=at(1, 10))
    assert send_due(now=at(1, 11)) == 0
    assert notify.tell_evening(now=at(1, 17, 30)) == 1 and send_due(now=at(1, 17, 40)) == 1
    (letter,) = mail.outbox
    assert letter.to == ["guardian@ecole.example"] and "une nouvelle" in letter.subject
    assert "Canari" not in letter.subject + letter.body
    assert notify.tell_evening(now=at(2, 17, 30)) == 0


@pytest.mark.usefixtures("no_holidays")
def test_no_mail_counts_a_lesson(world):
    reached(world, "guardian")
    publication = assign(world).publication
    publication.published_at = at(1, 10)
    publication.save()
    publication.reaches.update(at=at(1, 10))
    assert notify.tell_evening(now=at(1, 17, 30)) == 0


def test_pages_are_found_at_home_and_by_who_keeps_the_class(world, client):
    write(world, title="Le volcan de sable")
    write(world, text="Un volcan raconté", to=Page.State.DRAFT)
    own = write_own(world, title="Mon volcan")
    actions.approve_page(person=world.people["teacher_other_class"], page=own, now=now())
    asked = {
        who: titles(world.sign_in(client, who), "volcans") for who in world.actors() if who not in (None, "suspended")
    }
    adam, cm2 = ["Le volcan de sable"], ["Mon volcan"]
    said = dict.fromkeys(("guardian", "guardian_coparent", "teacher", "supply"), adam)
    said |= {"pupil_cm2": cm2, "guardian_other_class": cm2, "teacher_other_class": cm2, "head": cm2 + adam}
    assert {who: lines for who, lines in asked.items() if lines} == said
    line = world.sign_in(client, "guardian").get(reverse("portal:search"), {"q": "volcan"}).context["lines"][0]
    assert ">Le volcan de sable</h2>" in client.get(line.url).content.decode()
    line = world.sign_in(client, "teacher").get(reverse("portal:search"), {"q": "volcan"}).context["lines"][0]
    assert ">Le volcan de sable</h2>" in client.get(line.url).content.decode()


def test_pages_and_publications_are_found_in_one_order_page_after_page(world, client, django_assert_max_num_queries):
    for number in range(12):
        write(world, title=f"Le volcan {number}")
    Page.objects.update(approved_at=now() - datetime.timedelta(days=1))
    assign(world, text="Lire le volcan")
    first, then = (titles(world.sign_in(client, "guardian"), "volcan", page=number) for number in (1, 2))
    assert first[0] == "Le volcan 11" and len(first) == 10  # a word in the title comes first
    assert then == ["Le volcan 1", "Le volcan 0", "À lire\u00a0: Lire le volcan"]
    with django_assert_max_num_queries(10):
        client.get(reverse("portal:search"), {"q": "volcan", "page": 2})


def test_a_success_is_written_under_its_domain_then_offered_again(world, client):
    room, child = world.classrooms["gs"], world.people["child_two_one"]
    page = reverse("portfolio:page_create", args=[room.pk])
    sent = {"children": [child.pk], "title": "Les jetons", "act": "show", "once": uuid.uuid4()}
    client = world.sign_in(client, "head")
    assert client.post(page, sent | {"observed_pensee": "Dénombre dix objets."}).status_code == 302
    written = Page.objects.get()
    assert (written.domains, written.observed) == (
        ["pensee"],
        {"pensee": "Dénombre dix objets."},
    )  # ticked by its words
    assert '<option value="Dénombre dix objets.">' in client.get(page).content.decode()
    home = world.sign_in(client, "guardian_two_schools").get(reverse("portfolio:child_notebook", args=[child.pk]))
    assert "<p>Dénombre dix objets.</p>" in home.content.decode()
    assert titles(client, "denombrer objet") == [] and titles(client, "dénombre objet") == ["Les jetons"]


def test_a_success_alone_is_a_page_that_its_family_reads_and_finds(world, client):
    room, child = world.classrooms["gs"], world.people["child_two_one"]
    write_page = reverse("portfolio:page_create", args=[room.pk])
    sent, client = {"children": [child.pk], "act": "show", "once": uuid.uuid4()}, world.sign_in(client, "head")
    assert client.post(write_page, sent | {"domains": ["pensee"]}).status_code == 422  # a domain says nothing alone
    assert client.post(write_page, sent | {"observed_pensee": "Dénombre dix objets."}).status_code == 302
    Page.objects.update(level="")  # of a pupil whose level nobody wrote: its domains are asked again all the same
    page = Page.objects.get()
    edit = reverse("portfolio:page_edit", args=[page.pk])
    assert 'value="Dénombre dix objets."' in client.get(edit).content.decode()
    kept = client.post(edit, {"version": page.version, "observed_pensee": "Dénombre vingt objets."})
    assert kept.status_code == 302
    home = world.sign_in(client, "guardian_two_schools").get(reverse("portfolio:child_notebook", args=[child.pk]))
    assert "<p>Dénombre vingt objets.</p>" in home.content.decode()
    assert titles(client, "dénombre objet") == ["Dénombre vingt objets."]


def test_the_new_pages_of_a_carnet_and_of_a_cahier_are_told_under_their_own_name():
    tags = [SimpleNamespace(is_said=False, child_id=uuid.uuid4()) for _ in range(3)]
    told = [(tags[0], 1, "Cahier de progrès"), (tags[1], 2, "Cahier de progrès"), (tags[2], 1, "Carnet de suivi")]
    drawn = render_to_string("portfolio/_new.html", {"notebooks": told})
    assert re.findall(r"<h2[^>]*>([^<]+)", drawn) == ["Cahier de progrès", "Carnet de suivi"]
    assert [drawn.index(str(tag.child_id)) for tag in tags] == sorted(drawn.index(str(tag.child_id)) for tag in tags)


def test_among_several_notebooks_each_says_how_many_of_its_pages_are_new(world, client):
    write(world, who="head", children=["child_two_one"])
    page = world.sign_in(client, "guardian_two_schools").get(reverse("portfolio:mine"))
    told = {tag.name: count for tag, _, count in page.context["lines"]}
    assert told == {world.people["child_two_one"].first_name: 1, world.people["child_two_two"].first_name: None}
    assert "1 page nouvelle cette semaine" in page.content.decode().replace("\xa0", " ")
