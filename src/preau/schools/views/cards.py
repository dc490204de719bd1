"""« Cartes et images » of a class: what its pupils enter by."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.timezone import localdate, now

from preau.kit.answers import require
from preau.kit.ids import ids_of
from preau.kit.names import of_name
from preau.kit.views import pdf_file, press, signed_in, submit
from preau.people.models import Badge
from preau.schools import card_words, rules
from preau.schools.actions import cards as actions
from preau.schools.card_form import SignForm
from preau.schools.queries.cards import card_lines
from preau.schools.rules.cards import can_keep_cards, can_print_home_cards


@signed_in()
def cards(request, classroom_id):
    """Each pupil, their sign, which cards serve; their pictures behind a press, as the page may be projected."""
    classroom, today = _classroom(request, classroom_id), localdate()
    lines = card_lines(classroom, today)
    context = {
        "classroom": classroom, "lines": lines,
        "waiting_count": sum(not line.is_ready for line in lines),
        "has_cards": any(line.class_badge for line in lines), "has_home_cards": any(line.home_badge for line in lines),
        "has_pictures": any(line.pictures for line in lines),
        "prints_home": can_print_home_cards(request.person, classroom, today),
        "until": card_words.last_day(today),
    }  # fmt: skip
    return render(request, "schools/cards.html", context)


@signed_in("POST")
def cards_prepare(request, classroom_id):
    """A sign to each, pictures from CP."""
    act = {"person": request.person, "classroom": _classroom(request, classroom_id), "now": now()}
    press(request, lambda: actions.prepare_cards(**act), "C’est prêt\u00a0: chaque élève a son dessin.")
    return redirect("schools:cards", classroom_id=classroom_id)


@signed_in("POST")
def cards_print(request, classroom_id):
    """The PDF of the class's cards, or of one pupil's: new ones, shown this once."""
    return _printed(request, _classroom(request, classroom_id), Badge.Kind.CLASS)


@signed_in("POST")
def home_cards_print(request, classroom_id):
    """The same, of cards for home."""
    classroom = _classroom(request, classroom_id)
    require(can_print_home_cards(request.person, classroom, localdate()))
    return _printed(request, classroom, Badge.Kind.HOME)


@signed_in()
def pictures_sheet(request, classroom_id):
    """The four pictures of each, to cut out: apart from the cards, as a card alone must not be enough."""
    classroom = _classroom(request, classroom_id)
    lines = [line for line in card_lines(classroom, localdate()) if line.pictures]
    data = card_words.pictures_of(lines, classroom, now())
    return pdf_file(f"images-{slugify(classroom.name) or 'classe'}", data, is_private=True)


@signed_in("POST")
def card_refuse(request, classroom_id, pupil_id):
    """« Ne plus accepter cette carte »."""
    classroom, pupil = _pupil(request, classroom_id, pupil_id)
    act = {"person": request.person, "classroom": classroom, "pupil": pupil, "kind": _kind(request), "now": now()}
    said = f"La carte {of_name(pupil.first_name)} n’est plus acceptée. Vous pouvez en imprimer une autre."
    press(request, lambda: actions.refuse_card(**act), said)
    return redirect("schools:cards", classroom_id=classroom_id)


@signed_in("POST")
def pictures_draw(request, classroom_id, pupil_id):
    """Four other pictures for one pupil."""
    classroom, pupil = _pupil(request, classroom_id, pupil_id)
    act = {"person": request.person, "classroom": classroom, "pupil": pupil, "now": now()}
    said = f"{pupil.first_name} a quatre nouvelles images. Montrez-les-lui, à l’abri des regards."
    press(request, lambda: actions.draw_pictures(**act), said)
    return redirect("schools:cards", classroom_id=classroom_id)


@signed_in("GET", "POST")
def sign(request, classroom_id, pupil_id):
    """Another drawing, another colour, chosen with the child."""
    classroom, pupil = _pupil(request, classroom_id, pupil_id)
    today, posted = localdate(), request.POST if request.method == "POST" else None
    lines = card_lines(classroom, today)
    line = next((line for line in lines if line.pupil == pupil), None)
    if line is None:
        raise Http404
    form = SignForm(posted, initial={"picture": line.sign.picture, "colour": line.sign.colour} if line.sign else {})

    def change(picture, colour):
        act = {"person": request.person, "classroom": classroom, "pupil": pupil, "now": now()}
        return actions.change_sign(**act, picture=picture, colour=colour)

    if submit(request, form, change):
        return redirect(f"{reverse('schools:cards', args=[classroom_id])}#eleve-{pupil.pk}")
    context = {"classroom": classroom, "pupil": pupil, "form": form}
    return render(request, "schools/sign.html", context, status=422 if form.errors else 200)


def _printed(request, classroom, kind):
    pupil = None
    if request.POST.get("pupil"):
        asked = ids_of([request.POST["pupil"]])
        pupil = get_object_or_404(rules.pupils_visible_to(request.person, localdate()), pk__in=asked)
    act = {"person": request.person, "classroom": classroom, "kind": kind, "pupil": pupil, "now": now()}
    made = press(request, lambda: actions.print_cards(**act))
    if not made:
        return redirect("schools:cards", classroom_id=classroom.pk)
    data = card_words.cards_of(made, kind, classroom, request.build_absolute_uri(reverse("card")), now())
    return pdf_file(f"cartes-{slugify(classroom.name) or 'classe'}", data, is_private=True)


def _classroom(request, classroom_id):
    visible = rules.classrooms_visible_to(request.person, localdate()).select_related("school")
    classroom = get_object_or_404(visible, pk=classroom_id)
    require(can_keep_cards(request.person, classroom, localdate()))
    return classroom


def _pupil(request, classroom_id, pupil_id):
    classroom = _classroom(request, classroom_id)
    return classroom, get_object_or_404(rules.pupils_visible_to(request.person, localdate()), pk=pupil_id)


def _kind(request):
    return Badge.Kind.HOME if request.POST.get("kind") == Badge.Kind.HOME else Badge.Kind.CLASS
