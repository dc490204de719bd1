"""The teacher's side: the board of a session, what is said to all its devices."""

from functools import partial

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, localtime, now

from preau.ent.lessons import actions, files, queries, rules
from preau.ent.lessons.forms import ActivityForm, InstructionForm
from preau.ent.lessons.models import ANSWERS_IN, AWAITED_FOR, MOST_FILES, Device
from preau.ent.lessons.queries.words import told_in, words_to_choose
from preau.ent.lessons.queries.works import worth_a_line
from preau.ent.lessons.views.opening import lent
from preau.kit.answers import require
from preau.kit.bodies import of_files
from preau.kit.dates import hour_text
from preau.kit.files import send_given
from preau.kit.rows import is_among
from preau.kit.views import form_page, press, signed_in, submit
from preau.media.queries import given_to
from preau.people.sheets import qr_data
from preau.schools.rules.groups import groups_led_by

STAYS = (
    "La tablette {} est sans JavaScript\u00a0: elle montre sa dernière page jusqu’à ce qu’on la touche. Éteignez-la."
)
STAY = (
    "Les tablettes {} sont sans JavaScript\u00a0: elles montrent leur dernière page jusqu’à ce qu’on les touche. "
    "Éteignez-les."
)


@signed_in()
def board(request, lesson_id, means):
    """Who is in, who needs help, which tablets ask; the six signs and the QR; whether the Wi-Fi is on."""
    lessons = rules.lessons_visible_to(request.person, localdate())
    if not _is_part(request):
        lessons = queries.with_other_groups(lessons, groups_led_by(request.person, localdate()), localdate())
    lesson = get_object_or_404(queries.with_place(lessons), pk=lesson_id)
    lit = means.lit(person=request.person, lesson=lesson, now=now())
    if not lesson.is_open(now()):
        return _closed(request, lesson, lit)
    join_url = request.build_absolute_uri(reverse("lessons:join"))
    context = {
        "lesson": lesson, "place": lesson.place, "board": queries.board_of(lesson, now()), "lit": lit,
        **queries.given_by(lesson),
        "is_word_gone": lesson.word_id is not None and not rules.word_given_in(lesson).exists(),
        "may_lead": rules.can_lead_lesson(request.person, lesson, localdate()),
        "join_url": join_url, "square": qr_data(f"{join_url}#{lesson.code}"), "signs": list(lesson.code),
    }  # fmt: skip
    return render(request, "lessons/_board.html" if _is_part(request) else "lessons/board.html", context)


def _closed(request, lesson, lit):
    """What was made, and which tablets have not said that all has left: those that have a line have a few seconds to
    answer before they are named."""
    made = worth_a_line(rules.works_visible_to(request.person, localdate()).filter(lesson=lesson))
    since = now() - (lesson.closed_at or lesson.ends_at)
    context = {
        "lesson": lesson, "place": lesson.place, "lit": lit, "made": made.count(), "unsent": queries.awaited_of(lesson),
        "is_waiting": since < ANSWERS_IN, "is_followed": lesson.is_awaiting and since < AWAITED_FOR,
    }  # fmt: skip
    return render(request, "lessons/_closed.html" if _is_part(request) else "lessons/closed.html", context)


def _is_part(request):
    """Asked by board.js."""
    return request.headers.get("X-Part") == "board"


@signed_in("POST")
def acceptance(request, lesson_id):
    """Those that the board showed: one that asks meanwhile is not among them."""
    lesson = _visible(request, lesson_id)
    require(rules.can_help_in_lesson(request.person, lesson, localdate()))
    shown = [int(number) for number in request.POST.getlist("number") if number.isdecimal() and len(number) < 5]
    accept = partial(actions.accept_devices, person=request.person, lesson=lesson, numbers=shown, now=now())
    press(request, accept, "C’est ouvert\u00a0: les élèves touchent leur image.")
    return redirect("lessons:board", lesson_id=lesson.pk)


@signed_in("POST")
def pause(request, lesson_id):
    """« Regardez-moi », and « Reprendre »."""
    is_on = request.POST.get("is") == "on"
    said = "Les écrans sont en pause." if is_on else "Les écrans reprennent."
    return _led(request, lesson_id, said, is_paused=is_on)


@signed_in("POST")
def mute(request, lesson_id):
    """The sound of all its devices."""
    is_on = request.POST.get("is") == "on"
    said = "Le son est coupé sur toutes les tablettes." if is_on else "Le son est remis."
    return _led(request, lesson_id, said, is_muted=is_on)


@signed_in("GET", "POST", takes=of_files(MOST_FILES + 1))
def activity(request, lesson_id):
    """What comes next on all devices: nothing of what they show now is typed already."""
    lesson = _visible(request, lesson_id)
    require(rules.can_lead_lesson(request.person, lesson, localdate()))
    words = words_to_choose(told_in(rules.words_given_by(request.person, localdate()), lesson.place))
    form = ActivityForm(request.POST or None, request.FILES or None, words=words)
    if submit(request, form, partial(actions.lead_lesson, person=request.person, lesson=lesson, now=now())):
        messages.success(request, "L’activité est donnée\u00a0: les tablettes la montrent.")
        return redirect("lessons:board", lesson_id=lesson.pk)
    back = reverse("lessons:board", args=[lesson.pk])
    said = {"title": "Activité suivante", "eyebrow": str(lesson.place), "button": "Donner", "back": back}
    return form_page(request, form, template="lessons/given_form.html", **said)


@signed_in("GET", "POST", takes=of_files(1))
def instruction(request, lesson_id):
    """« Changer la consigne », its words and its voice, while the pupils go on; « Retirer la voix »."""
    lesson, person = _visible(request, lesson_id), request.person
    require(rules.can_lead_lesson(person, lesson, localdate()))
    back = reverse("lessons:board", args=[lesson.pk])
    if request.POST.get("is") == "off":
        take_back = partial(actions.take_voice_back, person=person, lesson=lesson, now=now())
        press(request, take_back, "La consigne dite est retirée.")
        return redirect(back)
    form = InstructionForm(request.POST or None, request.FILES or None, initial={"title": lesson.title})
    if submit(request, form, partial(actions.change_instruction, person=person, lesson=lesson, now=now())):
        messages.success(request, "C’est changé\u00a0: les tablettes le montrent.")
        return redirect(back)
    given = {"lesson": lesson, "voice": queries.said_of(lesson), "may_lead": True}
    title = "Changer la consigne" if lesson.title or given["voice"] else "Donner une consigne"
    said = {"title": title, "eyebrow": str(lesson.place), "button": "Garder", "back": back}
    return form_page(request, form, template="lessons/given_form.html", **said, **given)


@signed_in()
def lesson_file(request, lesson_file_id):
    """What was given to the pupils of a session, heard or opened by its adults."""
    given = given_to(rules.lesson_files_visible_to, request.person, lesson_file_id)
    return send_given(request, files.GIVEN_FILE, lesson_file_id, given)


@signed_in("GET", "POST")
def closing(request, lesson_id, means):
    """« Fermer la séance »: at once, or after one more question when some work may not have left."""
    lesson, at = _visible(request, lesson_id), now()
    require(rules.can_lead_lesson(request.person, lesson, localdate()))
    board = queries.board_of(lesson, at)
    unsent, plain = board.unsent, board.without_script
    if request.method != "POST" or unsent and "sure" not in request.POST:
        return render(
            request, "lessons/closing.html", {"lesson": lesson, "place": lesson.place, "unsent": unsent, "plain": plain}
        )
    close = partial(actions.close_lesson, person=request.person, lesson=lesson, now=at)
    if closed := press(request, close, "La séance est fermée\u00a0: chaque élève est sorti."):
        lent(request, partial(means.put_off, person=request.person, lesson=closed, now=at))
        if plain:
            numbers = ", ".join(map(str, sorted(plain)))
            messages.warning(request, (STAY if plain[1:] else STAYS).format(numbers))
    return redirect("lessons:board", lesson_id=lesson.pk)


@signed_in("POST")
def wifi(request, lesson_id, means):
    """« Éteindre » and « 15 minutes de plus », of the Wi-Fi that the session put on."""
    given = {"person": request.person, "lesson": _visible(request, lesson_id), "now": now()}
    if request.POST.get("is") != "more":
        press(request, partial(means.put_off, **given), "Le Wi-Fi est éteint.")
    elif until := press(request, partial(means.prolong, **given)):
        messages.success(
            request, f"Le Wi-Fi reste allumé jusqu’à {hour_text(localtime(until))}, puis s’éteint tout seul."
        )
    return redirect("lessons:board", lesson_id=lesson_id)


@signed_in("POST")
def removal(request, tablet_id):
    """A tablet accepted by mistake, or refused."""
    device = _device(request, tablet_id)
    remove = partial(actions.remove_device, person=request.person, device=device, now=now())
    press(request, remove, f"La tablette n°\u00a0{device.number} est retirée.")
    return redirect("lessons:board", lesson_id=device.lesson_id)


@signed_in("POST")
def help_given(request, tablet_id):
    """« J’y vais »."""
    device = _device(request, tablet_id)
    lower = partial(actions.lower_hand, person=request.person, device=device, now=now())
    press(request, lower, f"La main de la tablette n°\u00a0{device.number} est baissée.")
    return redirect("lessons:board", lesson_id=device.lesson_id)


@signed_in("POST")
def letting_in(request, tablet_id):
    """« Laisser entrer », after three times the wrong pictures."""
    device = _device(request, tablet_id)
    asked = {"device": device, "pupil_id": request.POST.get("pupil", "")}
    let_in = partial(actions.let_in, person=request.person, now=now(), **asked)
    press(request, let_in, "C’est ouvert\u00a0: l’élève entre.")
    return redirect("lessons:board", lesson_id=device.lesson_id)


def _led(request, lesson_id, told, **said):
    lesson = _visible(request, lesson_id)
    require(rules.can_lead_lesson(request.person, lesson, localdate()))
    press(request, partial(actions.lead_lesson, person=request.person, lesson=lesson, now=now(), **said), told)
    return redirect("lessons:board", lesson_id=lesson.pk)


def _visible(request, lesson_id):
    visible = rules.lessons_visible_to(request.person, localdate())
    return get_object_or_404(queries.with_place(visible), pk=lesson_id)


def _device(request, tablet_id):
    visible = rules.lessons_visible_to(request.person, localdate())
    device = get_object_or_404(
        Device.objects.select_related(*queries.READ_WITH).filter(is_among("lesson", visible)), pk=tablet_id
    )
    require(rules.can_help_in_lesson(request.person, device.lesson, localdate()))
    return device
