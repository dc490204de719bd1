"""The main acts of five persons, by the keyboard alone and without script: each from a page they know."""

import pytest
from django.urls import reverse

from preau.ent.posts.models import Post
from preau.people.models import Account
from preau.plan.applications.models import Application, Opinion
from tests.arrivals.test_journey import BORN, onde_files
from tests.browser import open_page
from tests.ent.posts.test_accords import agree
from tests.journeys.hands import HANDS
from tests.media import samples
from tests.people.door import draw
from tests.plan.applications.conftest import DAY, TODAY, Scene

pytestmark = [pytest.mark.browser, pytest.mark.journey, pytest.mark.django_db(transaction=True)]
TEXT = "Nous avons planté des radis."
WORDS = "dix-sept lampes vertes dans la cour"


def a_teacher_publishes(start, world):
    agree(world)
    hand = start("teacher", "/aujourdhui/")
    hand.follow("Publier")
    hand.give("Photos", [{"name": "radis.jpg", "mimeType": "image/jpeg", "buffer": samples.encoded(samples.drawing())}])
    hand.write("Photo 1", "Des radis")
    hand.write("Qu’est-ce que les élèves", TEXT)
    hand.press("Publier")
    hand.page.wait_for_url("**/vie/?fait=*")
    post = Post.objects.get(text=TEXT)
    assert post.publication.state == "published"
    assert hand.page.locator("main img[alt='Des radis']").count() == 1


def a_guardian_activates_and_reads(start, world):
    hand = start(None, "/entrer/")
    hand.follow("C’est la première fois")
    hand.write("Code de la fiche", draw(world.people["guardian"]))
    hand.press("Continuer")
    hand.write("Nouveau mot de passe", WORDS)
    hand.write("Le même", WORDS)
    hand.press("Entrer")
    hand.page.wait_for_url("**/aujourdhui/")
    assert Account.objects.get(person=world.people["guardian"]).check_password(WORDS)
    assert TEXT in hand.page.inner_text("main")
    assert hand.page.get_by_role("link", name="ouvrir").count()  # heard alone, an hour says nothing of the link
    hand.follow("à l’instant")
    assert "/publications/" in hand.page.url and TEXT in hand.page.inner_text("main")


def a_head_imports_files(start, world):
    hand = start("head", "/aujourdhui/")
    hand.unfold("Plus")
    hand.follow("Rentrée")
    hand.give("Les fichiers", onde_files())
    hand.press("Comparer avec l’école")
    hand.press("C’est le même élève")
    hand.press("Appliquer")
    hand.page.get_by_role("heading", name="C’est appliqué").wait_for()
    world.people["child_adam"].refresh_from_db()
    assert world.people["child_adam"].birth_date == BORN


# A section, and each gesture of it: what is written in a field, or what is chosen.
SECTIONS = (
    (("Où le réseau fonctionne-t-il mal", "Au premier étage."),),
    (("Titre du projet", "Raconter la science"), ("Projet pédagogique", TEXT), ("La place des parents",)),
    (("Création de contenus",), ("Une semaine ordinaire", "Deux heures par classe.")),
    (("Enseignants qui s’engagent", "8"), ("Postes d’enseignants", "9"), ("Formations et acc", "Deux temps.")),
    (("Quelle place ont les familles", "Elles écoutent le carnet."),),
    (("ULIS, malentendants", "Un casque par élève."),),
    (("Équipement souhaité", "Deux chariots."),),
    (("Où sera rangé le matériel", "À la réserve."), ("Comment les classes", "Une semaine sur deux."), ("Oui",)),
    (("Heures d’usage par classe",),),
    (
        ("Avis du conseil", (TODAY - 20 * DAY).isoformat()),
        ("Conseil d’école", (TODAY - 10 * DAY).isoformat()),
        ("Que dit l’avis", "Favorable."),
    ),
)


def a_head_fills_an_application(start, world):
    scene = Scene(world)
    hand = start("head", reverse("applications:call_detail", args=[scene.call.pk]))
    hand.press("Commencer la candidature")
    hand.follow("Remplir")
    for number, section in enumerate(SECTIONS, 1):
        for label, *written in section:
            hand.write(label, *written) if written else hand.choose(label)
        hand.press("Enregistrer et continuer" if number < len(SECTIONS) else "Enregistrer")
    hand.follow("Déposer la candidature")
    hand.press("Déposer")
    file = Application.objects.get()
    assert file.copies_count == 1 and file.title == "Raconter la science" and file.committed_count == 8


def an_inspector_gives_an_opinion(start, world):
    hand = start("ien", "/plan/accueil/")
    hand.follow("Rendre")
    hand.choose("favorable avec réserves")
    hand.write("Motivation", "La salle n’est pas câblée.")
    hand.press("Rendre l’avis")
    given = Opinion.objects.get(authority="ien")
    assert given.verdict == "with_reservations" and given.given_at


JOURNEYS = (
    a_teacher_publishes, a_guardian_activates_and_reads, a_head_imports_files, a_head_fills_an_application,
    an_inspector_gives_an_opinion,
)  # fmt: skip


@pytest.mark.parametrize("hands", HANDS)
def test_the_main_acts(hands, world, browser, live_server):
    def start(name, path):
        account = name and world.account(name)
        page = open_page(browser, live_server, path, width=360, account=account, javascript=hands.javascript)
        page.set_default_timeout(8000)
        return hands(page)

    for journey in JOURNEYS:
        journey(start, world)
