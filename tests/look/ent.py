"""What each page of the daily wing and of the roof is looked at with: (template, route, who looks)."""

import datetime

from django.urls import reverse
from django.utils.timezone import now

from preau.arrivals.models import SheetJob
from preau.ent.notes import actions as actions_of_notes
from preau.ent.notes.actions import Target
from preau.ent.posts import actions
from preau.ent.posts.models import Scope
from preau.ent.sites.models import SchoolSite
from preau.ent.thanks import actions as thanks
from preau.ent.yearfile import actions as year_files_actions
from preau.media.documents import Document
from preau.notify import actions as notify
from preau.notify.models import Expected
from preau.people import actions as people
from preau.people.models import Account, Contact, Phone
from tests.ent.agenda import acts as agenda
from tests.ent.homework import acts as homework
from tests.ent.notes.acts import answer, send
from tests.ent.posts.test_actions import NOW, picture, publish
from tests.look.messages import MAIL
from tests.look.writings import WRITINGS
from tests.people.door import give_password, give_totp
from tests.rights import videos
from tests.rights.elsewhere import fill_tomorrow
from tests.rights.samples import (
    files_applied,
    files_received,
    public_post,
    sheets_of_a_class,
)
from tests.rights.yearfiles import A_DOCUMENT, opened_year_file, year_file_of
from tests.world import TODAY


def nothing(world):
    """The world as it is."""
    return {}


def tomorrow(world):
    """And those whose title, class or tie is for tomorrow."""
    fill_tomorrow(world)
    return {}


def life(world):
    """A picture shown, one that waits for the head, one still being written, and a word for everyone."""
    shown = publish(world, pictures=[picture(), picture()], question="Comment fait-on du violet ?")
    thanks.give_thanks(person=world.people["guardian"], publication=shown.publication, now=now())
    document = (Document("pdf", b"%PDF-", 1), "Affiche de la fête")
    actions.join_files(person=world.people["teacher"], post=shown, files=[document], now=NOW)
    videos.both(shown)
    filmed = videos.ready(publish(world, text="La chorale.")).post
    waiting = publish(world, scope=Scope.PUBLIC, pictures=[picture()], no_child_declared=True)
    teacher, cpb = world.people["teacher"], world.classrooms["cpb"]
    draft = actions.write_post(person=teacher, place=cpb, scope="class", text="à", now=NOW)
    teacher, cm2 = world.people["teacher_other_class"], world.classrooms["cm2"]
    sent = {"pictures": [picture()], "no_child_declared": True}
    read = actions.publish_post(person=teacher, place=cm2, scope="class", text="Lu.", **sent, now=NOW)
    return {
        "post_id": shown.pk,
        "photo": reverse("posts:picture_detail", args=[shown.publication.pictures.first().pk]),
        "hides": reverse("posts:picture_hide", args=[shown.publication.pictures.first().pk]),
        "marks": reverse("posts:picture_children", args=[shown.publication.pictures.first().pk]),
        "files": reverse("posts:post_files", args=[shown.pk]),
        "video": reverse("posts:video_edit", args=[shown.pk]),
        "films": reverse("posts:lsf_edit", args=[filmed.pk]),
        "waiting": reverse("posts:post_detail", args=[waiting.pk]),
        "draft": reverse("posts:post_detail", args=[draft.pk]),
        "later": reverse("posts:post_schedule", args=[draft.pk]),
        "found": reverse("portal:search") + "?q=classe",
        "pupil_class": reverse("portal:classroom_home", args=[cm2.pk]),
        "pupil_life": reverse("portal:classroom_life", args=[cm2.pk]),
        "pupil_post": reverse("posts:post_detail", args=[read.pk]),
        "just_published": f"{reverse('portal:classroom_life', args=[world.classrooms['cpb'].pk])}?fait={shown.pk}",
    }


def mots(world):
    """A mot to sign, one to choose from, one to leave later; one answered twice."""
    note = send(world, answer_before=TODAY + datetime.timedelta(days=2), files=[(Document("pdf", b"%PDF", 2), "Plan")])
    asks_file = send(world, title="Attestation", nature="file")
    answer(world, asks_file, agreed="", sent=(Document("webp", b"RIFF"), "Attestation"))
    answer(world, note)
    answer(world, note, "guardian_coparent", agreed="no")
    later = send(world, title="Plus tard", due_at=now() + datetime.timedelta(hours=3))
    rooms = [Target(world.classrooms[room]) for room in ("cpb", "cm2")]
    said = {"title": "Aux familles", "text": "La cantine ferme.", "nature": "see", "urgent_reason": "Gaz"}
    large = actions_of_notes.send_note(person=world.people["head"], targets=rooms, now=now(), **said)
    choice = send(world, title="Un rendez-vous", nature="choice", choices=["Lundi", "Mardi"])
    send(world, "head", "gs", title="À lire", nature="see")
    return {
        "note_id": note.pk,
        "coupon": reverse("notes:coupon_return", args=[Expected.objects.filter(notice__publication__note=note)[0].pk]),
        "sending": reverse("notes:sending_create", args=[large.pk]),
        "later": reverse("notes:note_detail", args=[later.pk]),
        "choice": reverse("notes:note_detail", args=[choice.pk]),
        "asks_file": reverse("notes:note_detail", args=[asks_file.pk]),
        "files_sent": reverse("notes:note_follow", args=[asks_file.pk]),
        "outing": f"{reverse('notes:classroom_write', args=[world.classrooms['cpb'].pk])}?modele=sortie",
    }


def year_files(world):
    """The dossier de rentrée is asked; a certificate waits, a contact changed, a sheet is out."""
    opening, about = opened_year_file(world), year_file_of(world)
    other, due_on = world.people["head_other_school"], TODAY + datetime.timedelta(days=20)
    year_files_actions.open_year_file(person=other, school=world.schools["saules"], due_on=due_on, now=now())
    year_files_actions.send_certificate(person=about["person"], child=about["child"], sent=A_DOCUMENT, now=now())
    year_files_actions.check_contacts(**about, written={}, added=(("mobile", "06 39 98 00 11"),))
    year_files_actions.name_pickup(**about, name="Odette Ballerine", tie="grand-mère")
    year_files_actions.print_sheets(person=world.people["teacher"], classroom=world.classrooms["cpb"], now=now())
    paper = opening.files.exclude(paper_out_at=None).filter(guardian=world.people["guardian_paper"]).get()
    return {"year_file_id": paper.pk, "asked_child_id": about["child"].pk}


def sheets(world):
    """A pupils' file compared, another applied, connection sheets ready and being made."""
    applied, waiting = files_applied(world), files_received(world)
    job = sheets_of_a_class(world)
    SheetJob.objects.filter(pk=sheets_of_a_class(world).pk).update(state="making", total_count=8, done_count=2)
    give_password(world.account("guardian"))
    reset = f"{reverse('arrivals:reset', args=[world.schools['tilleuls'].pk])}?who=families&where=school"
    return {"batch_id": applied.pk, "upload_id": waiting.pk, "job_id": job.pk, "reset": reset}


def site(world):
    """A public site with words for every page."""
    SchoolSite.objects.create(school=world.schools["tilleuls"], enrolment_words="D’abord en mairie.")
    return {"publication_id": public_post(world).publication_id}


def account(world):
    """Someone whose second factor is set up; both chose a password."""
    give_totp(give_password(world.account("head")))
    give_password(world.account("guardian"))
    said = publish(world).publication
    notify.announce(publication=said, person=world.people["teacher"], now=NOW)
    notify.mark_seen(publication=said, person=world.people["guardian"], now=NOW)  # notifications are offered from then
    people.set_text_budget(
        person=world.people["city_education"], city=world.cities["marelle"], per_month=100, now=now()
    )
    given = {"number": "+33612345678", "city": world.cities["marelle"], "given_at": now()}
    Phone.objects.create(account=world.account("guardian_coparent"), **given)
    Account.objects.filter(person=world.people["teacher"]).update(email="moi@ecole.example", email_confirmed_at=now())
    Account.objects.filter(person=world.people["guardian_other_family"]).update(email="ada@maison.example")
    known = {"kind": Contact.Kind.EMAIL, "value": "toupie@maison.example", "match_key": "toupie@maison.example"}
    Contact.objects.create(person=world.people["guardian"], **known)
    return {"naming": reverse("base_name", args=["school", world.schools["tilleuls"].pk])}


ROOMS = {
    "web": (tomorrow, (
        ("web/today/school.html", "/aujourdhui/", "teacher head supply aesh canteen"),
        ("web/today/guardian.html", "/aujourdhui/", "guardian guardian_two_schools"),
        ("web/today/pupil.html", "/aujourdhui/", "pupil_cm2"),
        ("web/today/city.html", "/aujourdhui/", "city_education elected"),
        ("web/today/state.html", "/aujourdhui/", "ien dsden"),
        ("web/today/operator.html", "/aujourdhui/", "operator"),
        ("web/today/other.html", "/aujourdhui/", "trainer parents_federation former_teacher"),
        ("web/today/other.html", "/aujourdhui/", "guardian_restricted pupil_tomorrow"),
        ("web/errors/404.html", "/rien/", "- teacher"),
        ("web/errors/403.html", "/base/", "head"),
        ("privacy/kept.html", "/donnees-personnelles/", "- guardian city_it operator pupil_cm2 teacher ien"),
        ("privacy/pupil_charter.html", "/charte/", "- guardian pupil_cm2 teacher city_education ia_dasen operator"),
        ("usage/week.html", "/usages/", "city_education head dsden"),
    )),
    "people": (account, (
        ("account/login.html", "/entrer/", "-"),
        ("account/account_inactive.html", "/entrer/compte-ferme/", "-"),
        ("people/lost_password.html", "/mot-de-passe-perdu/", "- city_it guardian operator pupil_cm2 teacher ien"),
        ("people/help_ask.html", "help_ask", "- guardian city_education ia_dasen operator pupil_cm2 teacher"),
        ("people/help_asks.html", "help_asks", "head city_education operator"),
        ("people/first_time.html", "/premiere-fois/", "- city_it guardian operator pupil_cm2 teacher ien"),
        ("people/device_code.html", "device_code", "guardian aesh parents_federation"),
        ("people/account.html", "/mon-compte/", "guardian head pupil_cm2 city_education operator ia_dasen"),
        ("kit/form_page.html", "account_email_confirm", "head"),
        ("people/account.html", "/mon-compte/", "head"),  # whose address is to be confirmed: three acts in its line
        ("people/email.html", "account_email", "operator dan city_education guardian_coparent teacher"),
        ("people/email_code.html", "account_email_code", "guardian_other_family"),
        ("kit/form_page.html", "notify:evening", "teacher"),
        ("notify/caught.html", "notify:caught", "- guardian city_it operator pupil_cm2 teacher ien"),
        ("notify/devices.html", "notify:devices", "guardian"),
        ("notify/pause.html", "notify:school_pause", "head"),
        ("notify/phone.html", "notify:phone", "guardian_coparent guardian_other_family"),
        ("kit/form_page.html", "notify:phone_code", "guardian_coparent"),
        ("notify/texts.html", "notify:city_texts", "city_education"),
        ("notify/pause.html", "notify:city_pause", "city_education"),
        ("account/password_change.html", "/mon-compte/mot-de-passe/", "guardian"),
        ("account/logout.html", "/sortir/", "guardian"),
        ("account/reauthenticate.html", "/entrer/confirmer/", "guardian"),
        ("mfa/reauthenticate.html", "/entrer/confirmer/code/", "head"),
        ("mfa/totp/activate_form.html", "mfa_activate_totp", "ien elected guardian_two_schools operator aesh"),
        ("people/base.html", "base", "operator"),
        ("people/base_form.html", "base_school", "operator"),
        ("people/base_form.html", "base_school_district", "operator"),
        ("people/base_form.html", "base_holidays", "operator"),
        ("people/function_end.html", "base_function_end", "operator"),
        ("people/base_name.html", "naming", "operator"),
        ("people/base_name.html", "base_name_operator", "operator"),
    )),
    "spaces": (nothing, (
        ("spaces/stop_list.html", "spaces:stop_list", "operator"),
        ("spaces/account_list.html", "spaces:account_list", "head operator city_education"),
        ("spaces/account_detail.html", "spaces:account_detail", "head operator"),
        ("spaces/stop.html", "spaces:school_stop", "head operator"),
        ("spaces/stop.html", "spaces:city_stop", "city_education"),
    )),
    "schools": (nothing, (
        ("schools/school.html", "schools:school", "head"),
        ("schools/arrival.html", "schools:arrival", "head"),
        ("schools/sheet_asks.html", "schools:sheet_asks", "head teacher"),
        ("schools/classroom.html", "schools:classroom", "head teacher"),
        ("schools/give_class.html", "schools:give_class", "head"),
        ("schools/pupil.html", "schools:pupil", "head teacher"),
        ("schools/group.html", "schools:group", "head"),
        ("schools/team.html", "schools:team", "head city_education"),
        ("schools/city_staff.html", "schools:city_staff", "city_education"),
        ("schools/staff_leaving.html", "schools:staff_leaving", "head"),
        ("schools/staff_classes.html", "schools:staff_classes", "head"),
        ("schools/form.html", "schools:staff_new", "city_education"),
        *(
            ("schools/form.html", f"schools:{name}", "head")
            for name in (
                "classroom_new", "group_new", "staff_new", "change_class", "leaving", "guardian_new",
                "guardian_end", "guardian_correction", "pupil_correction", "reading_language", "restriction",
            )
        ),
    )),
    "opening": (nothing, (
        ("schools/insurances.html", "schools:insurances", "teacher head"),
        ("schools/display.html", "schools:display", "teacher head"),
        ("schools/group_displays.html", "schools:group_displays", "head"),
        ("schools/display_preview.html", "schools:display_preview", "teacher"),
        ("privacy/opening_list.html", "opening_list", "operator city_education"),
        ("privacy/opening_city.html", "opening_city", "operator city_education"),
        ("privacy/paper.html", "opening_paper", "operator city_education"),
        (
            "privacy/family_notice.html", "family_notice",
            "- guardian pupil_cm2 teacher city_education ia_dasen operator",
        ),
    )),
    "arrivals": (sheets, (
        ("arrivals/start.html", "arrivals:start", "head"),
        ("arrivals/files.html", "arrivals:files", "head"),
        ("arrivals/columns.html", "arrivals:columns", "head"),
        ("arrivals/batch.html", "arrivals:batch", "head"),
        ("arrivals/sheets_new.html", "arrivals:sheets_new", "head"),
        ("arrivals/sheets_ready.html", "arrivals:sheets_ready", "head"),
        ("arrivals/reset.html", "reset", "head city_education operator"),
        ("arrivals/other_child.html", "arrivals:other_child", "guardian city_education operator aesh dan"),
    )),
    "notes": (mots, (
        ("web/today/guardian.html", "/aujourdhui/", "guardian_other_family guardian_two_schools"),
        ("notes/write.html", "notes:classroom_write", "teacher"),
        ("notes/write.html", "outing", "teacher"),
        ("notes/write.html", "notes:school_write", "head"),
        ("notes/note_list.html", "notes:classroom_notes", "teacher"),
        ("notes/note_list.html", "notes:school_notes", "head"),
        ("notes/note_detail.html", "notes:note_detail", "teacher guardian guardian_other_family"),
        ("notes/note_detail.html", "choice", "guardian_other_family"),
        ("notes/note_detail.html", "later", "teacher"),
        ("notes/sending.html", "sending", "head"),
        ("notes/note_detail.html", "asks_file", "guardian guardian_other_family"),
        ("notes/note_files.html", "notes:note_files", "teacher"),
        ("notes/city_languages.html", "notes:city_languages", "city_education"),
        ("notes/mine.html", "notes:mine", "guardian guardian_two_schools"),
        ("notes/child_history.html", "notes:child_history", "guardian teacher"),
        ("kit/form_page.html", "notes:note_edit", "teacher"),
        ("notes/coupon_return.html", "coupon", "teacher"),
        ("notes/note_follow.html", "notes:note_follow", "teacher head"),
        ("notes/note_follow.html", "files_sent", "teacher"),
    )),
    "agenda": (agenda.shown, (
        ("web/today/guardian.html", "/aujourdhui/", "guardian guardian_two_schools"),
        ("agenda/agenda.html", "agenda:mine", "guardian teacher pupil_cm2 city_education ia_dasen operator"),
        ("agenda/agenda.html", "agenda:classroom_agenda", "guardian teacher"),
        ("agenda/event_detail.html", "agenda:event_detail", "guardian teacher"),
        ("agenda/event_detail.html", "off", "guardian teacher"),
        ("agenda/round_detail.html", "agenda:round_detail", "guardian guardian_other_family teacher"),
        ("kit/form_page.html", "agenda:round_new", "teacher"),
        ("kit/form_page.html", "agenda:council_new", "head"),
        ("agenda/council_list.html", "agenda:council_list", "ien elected city_education"),
        ("agenda/council_list.html", "agenda:council_list", "guardian operator pupil_cm2 teacher"),
        ("agenda/council_detail.html", "agenda:council_detail", "guardian head ien city_education"),
        ("agenda/feed.html", "agenda:feed", "guardian teacher city_education operator ien"),
        ("kit/form_page.html", "agenda:slots_add", "teacher"),
        ("kit/form_page.html", "agenda:classroom_event", "teacher"),
        ("kit/form_page.html", "agenda:event_edit", "teacher"),
    )),
    "homework": (homework.shown, (
        ("web/today/pupil.html", "/aujourdhui/", "pupil_cm2"),
        ("web/today/guardian.html", "/aujourdhui/", "guardian"),
        ("web/today/school.html", "/aujourdhui/", "teacher"),
        ("homework/mine.html", "homework:mine", "guardian pupil_cm2"),
        ("homework/mine.html", "week", "guardian_other_class pupil_cm2"),
        ("homework/week.html", "homework:classroom_week", "teacher guardian"),
        ("homework/week.html", "just", "teacher"),
        ("homework/week.html", "homework:group_week", "head"),
        ("homework/assignment_detail.html", "homework:assignment_detail", "teacher guardian"),
        ("homework/assignment_detail.html", "off", "teacher"),
        ("homework/assignment_files.html", "homework:assignment_files", "teacher"),
        ("kit/form_page.html", "homework:assignment_edit", "teacher"),
    )),
    "yearfile": (year_files, (
        ("web/today/guardian.html", "/aujourdhui/", "guardian"),
        ("yearfile/child_file.html", "yearfile:child_file", "guardian"),
        ("yearfile/mine.html", "yearfile:mine", "guardian_two_schools city_education ia_dasen"),
        ("yearfile/mine.html", "yearfile:mine", "operator pupil_cm2 teacher"),
        ("yearfile/school_files.html", "yearfile:school_files", "head"),
        ("yearfile/classroom_files.html", "yearfile:classroom_files", "teacher head"),
        ("yearfile/classroom_handing.html", "yearfile:classroom_handing", "teacher head"),
        ("yearfile/changes.html", "yearfile:changes", "head"),
        ("yearfile/sheet_return.html", "yearfile:sheet_return", "teacher"),
    )),
    "mail": MAIL,
    "writings": WRITINGS,
    "posts": (life, (
        ("web/today/school.html", "/aujourdhui/", "teacher head"),
        ("web/today/guardian.html", "/aujourdhui/", "guardian"),
        ("portal/life.html", "portal:classroom_life", "teacher guardian head"),
        ("portal/thanks.html", "portal:thanks_received", "teacher head"),
        ("portal/search.html", "portal:search", "guardian city_education ia_dasen operator"),
        ("portal/search.html", "found", "teacher pupil_cm2"),
        ("portal/life.html", "pupil_life", "pupil_cm2"),
        ("portal/week_told.html", "portal:week_told", "teacher"),
        ("portal/life.html", "just_published", "teacher"),
        ("portal/life.html", "portal:school_life", "head"),
        ("portal/life.html", "portal:city_life", "city_education"),
        ("posts/post_detail.html", "posts:post_detail", "guardian"),
        ("posts/post_files.html", "files", "teacher"),
        ("posts/video_edit.html", "video", "teacher"),
        ("posts/video_edit.html", "films", "teacher"),
        ("posts/post_detail.html", "pupil_post", "pupil_cm2"),
        ("posts/post_detail.html", "waiting", "head"),
        ("posts/post_detail.html", "draft", "teacher"),
        ("posts/post_schedule.html", "later", "teacher"),
        ("posts/post_history.html", "posts:post_history", "teacher"),
        ("posts/picture_detail.html", "photo", "guardian"),
        ("posts/picture_detail.html", "photo", "teacher"),
        ("posts/picture_hide.html", "hides", "teacher"),
        ("posts/picture_children.html", "marks", "teacher"),
        ("posts/publish.html", "posts:classroom_publish", "teacher"),
        ("posts/publish.html", "posts:school_publish", "head"),
        ("posts/publish.html", "posts:city_publish", "city_education"),
        ("posts/post_edit.html", "posts:post_edit", "teacher"),
        ("portal/space_home.html", "portal:classroom_home", "teacher guardian"),
        ("portal/space_home.html", "pupil_class", "pupil_cm2"),
        ("portal/space_home.html", "portal:school_home", "head aesh"),
        ("portal/space_home.html", "portal:city_home", "city_education"),
        ("portal/space_home.html", "portal:network_home", "city_education guardian"),
        ("portal/life.html", "portal:network_life", "city_education"),
        ("portal/city_networks.html", "portal:city_networks", "city_education"),
        ("posts/publish.html", "posts:network_publish", "city_education"),
    )),
    "sites": (site, (
        ("sites/city_home.html", "/", "-"),
        ("sites/school_list.html", "/ecoles/", "-"),
        ("sites/school_list.html", "/ecoles/?q=zzz", "-"),
        ("sites/school_home.html", "sites:school_home", "-"),
        ("sites/school_life.html", "sites:school_life", "-"),
        ("sites/school_life_item.html", "sites:school_life_item", "-"),
        ("sites/school_calendar.html", "sites:school_calendar", "-"),
        ("sites/school_enrolment.html", "sites:school_enrolment", "-"),
        ("sites/school_contact.html", "sites:school_contact", "-"),
        ("sites/legal.html", "sites:legal", "-"),
        ("sites/accessibility.html", "sites:accessibility", "-"),
        ("sites/site_map.html", "sites:map", "-"),
        ("sites/manage_school.html", "sites:manage_school", "head teacher"),
        ("sites/manage_school_edit.html", "sites:manage_school_edit", "head"),
        ("sites/manage_city.html", "sites:manage_city", "city_education"),
    )),
}  # fmt: skip
