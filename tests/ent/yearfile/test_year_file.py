"""The dossier de rentrée: what each guardian does, what nobody else reads, what comes back on paper."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.timezone import now

from preau.ent.yearfile import actions, papers, queries, rules
from preau.ent.yearfile.models import Certificate, ContactChange, Item, Opening, Pickup, YearFile
from preau.kit.answers import Conflict, Refused
from preau.media.documents import Document
from preau.notify.models import Expected
from preau.people.models import Contact
from preau.privacy.exports import read_tables
from preau.schools.models import Guardianship, Insurance
from preau.schools.queries import links_of_guardian
from preau.spaces import actions as spaces
from tests.kept import kept
from tests.media.test_documents import plain
from tests.texts import text_of
from tests.world import TODAY, YEAR

pytestmark = pytest.mark.django_db
DUE = TODAY + datetime.timedelta(days=20)
GRANNY = "Odette Ballerine"
DEAF = {"teacher_other_class", "head_other_school", "city_education", "dsden", "ien", "aesh", "canteen", "atsem"}


def sent():
    return Document("pdf", plain(), 1), "Attestation"


class Story:
    """The dossier is asked; the mother of Adam does some of it."""

    def __init__(self, world):
        self.world = world

    @kept
    def begin(self):
        world = self.world
        self.opening = actions.open_year_file(
            person=world.people["head"], school=world.schools["tilleuls"], due_on=DUE, now=now()
        )
        guardian = world.people["guardian"]
        Contact.objects.create(person=guardian, kind="mobile", value="06 39 98 00 11", match_key="0639980011")
        actions.name_pickup(**self.about(), name=GRANNY, tie="grand-mère", phone="06 39 98 00 22")
        return self

    def about(self, who="guardian", child="child_adam"):
        people = self.world.people
        return {"person": people[who], "guardian": people[who], "child": people[child], "now": now()}

    def missing(self, who="guardian", child="child_adam"):
        files = queries.own_files(self.world.people[who], TODAY)
        return [each.missing for each in files if each.child == self.world.people[child]][0]


@pytest.fixture
def story(world):
    return Story(world).begin()


def page(world, client, who, name, *args):
    return world.sign_in(client, who).get(reverse(name, args=[getattr(one, "pk", one) for one in args]))


def test_a_head_opens_it_once_and_each_family_finds_it(world, client, story):
    assert "Ouvrir le dossier" in world.sign_in(client, "guardian").get("/aujourdhui/").content.decode()
    school = world.schools["tilleuls"]
    with pytest.raises(Conflict):
        actions.open_year_file(person=world.people["head"], school=school, due_on=DUE, now=now())
    assert Opening.objects.count() == 1


@pytest.mark.parametrize("days", [0, 400])
def test_a_day_that_is_past_or_of_another_year_is_told_on_the_page(world, client, days):
    url = reverse("yearfile:school_files", args=[world.schools["tilleuls"].pk])
    due_on = TODAY + datetime.timedelta(days=days)
    answered = world.sign_in(client, "head").post(url, {"due_on": due_on.isoformat()})
    assert answered.status_code == 422 and "choisissez un jour à venir" in answered.content.decode()
    assert due_on.isoformat() in answered.content.decode() and not Opening.objects.exists()


def test_a_guardian_does_it_all_in_the_browser(world, client, story):
    client, adam = world.sign_in(client, "guardian"), world.people["child_adam"]
    assert client.get(reverse("yearfile:mine")).headers["Location"] == (
        own := reverse("yearfile:child_file", args=[adam.pk])
    )
    contact = world.people["guardian"].contacts.get()
    changed = {f"contact_{contact.pk.hex}": "06 39 98 00 99", "new_email": "nouvelle@example.org"}
    for name, data in (
        ("contacts_check", changed),
        ("pickups_check", {}),
        ("sharing_create", {"sharing": "no"}),
        ("charter_read", {}),
        ("certificate_create", {"files": SimpleUploadedFile("a.pdf", plain(), "application/pdf")}),
    ):
        answered = client.post(reverse(f"yearfile:{name}", args=[adam.pk]), data)
        assert (answered.status_code, answered.headers.get("Location")) == (302, own), name
    assert story.missing() == [] and "Tout est rempli" in client.get(own).content.decode()
    listed = {(one.kind, one.before, one.after) for one in ContactChange.objects.all()}
    assert listed == {("mobile", "06 39 98 00 11", "06 39 98 00 99"), ("email", "", "nouvelle@example.org")}
    assert Expected.objects.get(person=world.people["guardian"], child=adam).seen_at


def test_a_complete_dossier_leads_to_that_of_a_sibling(world, client, story, django_assert_max_num_queries):
    guardian, lina = world.people["guardian"], world.people["child_lina"]
    Guardianship.objects.create(guardian=guardian, child=lina, starts_on=TODAY, authority="yes")
    of_adam, of_lina = (reverse("yearfile:child_file", args=[world.people[c].pk]) for c in ("child_adam", "child_lina"))
    assert of_lina not in page(world, client, "guardian", "yearfile:child_file", world.people["child_adam"]).text
    actions.check_contacts(**story.about(), written={}, added={})
    actions.check_pickups(**story.about())
    actions.say_sharing(**story.about(), sharing="no")
    actions.read_charter(**story.about())
    Insurance.objects.create(pupil=world.people["child_adam"], school_year=YEAR, noted_at=now())
    with django_assert_max_num_queries(10):
        found = client.get(of_adam).text
    assert "Tout est rempli" in found and of_lina in found and f'href="{of_adam}"' not in found
    assert of_adam not in client.get(of_lina).text  # it lacks something itself
    assert (
        of_lina not in page(world, client, "guardian_coparent", "yearfile:child_file", world.people["child_adam"]).text
    )


def at_home(person):
    """The children whose dossier their guardian is asked to complete, on « Aujourd’hui »."""
    links = links_of_guardian(person, TODAY)
    lines = queries.home_lines(person, [link.child_id for link in links], TODAY)
    found, others = queries.read_lines(lines, {link.child_id: link.child for link in links})
    assert others == [] and all(day == DUE for day, _ in found)
    return {child for _, children in found for child in children}


@pytest.mark.parametrize("authority", ["yes", "no"])
def test_a_home_asks_for_it_as_long_as_something_lacks(world, story, authority):
    Guardianship.objects.filter(guardian=world.people["guardian"]).update(authority=authority)
    adam, steps = world.people["child_adam"], []
    for step, more in (
        (actions.check_contacts, {"written": {}, "added": ()}),
        (actions.read_charter, {}),
        (actions.check_pickups, {}),
        (actions.say_sharing, {"sharing": "yes"}),
        (actions.send_certificate, {"sent": sent()}),
    ):
        for who in ("guardian", "guardian_coparent"):
            assert (adam in at_home(world.people[who])) is bool(story.missing(who)), (who, steps)
        about = story.about()
        if step is actions.send_certificate:
            del about["guardian"]
        if authority == "yes" or step in (actions.check_contacts, actions.read_charter):
            step(**about, **more)
        steps.append(step.__name__)
    assert adam not in at_home(world.people["guardian"]) and adam in at_home(world.people["guardian_coparent"])
    if authority == "yes":
        actions.refuse_certificate(
            person=world.people["teacher"], certificate=Certificate.objects.get(), why="illisible", now=now()
        )
        assert adam in at_home(world.people["guardian"])


def test_a_wrong_number_is_told_and_nothing_is_lost(world, client, story):
    contact = world.people["guardian"].contacts.get()
    typed = {f"contact_{contact.pk.hex}": "12", "new_email": "gardee@example.org"}
    url = reverse("yearfile:contacts_check", args=[world.people["child_adam"].pk])
    answered = world.sign_in(client, "guardian").post(url, typed)
    text = answered.content.decode()
    assert answered.status_code == 422 and "n’est pas complet" in text and "gardee@example.org" in text
    assert not ContactChange.objects.exists()


def test_one_parent_meets_nothing_of_the_other(world, client, story):
    actions.say_sharing(**story.about(), sharing="no")
    text = page(world, client, "guardian_coparent", "yearfile:child_file", world.people["child_adam"]).content.decode()
    assert GRANNY not in text and "06 39 98 00 11" not in text
    assert set(story.missing("guardian_coparent")) == set(Item)
    pickup = Pickup.objects.get()
    answered = world.sign_in(client, "guardian_coparent").post(reverse("yearfile:pickup_end", args=[pickup.pk]))
    assert answered.status_code == 404 and Pickup.objects.get().ended_at is None
    for who, reads in (("guardian", True), ("guardian_coparent", False), ("child_adam", False)):
        assert (GRANNY in str(list(read_tables(world.people[who])))) is reads, who


def test_the_class_and_the_head_read_who_lacks_what_and_nobody_else(world, client, story):
    for who in ("teacher", "supply", "head"):
        text = page(world, client, who, "yearfile:classroom_files", world.classrooms["cpb"]).content.decode()
        assert GRANNY in text and "à compléter" in text, who
    for who in DEAF & set(world.people):
        assert page(world, client, who, "yearfile:classroom_files", world.classrooms["cpb"]).status_code == 404, who
        assert page(world, client, who, "yearfile:school_files", world.schools["tilleuls"]).status_code == 404, who


def test_a_school_counts_what_its_classes_name(world, client, story):
    """Class by class the two pages say the same, one of them with a pupil whose dossier lacks nothing."""
    head, lina = world.people["head"], world.people["child_lina"]
    Insurance.objects.create(pupil=lina, school_year=YEAR, noted_at=now())
    for link in Guardianship.objects.reached(TODAY).filter(child=lina):
        done = dict.fromkeys(queries.DONE_AT.values(), now()) | {"sharing": "no"}
        YearFile.objects.update_or_create(opening=story.opening, guardian=link.guardian, child=lina, defaults=done)
    counts = queries.counts(story.opening, TODAY, head)
    for room in (world.classrooms["cpb"], world.classrooms["cm2"]):
        follow = queries.follow(story.opening, TODAY, head, room)
        assert tuple(counts.by_class.get(room.pk, (0, 0))) == (len(follow.lines), len(follow.waiting)), room
    assert counts.by_class[world.classrooms["cpb"].pk] == [2, 1]
    text = page(world, client, "head", "yearfile:school_files", world.schools["tilleuls"]).content.decode()
    assert f"{counts.left_count}\u00a0" in text and "incomplet" in text


def may_fetch(story, child):
    follow = queries.follow(story.opening, TODAY, story.world.people["teacher"], story.world.classrooms["cpb"])
    return next(line.may_fetch for line in follow.lines if line.pupil == child)


def test_whom_a_restricted_parent_named_fetches_nobody(world, story):
    adam, guardian = world.people["child_adam"], world.people["guardian"]
    assert may_fetch(story, adam) == f"{GRANNY} (grand-mère, 06 39 98 00 22)"
    link = Guardianship.objects.get(guardian=guardian, child=adam)
    link.restricted_on, link.restriction_reference = TODAY, "JAF 12/34"
    link.save()
    assert may_fetch(story, adam) == ""
    with pytest.raises(Refused):
        actions.check_pickups(**story.about())


def test_who_has_no_authority_is_asked_what_commits_nobody(world, client, story):
    link = Guardianship.objects.get(guardian=world.people["guardian"], child=world.people["child_adam"])
    link.authority = Guardianship.Authority.NO
    link.save()
    assert set(story.missing()) == {Item.CONTACTS, Item.CHARTER}
    url = reverse("yearfile:pickup_create", args=[world.people["child_adam"].pk])
    answered = world.sign_in(client, "guardian").post(url, {"name": "Un voisin", "tie": "voisin"})
    assert answered.status_code == 403 and "autorité parentale" in answered.content.decode()


def test_a_certificate_is_noted_then_erased_or_refused_with_its_reason(world, client, story):
    adam = world.people["child_adam"]
    given = actions.send_certificate(person=story.about()["person"], child=adam, sent=sent(), now=now())
    read = reverse("yearfile:certificate_file", args=[given.pk])
    for who, status in (("guardian", 200), ("teacher", 200), ("guardian_coparent", 404), ("aesh", 404)):
        assert world.sign_in(client, who).get(read).status_code == status, who
    refuse = reverse("yearfile:certificate_refuse", args=[given.pk])
    world.sign_in(client, "teacher").post(refuse, {"why": "C’est celle de l’an dernier."})
    own = page(world, client, "guardian", "yearfile:child_file", adam).content.decode()
    assert "C’est celle de l’an dernier." in own and Item.INSURANCE in story.missing()
    again = actions.send_certificate(person=story.about()["person"], child=adam, sent=sent(), now=now())
    answered = world.sign_in(client, "head").post(reverse("yearfile:certificate_accept", args=[again.pk]))
    assert answered.status_code == 302 and not Certificate.objects.exists()
    assert Insurance.objects.filter(pupil=adam).exists()
    assert Item.INSURANCE not in story.missing() and Item.INSURANCE not in story.missing("guardian_coparent")


def test_sheets_print_for_exactly_who_lacks_and_their_return_is_noted(world, client, story):
    teacher, cpb = world.people["teacher"], world.classrooms["cpb"]
    answered = world.sign_in(client, "teacher").post(reverse("yearfile:sheets_create", args=[cpb.pk]))
    assert answered.headers["Content-Type"] == "application/pdf" and answered.content.startswith(b"%PDF")
    out = {(one.guardian_id, one.child_id) for one in YearFile.objects.exclude(paper_out_at=None)}
    lines = queries.follow(story.opening, TODAY, teacher, cpb).to_print
    assert out == {(line.link.guardian_id, pupil.pk) for pupil, line in lines}
    paper = YearFile.objects.get(guardian=world.people["guardian_paper"])
    url = reverse("yearfile:sheet_return", args=[paper.pk])
    typed = {"pickups": "Jean Toupie", "new_mobile": "06 39 98 00 33", "has_signed": "on", "sharing": "yes"}
    wrong = client.post(url, typed)
    assert wrong.status_code == 422 and "le lien avec l’enfant" in wrong.content.decode()
    done = client.post(url, typed | {"pickups": "Jean Toupie, oncle", "has_certificate": "on"})
    assert done.status_code == 302
    paper.refresh_from_db()
    assert paper.paper_back_at and paper.charter_at and paper.sharing == "yes"
    assert Pickup.objects.get(name="Jean Toupie").named_by == world.people["guardian_paper"]
    assert not [
        one
        for pupil, one in queries.follow(story.opening, TODAY, teacher, cpb).to_print
        if one.link.guardian_id == paper.guardian_id
    ]


def test_a_sheet_of_ones_own_child_is_noted_by_another(world, story):
    Guardianship.objects.create(guardian=world.people["teacher"], child=world.people["child_adam"], starts_on=TODAY)
    year_file = YearFile.objects.get(guardian=world.people["guardian"])
    with pytest.raises(Refused):
        actions.return_sheet(person=world.people["teacher"], year_file=year_file, now=now(), written={}, added=())
    assert not rules.files_followed_by(world.people["teacher"], TODAY).filter(pk=year_file.pk).exists()
    follow = queries.follow(story.opening, TODAY, world.people["teacher"], world.classrooms["cpb"])
    assert follow.own_count == 1 and world.people["child_adam"] not in [line.pupil for line in follow.lines]


def test_a_change_leaves_the_list_once_it_is_in_onde(world, client, story):
    contact = world.people["guardian"].contacts.get()
    actions.check_contacts(**story.about(), written={contact.pk: ""}, added=())
    text = page(world, client, "head", "yearfile:changes", world.schools["tilleuls"]).content.decode()
    assert "06 39 98 00 11" in text and "effacé par la famille" in text
    change = ContactChange.objects.get()
    for who, status in (("teacher", 404), ("head_other_school", 404), ("head", 302), ("head", 404)):
        answered = world.sign_in(client, who).post(reverse("yearfile:change_report", args=[change.pk]))
        assert answered.status_code == status, who


def test_a_head_reads_no_address_of_the_other_parent_of_their_child(world, client, story):
    head, adam = world.people["head"], world.people["child_adam"]
    actions.check_contacts(**story.about(), written={}, added=(("mobile", "06 39 98 00 77"),))
    change, school = ContactChange.objects.get(), world.schools["tilleuls"]
    assert "06 39 98 00 77" in page(world, client, "head", "yearfile:changes", school).content.decode()
    Guardianship.objects.create(guardian=head, child=adam, starts_on=TODAY)
    assert "06 39 98 00 77" not in page(world, client, "head", "yearfile:changes", school).content.decode()
    assert "Aucune coordonnée n’attend" in page(world, client, "head", "yearfile:school_files", school).content.decode()
    assert client.post(reverse("yearfile:change_report", args=[change.pk])).status_code == 404
    with pytest.raises(Refused):
        actions.report_change(person=head, change=change, now=now())


def test_the_other_parent_ends_no_name_even_by_the_act(world, story):
    with pytest.raises(Refused):
        actions.end_pickup(person=world.people["guardian_coparent"], pickup=Pickup.objects.get(), now=now())
    assert Pickup.objects.get().ended_at is None


def test_the_day_moves_and_what_is_taken_back_is_asked_again(world, client, story):
    head, adam = world.people["head"], world.people["child_adam"]
    spaces.recall(person=head, publication=story.opening.publication, now=now())
    own = reverse("yearfile:child_file", args=[adam.pk])
    assert world.sign_in(client, "guardian").get(own).status_code == 404
    url = reverse("yearfile:school_files", args=[world.schools["tilleuls"].pk])
    assert "Ce dossier est retiré" in world.sign_in(client, "head").get(url).content.decode()
    assert client.post(url, {"due_on": TODAY.isoformat()}).status_code == 422
    later = DUE + datetime.timedelta(days=5)
    assert client.post(url, {"due_on": later.isoformat()}).status_code == 302
    assert Opening.objects.get().due_on == later
    assert world.sign_in(client, "guardian").get(own).status_code == 200


@pytest.mark.parametrize(
    ("who", "name", "of"),
    [
        ("guardian", "yearfile:child_file", "child"),
        ("teacher", "yearfile:classroom_files", "class"),
        ("head", "yearfile:school_files", "school"),
        ("head", "yearfile:changes", "school"),
    ],
)
def test_its_pages_ask_ten_queries_at_most(world, client, story, django_assert_max_num_queries, who, name, of):
    about = {
        "child": world.people["child_adam"], "class": world.classrooms["cpb"], "school": world.schools["tilleuls"],
    }  # fmt: skip
    url = reverse(name, args=[about[of].pk])
    world.sign_in(client, who).get(url)
    with django_assert_max_num_queries(10):
        assert client.get(url).status_code == 200


def test_the_sheet_holds_no_contact_of_the_family(world, story):
    teacher = world.people["teacher"]
    printed = actions.print_sheets(person=teacher, classroom=world.classrooms["cpb"], now=now())
    about = {"school": "École", "due": "lundi", "address": "https://a.example", "language": "ar"}
    sheets = [
        papers.sheet(child=pupil.full_name, guardian=line.name, items=line.missing, **about)
        for pupil, line, _ in printed
    ]
    text = text_of(papers.draw(sheets, title="Dossiers", now=now()))
    assert "Joignez l’attestation" in text and "06 39" not in text and GRANNY not in text
