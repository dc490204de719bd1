"""From an empty base to families reading and the plan's figures: the issue's journey, in a real browser.

Everything is done by hand through the pages, in order; the base starts with no row at all.
"""

import datetime
import io
import re

import pytest
from django.core.management import call_command
from django.utils import timezone
from PIL import Image
from pypdf import PdfReader

from preau.insight.usage.models import RawHit, WeekUse
from preau.kit.dates import week_label
from preau.people.models import Person
from preau.schools.models import Enrolment
from tests.arrivals.onde_files import Adult, Child, guardians_file, pupils_file
from tests.arrivals.test_sheets import CODE
from tests.browser import assert_says, open_page
from tests.people.test_opening import choose_password, set_up_telephone

pytestmark = [pytest.mark.browser, pytest.mark.journey, pytest.mark.django_db(transaction=True)]
LINA = Child("TOUPIE", "LINA", datetime.date(2020, 5, 3), classroom="CP B", class_id="41", ine="1234567890A")
TOM = Child("FICELLE", "TOM", datetime.date(2020, 9, 8), classroom="CP B", class_id="41", ine="1234567890B")
NOE = Child("BALLON", "NOÉ", datetime.date(2016, 1, 2), level="CM2", classroom="CM2", class_id="42", ine="1234567890C")
ADULTS = (
    Adult("TOUPIE", "ROSA", email="rosa@example.org", mobile="06 11 22 33 44", children=(LINA,)),
    Adult("FICELLE", "KARIM", "M.", mobile="06 22 33 44 55", children=(TOM,)),
    # The same name and nothing in common: only a person can say.
    Adult("FICELLE", "KARIM", "M.", home="05 49 00 00 09", children=(NOE,)),
)
SENTENCE = "Nous avons mélangé les trois couleurs."


class Day:
    """The persons of the day and their pages."""

    def __init__(self, browser, live_server, folder):
        self.browser, self.server, self.folder = browser, live_server, folder
        self.pages = {}

    def open(self, name, path="/", width=1280):
        self.pages[name] = open_page(self.browser, self.server, path, width=width)
        return self.pages[name]

    def activate(self, name, code, *, factor=False, width=1280):
        """A person enters with the code of a sheet."""
        page = self.open(name, "/premiere-fois/", width=width)
        page.fill("#id_code", code)
        page.click("text=Continuer")
        choose_password(page)
        if factor:
            set_up_telephone(page)
        page.wait_for_url("**/aujourdhui/")
        return page

    def write_file(self, name, data):
        path = self.folder / name
        path.write_bytes(data)
        return str(path)


def fill(page, **values):
    for name, value in values.items():
        target = page.locator(f"#id_{name}")
        if target.evaluate("e => e.tagName") == "SELECT":
            target.select_option(label=value)
        else:
            target.fill(value)


def follow(page, *names):
    """Goes by what the page shows, as a person does."""
    for name in names:
        shown = page.locator("nav, main").get_by_role("link", name=name)
        under_more = page.locator(".doors details:not([open]) a", has_text=name)
        shown.or_(under_more).first.wait_for(state="attached")
        if not shown.count():
            page.locator(".doors summary").click()
        shown.first.click()
        page.wait_for_load_state()


def send(page):
    page.locator("main form button.btn-main").first.click()


def the_operator_opens_the_base(day, capsys):
    """Returns the sheet codes of the head and of the city's agent."""
    call_command("init", address=day.server.url, first_name="Ada", last_name="Levoile")
    link = re.search(r"/premiere-fois/#\w{14}", capsys.readouterr().out)[0]
    page = day.open("operator", link)
    page.wait_for_url("**/premiere-fois/mot-de-passe/")
    choose_password(page)
    set_up_telephone(page)
    page.wait_for_url("**/aujourdhui/")
    follow(page, "La base", "Un département")
    fill(page, code="86 Vienne, académie\u00a0: Poitiers")
    send(page)
    follow(page, "Une ville")
    fill(page, name="Marelle")
    send(page)
    follow(page, "Une école")
    fill(page, name="École des Tilleuls", kind="primaire")
    send(page)
    codes = {}
    for name, kind in (("head", "school"), ("city", "city")):
        follow(page, "La base")
        page.locator(f"main a[href*='/base/nommer/{kind}/']").first.click()
        fill(page, first_name="Inès" if name == "head" else "Odile", last_name="Craie")
        if name == "city":  # those who sign what is received are those who take it back
            fill(page, role="informatique des écoles")
        send(page)
        codes[name] = page.locator(".sheet-code").text_content().strip()
    follow(page, "Ouverture aux familles", "Marelle")
    fill(page, signed_on=str(timezone.localdate()), signed_by="La maire et le DASEN")
    page.get_by_label("École des Tilleuls").check()
    page.locator("#id_told").check()
    send(page)
    assert_says(page, "1 école est ouverte aux familles")
    return codes


def the_head_imports_decides_and_applies(day, page):
    follow(page, "Rentrée")
    files = [
        day.write_file("CSVExtraction-eleves.csv", pupils_file((LINA, TOM, NOE))),
        day.write_file("CSVExtraction-responsables.csv", guardians_file(ADULTS)),
    ]
    page.set_input_files("main input[type=file]", files)
    send(page)
    assert Enrolment.objects.count() == 0, "comparing writes nothing"
    assert_says(page, "Karim Ficelle")
    page.locator("button[name=same][value=non]").click()
    page.locator("button:has-text('Appliquer')").first.click()
    page.wait_for_load_state()
    assert Enrolment.objects.count() == 3
    assert Person.objects.filter(first_name="Karim").count() == 2


def the_head_prints_the_sheets(day, page):
    """Returns {first name of a child: code of its guardian}, read from the PDF as on paper."""
    follow(page, "Préparer les fiches")
    for box in page.locator("main input[type=checkbox][name=classrooms]").all():
        box.check()
    page.locator("main input[name=layout][value=page]").check()
    send(page)
    codes = {}
    for link in page.locator("main a:has-text('Ouvrir le PDF')").all():
        answer = page.request.get(link.get_attribute("href"))
        for sheet in PdfReader(io.BytesIO(answer.body())).pages:
            text = sheet.extract_text()
            code = CODE.search(text)
            for first_name in ("Lina", "Tom", "Noé"):
                if code and first_name in text:
                    codes[first_name] = code[0]
    return codes


def the_head_names_a_teacher(page):
    follow(page, "Élèves et équipes", "L’équipe", "Ajouter une personne")
    fill(
        page,
        function="enseignante ou enseignant",
        civility="Mme",
        first_name="Violette",
        last_name="Plume",
        room="CP B",
    )
    send(page)
    return page.locator(".sheet-code").text_content().strip()


def a_pupil_arrives_by_hand(page):
    follow(page, "Élèves et équipes", "Un élève arrive")
    fill(
        page,
        first_name="Malo",
        last_name="Cerceau",
        birth_date="2020-03-05",
        classroom="CP B",
        level="CP",
        guardian_1_first_name="Aya",
        guardian_1_last_name="Cerceau",
        guardian_1_phone="0611223399",
    )
    send(page)
    page.wait_for_url("**/eleve/**")
    assert Enrolment.objects.get(pupil__first_name="Malo").classroom.name == "CP B"


def the_teacher_publishes(day, page):
    photo = io.BytesIO()
    Image.effect_noise((1200, 900), 60).convert("RGB").save(photo, "JPEG")
    page.get_by_role("link", name="Publier").first.click()
    page.set_input_files("main input[type=file]", day.write_file("IMG_0001.jpg", photo.getvalue()))
    page.fill("main textarea", SENTENCE)
    page.get_by_label("Aucun enfant sans accord").check()
    page.locator("main button[value=publish]").click()
    page.wait_for_url("**/vie/**")


def the_teacher_gives_the_class(page):
    """Returns the code of the supply teacher's sheet."""
    follow(page, "Aujourd’hui", "Donner ma classe")
    fill(page, first_name="Basile", last_name="Sifflet")
    send(page)
    return page.locator(".sheet-code").text_content().strip()


def the_city_imports_its_plan(day, page):
    rows = ["école;UAI;nature;année;classes équipées;montant;HT/TTC;source"]
    rows += [f"École {n};;{'maternelle' if n < 5 else 'élémentaire'};2018;7;1000;;tableau" for n in range(23)]
    follow(page, "Vue d’ensemble", "Importer mon tableau")
    page.set_input_files("main input[type=file]", day.write_file("plan.csv", "\n".join(rows).encode()))
    send(page)
    page.locator("button:has-text('Appliquer')").click()
    page.goto("/plan/")
    assert {"23", "161"} <= figures(page)
    page.locator("main summary", has_text="classes équipées").click()
    follow(page, re.compile("Voir 161"))
    page.locator("main a[href*='/plan/receptions/']").first.click()
    reception = page.url
    follow(page, "Retirer")
    fill(page, reason="Saisie deux fois.")
    send(page)
    page.goto("/plan/")
    assert {"22", "160"} <= figures(page)
    page.goto(reception)
    page.locator("button:has-text('Annuler'), button:has-text('Remettre')").first.click()
    page.goto("/plan/")
    assert {"23", "161"} <= figures(page)


def figures(page):
    return {text.strip() for text in page.locator(".figure b").all_text_contents()}


def the_week_is_closed_and_small_cells_masked(capsys, time_machine):
    week = week_label(timezone.localdate())
    capsys.readouterr()
    # The minute being written stays open for the pages; it is read once it is over.
    time_machine.move_to(timezone.now() + datetime.timedelta(minutes=3))
    call_command("usage", week=week, csv=True, close=True, force=True)
    assert RawHit.objects.count() == 0
    whole = WeekUse.objects.get(
        school__isnull=False, school__name__startswith="École des Tilleuls", profile="", service=""
    )
    # The head, the teacher, the supply teacher, two mothers: five, and each profile too few to be told.
    assert whole.users_count == 5 and not whole.is_masked
    small = WeekUse.objects.filter(school__isnull=False).exclude(profile="")
    assert small and all(use.is_masked for use in small)
    head, line = capsys.readouterr().out.removeprefix("\ufeff").splitlines()[:2]
    cells = dict(zip(head.split(";"), line.split(";"), strict=True))
    assert cells["ecole"] == "École des Tilleuls" and cells["utilisateurs_globales"] == "5"
    assert cells["utilisateurs_parent"] == cells["utilisateurs_enseignant"] == "<5"


def the_head_reads_the_week(page):
    follow(page, "Aujourd’hui", "Usages")
    profiles = page.locator("section[aria-labelledby=profils] tr")
    told = {row.locator("th").text_content(): row.locator("td").all_text_contents() for row in profiles.all()[1:]}
    assert told["Tous les profils"][1] == "5"
    assert told["Parents"] == ["masqué"] * 3


def test_the_first_day_from_an_empty_base(browser, live_server, tmp_path, capsys, settings, time_machine):
    settings.SPOOL_ROOT = tmp_path / "spool"
    day = Day(browser, live_server, tmp_path)
    codes = the_operator_opens_the_base(day, capsys)
    head = day.activate("head", codes["head"], factor=True)
    the_head_imports_decides_and_applies(day, head)
    sheets = the_head_prints_the_sheets(day, head)
    teacher = day.activate("teacher", the_head_names_a_teacher(head), width=360)
    rosa = day.activate("rosa", sheets["Lina"], width=360)
    stranger = day.activate("stranger", sheets["Noé"], width=360)
    a_pupil_arrives_by_hand(head)
    the_teacher_publishes(day, teacher)

    rosa.goto("/aujourdhui/")
    assert_says(rosa, SENTENCE, "Lina")
    post = rosa.locator("main a[href*='/publications/']").first.get_attribute("href")
    picture = rosa.locator("main .picture img").first.get_attribute("src")
    assert rosa.request.get(picture).status == 200
    assert stranger.request.get(post).status == 404 and stranger.request.get(picture).status == 404

    supply = day.activate("supply", the_teacher_gives_the_class(teacher))
    supply.goto(supply.locator("nav a:has-text('La liste')").get_attribute("href"))
    assert_says(supply, "Cerceau")
    city = day.activate("city", codes["city"], factor=True)
    assert city.request.get(post).status == 404
    the_city_imports_its_plan(day, city)
    the_week_is_closed_and_small_cells_masked(capsys, time_machine)
    the_head_reads_the_week(head)
    assert [page.elsewhere for page in day.pages.values() if page.elsewhere] == []
