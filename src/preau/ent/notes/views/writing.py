"""« Écrire un mot »: one page, from a mot type or from nothing; who will receive it is counted beside."""

from django.contrib import messages
from django.db.models import UUIDField
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, localtime, now

from preau.ent.notes import actions, queries, rules
from preau.ent.notes.forms import ALL, NoteForm
from preau.ent.notes.models import MOST_FILES, Note, Outing, audience_of
from preau.ent.notes.views.files import tell_dangerous
from preau.ent.notes.wordings import grouped, wordings
from preau.kit.answers import require
from preau.kit.bodies import of_files
from preau.kit.dates import hour_text, school_year_label, weekday_text
from preau.kit.money import counted
from preau.kit.rooms.doors import tabs_of
from preau.kit.views import signed_in, submit
from preau.notify.queries import warned_text
from preau.notify.rules import can_break_pause
from preau.people.models import Person
from preau.people.prepared import PreparedFor
from preau.places.models import Classroom, School, kind_of
from preau.schools.models import Enrolment, GroupMember
from preau.spaces.models import Publication
from preau.spaces.queries import stops
from preau.spaces.rules import spaces_visible_to

SENT_BEFORE = "Vous aviez déjà envoyé ce mot\u00a0: le voici. Il n’est pas envoyé une deuxième fois."


@signed_in("GET", "POST", takes=of_files(MOST_FILES))
def classroom_write(request, classroom_id, hours_of):
    return _write(request, "classroom", classroom_id, hours_of)


@signed_in("GET", "POST", takes=of_files(MOST_FILES))
def group_write(request, group_id, hours_of):
    return _write(request, "group", group_id, hours_of)


@signed_in("GET", "POST", takes=of_files(MOST_FILES))
def school_write(request, school_id, hours_of):
    return _write(request, "school", school_id, hours_of)


def _write(request, kind, place_id, hours_of):
    today, person = localdate(), request.person
    place = get_object_or_404(stops.with_opening(spaces_visible_to(person, kind, today)), pk=place_id)
    require(rules.can_write_to(person, place, today))
    school = place if isinstance(place, School) else place.school
    wording = wordings().get(request.POST.get("modele") or request.GET.get("modele", ""))
    hours = hours_of(school) if wording and wording.outing else None
    classrooms = _classrooms(person, place, school, today)
    form = NoteForm(
        request.POST or None,
        request.FILES or None,
        place=place,
        classrooms=classrooms,
        pupils=_pupils(place, today),
        wording=wording,
        hours=hours,
        may_be_urgent=bool(can_break_pause(person, place, today)),
        initial={"classes": [ALL if isinstance(place, School) else str(place.pk)]},
    )
    if note := submit(request, form, lambda **values: actions.send_note(person=person, now=now(), **values)):
        if note.confirmed_at is None:  # to many: trust.md R24
            return redirect("notes:sending_create", note_id=note.pk)
        is_new = form.cleaned_data["once"] in (None, note.pk)
        messages.success(request, _said(note) if is_new else SENT_BEFORE)
        return redirect("notes:note_detail", note_id=note.pk)
    tell_dangerous(request, form, school=school)
    reach = queries.recipients_of(_default_reach(place, classrooms), today)
    has_others = place != school and "classes" in form.fields
    context = {
        "is_for_nobody": not (reach.children_count or has_others or form.is_bound),
        "form": form, "place": place, "wording": wording, "wordings": grouped(), "hours": hours,
        "warned": warned_text(place, now()), "awaited": stops.opening_awaited(place),
        "reach": reach,
        "tabs": tabs_of(kind, place, person=person, today=today, path=request.path),
    }  # fmt: skip
    return render(request, "notes/write.html", context, status=422 if form.errors else 200)


def _of_year(person, today, school):
    mine = rules.classrooms_written_to(person, today).filter(school=school, school_year=school_year_label(today))
    return mine.select_related("school").order_by("order_key", "id")


CLASSROOMS = PreparedFor(_of_year, UUIDField)


def _classrooms(person, place, school, today):
    """The classes of this year one may choose between; a group is itself alone."""
    if kind_of(place) == "group":
        return []
    held, year = rules.classrooms_held(person, school, today), school_year_label(today)
    if held is None:
        mine = CLASSROOMS.rows(person, today, school.pk)
    else:
        of_year = (each for each in held if each.school_year == year)
        mine = sorted(of_year, key=lambda each: (each.order_key, each.pk))
    return mine if isinstance(place, School) or place in mine else [place]


def _pupils(place, today):
    if isinstance(place, School):
        return []
    rows = Enrolment if isinstance(place, Classroom) else GroupMember
    here = rows.objects.current(today).filter(**{kind_of(place): place})
    return Person.objects.filter(pk__in=here.values("pupil")).order_by("sort_key", "id")


def _default_reach(place, classrooms):
    places = classrooms if isinstance(place, School) else [place]
    return [audience_of(each) for each in places]


def _said(note: Note) -> str:
    """What was done, what the hours made of it, and who is not reached."""
    targets = list(note.targets.all())
    reach = queries.recipients_of([target.audience for target in targets], localdate())
    online_count = reach.reached_count - reach.on_paper_count
    pupils, paper, online = (
        counted(count, "élève", "élèves") for count in (reach.reached_count, reach.on_paper_count, online_count)
    )
    if note.publication.state == Publication.State.DRAFT:
        due = localtime(note.due_at)
        told = f"Le mot partira {weekday_text(due)} à {hour_text(due)}, pour {pupils}."
    else:
        told = f"Le mot est parti\u00a0: les responsables de {online} le lisent dès maintenant."
        if not online_count:
            told = "Le mot est parti\u00a0: aucune famille ne le lit encore à l’écran."
        if warned := warned_text(note.publication.place, now(), note.level):
            told += f" {warned}"
    if note.outing:
        told += f" C’est une {Outing(note.outing).label}."
    if reach.on_paper_count:
        told += f" {paper} sans compte à la maison\u00a0: dites-le sur papier."
    if reach.alone:
        told += f" Aucun responsable n’est noté pour {', '.join(reach.alone)}\u00a0: prévenez la direction."
    return told
