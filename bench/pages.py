"""What each page asks and weighs, in one base: queries, bytes cold and warm, requests. Prints JSON with the cookies
that the load runs use.

    PREAU_HOME=… DJANGO_SETTINGS_MODULE=bench.settings python -m bench.pages
"""

import json
import re
import time
from pathlib import PurePosixPath
from urllib.parse import urljoin, urlsplit

import django

ACCEPT = {"HTTP_ACCEPT_ENCODING": "gzip, br", "HTTP_HOST": "localhost"}
LEAST = 40  # bytes of what a page loads, compressed: an empty style sheet is not a light one
IN_HTML = re.compile(r"""<(?:link|script|img|use|source)\b[^>]*?\b(?:href|src)="([^"]+)"[^>]*>""")
NOT_LOADED = re.compile(r"""rel="(?:alternate|canonical|next|prev|author|license)\"""")
IN_CSS = re.compile(r"""url\(["']?([^"')]+)["']?\)""")
IN_SCRIPT = re.compile(r"""(?:from|import)\s*\(?\s*["'](\.{0,2}/[^"']+)["']""")


class Browser:
    """A client of the application in this process that counts what a page makes it fetch."""

    def __init__(self):
        from django.test import Client

        self.client = Client()

    def get(self, path):
        return self.client.get(path, **ACCEPT)

    def sign_in(self, identifier, password, code=None):
        """Through the door itself; returns the cookie header of the session."""
        self.client.post("/entrer/", {"login": identifier, "password": password}, **ACCEPT)
        if code:
            self.client.post("/entrer/code/", {"code": code}, **ACCEPT)
        return "; ".join(f"{name}={morsel.value}" for name, morsel in self.client.cookies.items())

    def queries(self, path):
        """Queries of a second visit: what is read once per process is not the page's."""
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        self.get(path)
        with CaptureQueriesContext(connection) as captured:
            answer = self.get(path)
        if answer.status_code != 200:
            raise SystemExit(f"{path} answered {answer.status_code}")
        return [query["sql"] for query in captured.captured_queries]

    def links(self, path):
        answer = self.get(path)
        return self._found_in(path, answer, _body(answer))

    def weigh(self, path):
        """(bytes cold, bytes warm, requests cold), bodies as sent; warm: what a browser must ask again."""
        answer = self.get(path)
        cold = warm = len(_body(answer))
        seen, wanted = {path}, self._found_in(path, answer, _body(answer))
        while wanted:
            address = wanted.pop()
            if address in seen:
                continue
            seen.add(address)
            part = self.get(address)
            content = _body(part)
            if part.status_code != 200 or len(content) < LEAST:
                raise SystemExit(f"{path} loads {address}: {part.status_code}, {len(content)} bytes")
            cold += len(content)
            if not re.search(r"max-age=[1-9]", part.headers.get("Cache-Control", "")):
                tag = {"HTTP_IF_NONE_MATCH": part.headers["ETag"]} if part.has_header("ETag") else {}
                warm += len(_body(self.client.get(address, **ACCEPT, **tag)))
            wanted |= self._found_in(address, part, content)
        return cold, warm, len(seen)

    def _found_in(self, path, answer, content):
        import brotli

        coding = answer.headers.get("Content-Encoding", "")
        if coding == "gzip":
            import gzip

            content = gzip.decompress(content)
        elif coding == "br":
            content = brotli.decompress(content)
        kind = PurePosixPath(urlsplit(path).path).suffix
        pattern = {".css": IN_CSS, ".js": IN_SCRIPT}.get(kind)
        if pattern is None and "html" not in answer.headers.get("Content-Type", ""):
            return set()
        text = content.decode()
        if pattern is None:
            tags = [m for m in IN_HTML.finditer(text) if not NOT_LOADED.search(m.group(0))]
            found = [m.group(1) for m in tags]
        else:
            found = pattern.findall(text)
        found = (
            urljoin(path, address.split("#")[0].strip()) for address in found if not address.startswith(("data:", "#"))
        )
        return {address for address in found if address.startswith("/")}


def _body(answer):
    """The bytes as sent; a file's can be read once, so it is kept."""
    if not hasattr(answer, "body_kept"):
        answer.body_kept = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return answer.body_kept


# (first name, last name) of who looks; of several persons of one name the first made, so that scales compare.
TEACHER, GUARDIAN, HEAD = ("Violette", "Craie"), ("Claire", "Toupie"), ("Hélène", "Ardoise")
CITY, PLAN, STATE = ("Odile", "Registre"), ("Théo", "Bobine"), ("Yves", "Encrier")
PLAN_CITY = ("Flore", "Farandole")
EQUIPPED = ("Lucie", "Palet")  # her class opens sessions on the carts of the school
IEN, SITE, PUPIL = ("Anne", "Cartable"), ("Fanny", "Ritournelle"), ("Inès", "Diabolo")


def pages():
    """(name, address, who looks) in the order of the report; the plan is the fictitious commune's."""
    from django.urls import reverse
    from django.utils.timezone import localdate

    from preau.demo import cast
    from preau.ent.notes.models import Note
    from preau.ent.posts.models import Post
    from preau.places.models import Classroom, School
    from preau.plan.priorities.models import PriorityList
    from preau.schools.queries import children_of_guardian

    home = School.objects.get(uai=cast.LABORATORY[cast.HOME_SCHOOL])
    room = Classroom.objects.get(school=home, name=cast.HOME_CLASS)
    # Those that the demo plays: what the bulk demo adds is older.
    mots = Note.objects.filter(publication__state="published").order_by("-publication__published_at", "id")
    for_class = mots.filter(publication__classroom=room).first()
    for_school = mots.filter(publication__school=home).first()
    of_class = Post.objects.filter(publication__classroom=room, publication__state="published")
    shown = of_class.filter(publication__pictures__isnull=False).order_by("-publication__published_at", "id").first()
    own = Post.objects.filter(publication__author=account_of(TEACHER).person, publication__state="draft")
    drafted = own.filter(publication__pictures__isnull=False).order_by("id").first()
    child = children_of_guardian(account_of(GUARDIAN).person, localdate())[0]
    ranked = PriorityList.objects.filter(call__city__slug=cast.COMMUNE).order_by("-call__opens_at", "-id").first()
    return [
        ("sign-in", "/entrer/", None),
        ("teacher home", "/aujourdhui/", TEACHER),
        ("guardian home", "/aujourdhui/", GUARDIAN),
        ("pupil home", "/aujourdhui/", PUPIL),
        ("class life", f"/classe/{room.pk}/vie/", GUARDIAN),
        ("class life, teacher", f"/classe/{room.pk}/vie/", TEACHER),
        ("school life, teacher", f"/ecole/{home.pk}/vie/", TEACHER),
        ("one post", f"/publications/{shown.pk}/", GUARDIAN),
        ("own post", f"/publications/{shown.pk}/", TEACHER),
        ("draft of a post", f"/publications/{drafted.pk}/", TEACHER),
        ("text of a draft", f"/publications/{drafted.pk}/texte/", TEACHER),
        ("hour of a draft", f"/publications/{drafted.pk}/depart/", TEACHER),
        ("publish in a class", f"/classe/{room.pk}/publier/", TEACHER),
        ("publish in a school", f"/ecole/{home.pk}/publier/", HEAD),
        ("search", "/chercher/?q=jardin", GUARDIAN),
        ("my mots", "/mots/", GUARDIAN),
        ("one mot", f"/mots/{for_class.pk}/", GUARDIAN),
        ("own mot", f"/mots/{for_class.pk}/", TEACHER),
        ("a child's mots", f"/mots/enfants/{child.pk}/", GUARDIAN),
        ("family's account", "/mon-compte/", GUARDIAN),
        ("evening mail", "/mon-compte/courriel-du-soir/", GUARDIAN),
        ("write a mot", f"/classe/{room.pk}/mots/nouveau/", TEACHER),
        ("mots of a class", f"/classe/{room.pk}/mots/", TEACHER),
        ("follow-up of a class", f"/mots/{for_class.pk}/suivi/", TEACHER),
        ("follow-up of a school", f"/mots/{for_school.pk}/suivi/", HEAD),
        ("announcements", "/annonces/", GUARDIAN),
        ("announcements of a city", reverse("announcements:sent", args=[home.city_id]), CITY),
        ("announcements of a head", "/annonces/", HEAD),
        ("roll of a class", reverse("attendance:classroom_roll", args=[room.pk]), TEACHER),
        ("messages", "/messages/", GUARDIAN),
        ("agenda", "/agenda/", GUARDIAN),
        ("leçons of a family", "/lecons/", GUARDIAN),
        ("leçons of a class", reverse("homework:classroom_week", args=[room.pk]), TEACHER),
        ("leçons of a pupil", "/lecons/", PUPIL),
        ("notebook of a child", reverse("portfolio:child_notebook", args=[child.pk]), GUARDIAN),
        ("notebooks of a class", reverse("portfolio:classroom_notebooks", args=[room.pk]), TEACHER),
        ("noon and evening of a class", reverse("afterschool:classroom_day", args=[room.pk]), TEACHER),
        ("write a mot to a school", f"/ecole/{home.pk}/mots/nouveau/", HEAD),
        *pages_of_a_day(home, room, child),
        *pages_of_words(room),
        ("sites of a city", reverse("afterschool:city_sites", args=[home.city_id]), CITY),
        ("head home", "/aujourdhui/", HEAD),
        ("site manager home", "/aujourdhui/", SITE),
        ("IEN home", "/aujourdhui/", IEN),
        ("conseils d’école of an IEN", reverse("agenda:council_list"), IEN),
        ("public site", f"/ecoles/{home.slug}/", None),
        ("steering home", "/pilotage/", CITY),
        ("hours of a city", reverse("hours:hours_home"), PLAN_CITY),
        ("story of a school", reverse("desk:story", args=[home.pk]), HEAD),
        ("Wi-Fi of a school", reverse("wifi:school_wifi", args=[home.pk]), TEACHER),
        ("plan home", "/plan/accueil/", PLAN),
        ("plan table", "/plan/tableau/", PLAN),
        ("inventory", "/plan/inventaire/", PLAN),
        ("roll-outs", "/plan/deploiements/", PLAN),
        ("roll-outs by step", "/plan/deploiements/tableau/", PLAN),
        ("roll-outs of the year", "/plan/deploiements/calendrier/", PLAN),
        ("year of the plan", "/plan/annee/", PLAN),
        ("applications", "/plan/candidatures/", PLAN),
        ("priority list", f"/plan/listes/{ranked.pk}/", STATE),
        ("ready schools", "/plan/pretes/", PLAN),
        ("rooms and the base", "/plan/socle/", PLAN),
        ("strengths", "/plan/forces/", PLAN),
        ("Wi-Fi", "/plan/wifi/", PLAN),
        ("shared kits", "/plan/malles/", PLAN),
        ("loans", "/plan/emprunts/", PLAN),
        ("sealed journal", "/pilotage/journal/", PLAN),
        ("inventory, State", f"/plan/inventaire/?ville={cast.COMMUNE}", STATE),
        ("Wi-Fi, State", f"/plan/wifi/?ville={cast.COMMUNE}", STATE),
        ("ready schools, State", f"/plan/pretes/?ville={cast.COMMUNE}", STATE),
        ("roll-outs, State", f"/plan/deploiements/?ville={cast.COMMUNE}", STATE),
        ("plain 8-query page", "/_bench/plain/", TEACHER),
        ("bare page", "/_bench/bare/", None),
    ]


def pages_of_a_day(home, room, child):
    """What a family and a school open: what the city says, messages, the appel, the agenda, the dossier de rentrée."""
    from django.urls import reverse
    from django.utils.timezone import localdate

    from preau.ent.agenda.models import Round
    from preau.ent.announcements.models import Announcement
    from preau.ent.mail.rules import conversations_visible_to
    from preau.places.models import AfterSchool

    def at(name, *ids):
        return reverse(name, args=ids)

    sent = Announcement.objects.filter(publication__city=home.city_id, publication__state="published")
    sent = sent.order_by("-publication__published_at", "id")
    for_all, for_canteens = sent.filter(asks_schools=True).first().pk, sent.exclude(targets__activity=None).first().pk
    talk = conversations_visible_to(account_of(GUARDIAN).person, localdate()).order_by("-last_at", "id").first()
    evenings = Round.objects.filter(event__space_id=room.pk).order_by("id").first()
    site = AfterSchool.objects.get(school=home)
    carts = account_of(EQUIPPED).person.mandates.filter(classroom__isnull=False).order_by("id").first()
    return [
        ("one announcement", at("announcements:announcement_detail", for_all), GUARDIAN),
        ("numbers of an announcement", at("announcements:counts", for_all), CITY),
        ("families of a school not reached", at("announcements:families", for_all), HEAD),
        ("families of a site not reached", at("announcements:families", for_canteens), SITE),
        ("one conversation", at("mail:conversation", talk.pk), GUARDIAN),
        ("whom one may write to", at("mail:choose"), GUARDIAN),
        ("register of a month", at("attendance:classroom_register", room.pk), TEACHER),
        ("absences of a school", at("attendance:school_absences", home.pk), HEAD),
        ("absences of a family", at("attendance:mine"), GUARDIAN),
        ("noon and evening of a school", at("afterschool:school_day", home.pk), HEAD),
        ("noon and evening of a site", at("afterschool:afterschool_day", site.pk), SITE),
        ("agenda of a class", at("agenda:classroom_agenda", room.pk), TEACHER),
        ("agenda of a school", at("agenda:school_agenda", home.pk), HEAD),
        ("accords of a child", at("media:child_accords", child.pk), GUARDIAN),
        ("accords of a class", at("media:classroom_accords", room.pk), TEACHER),
        ("open a session", at("lessons:classroom_lesson", room.pk), TEACHER),
        ("open a session with carts", at("lessons:classroom_lesson", carts.classroom_id), EQUIPPED),
        ("appointments of a family", at("agenda:round_detail", evenings.pk), GUARDIAN),
        ("appointments of a class", at("agenda:round_detail", evenings.pk), TEACHER),
        ("sheets asked for", at("schools:sheet_asks"), TEACHER),
        ("sheets asked for, of a school", at("schools:sheet_asks"), HEAD),
        ("dossier of a child", at("yearfile:child_file", child.pk), GUARDIAN),
        ("dossiers of a class", at("yearfile:classroom_files", room.pk), TEACHER),
        ("dossiers of a school", at("yearfile:school_files", home.pk), HEAD),
    ]


def pages_of_words(room):
    """What pupils write and propose, as one of them reads it; what families say under a post."""
    from django.urls import reverse
    from django.utils.timezone import localdate

    from preau.ent.comments.models import Discussion
    from preau.ent.writings import rules

    opened = Discussion.objects.filter(publication__classroom=room, publication__state="published").order_by("id")
    said = reverse("comments:discussion", args=[opened.first().publication_id])
    pupil, today = account_of(PUPIL).person, localdate()
    texts = rules.writings_visible_to(pupil, today).filter(publication__state="published", purpose="life")
    text, own = texts.order_by("-publication__published_at", "id").first(), rules.class_written_in(pupil, today)
    begun = rules.writings_of(pupil).filter(publication__state="draft").order_by("id").first()
    return [
        ("texts of a class", reverse("writings:classroom_writings", args=[room.pk]), TEACHER),
        ("draft of a pupil", reverse("writings:writing_edit", args=[begun.pk]), PUPIL),
        ("text of a pupil", reverse("writings:writing_detail", args=[text.pk]), PUPIL),
        ("class of a pupil", reverse("portal:classroom_home", args=[own.pk]), PUPIL),
        ("class, as its head enters it", reverse("portal:classroom_home", args=[own.pk]), HEAD),
        ("conseil d’élèves", reverse("writings:classroom_council", args=[own.pk]), PUPIL),
        ("comments of a post", said, GUARDIAN),
        ("comments of a post, teacher", said, TEACHER),
    ]


def account_of(who):
    """Of that adult, or of that pupil."""
    from preau.people.models import Account

    named = Account.objects.filter(person__first_name=who[0], person__last_name=who[1])
    return named.order_by("created_at").filter(person__birth_date__isnull=who != PUPIL).first()


def signed_in(who):
    """(browser, its cookies) of someone who came by the door, a telephone's code given when the role asks one."""
    from preau.demo import keys

    browser = Browser()
    if who is None:
        return browser, ""
    account = account_of(who).identifier
    cookies = browser.sign_in(account, keys.PASSWORD)
    if "/entrer/" in browser.get("/mon-compte/").headers.get("Location", ""):
        cookies = browser.sign_in(account, keys.PASSWORD, keys.totp_code(account, time.time()))
    if browser.get("/mon-compte/").status_code != 200:  # this code served within the last 30 s: a code enters once
        time.sleep(keys.PERIOD + 1)
        cookies = browser.sign_in(account, keys.PASSWORD, keys.totp_code(account, time.time()))
    return browser, cookies


def measure():
    wanted = pages()
    browsers = {who: signed_in(who) for who in {who for _, _, who in wanted}}
    visitor, _ = browsers[None]
    static = min(a for a in visitor.links("/") if a.endswith(".css"))  # the same at each run
    found = []
    for name, path, who in [*wanted, ("static file", static, None)]:
        browser, cookie = browsers[who]
        queries = [] if name == "static file" else browser.queries(path)
        cold, warm, requests = browser.weigh(path)
        found.append(
            {
                "name": name,
                "path": path,
                "cookie": cookie,
                "queries": len(queries),
                "cold": cold,
                "warm": warm,
                "requests": requests,
            }
        )
    return found


if __name__ == "__main__":
    django.setup()
    print(json.dumps(measure()))
