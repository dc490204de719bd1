"""« Envoyer », to many: how many families, which classes, by which ways; then a minute to cancel."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.timezone import localdate, now

from preau.ent.notes import actions, queries, rules
from preau.ent.notes.forms import SendingForm
from preau.ent.notes.views.factor import ask_factor_first
from preau.kit.answers import require
from preau.kit.views import form_page, press, signed_in, submit
from preau.notify.queries import warned_text, ways_of

LEAD = (
    "Ce mot est pour beaucoup de familles. Relisez-le\u00a0: une fois parti, il peut se retirer, mais des familles "
    "l’auront peut-être lu."
)
HELD = "C’est confirmé\u00a0: le mot part dans une à deux minutes. Vous pouvez encore annuler l’envoi."
STOPPED = "L’envoi est annulé\u00a0: aucune famille n’a vu ce mot. Il reste ici, tel que vous l’avez écrit."


@signed_in("GET", "POST")
def sending_create(request, note_id):
    """What is about to leave, and the number of families to type."""
    person, note = request.person, _draft(request, note_id)
    require(rules.can_send_draft(person, note, localdate()))
    if page := ask_factor_first(request, note):
        return page
    form = SendingForm(request.POST if request.method == "POST" else None)
    sent = {"person": person, "note": note, "now": now(), "has_shown_factor": request.has_shown_factor()}
    if submit(request, form, lambda **typed: actions.confirm_sending(**sent, **typed)):
        messages.success(request, HELD)
        return redirect("notes:note_detail", note_id=note.pk)
    targets = list(note.targets.select_related("classroom", "group", "child"))
    reach = queries.recipients_of({target.audience for target in targets}, localdate())
    return form_page(
        request,
        form,
        template="notes/sending.html",
        title="Relire avant d’envoyer",
        eyebrow=note.title,
        lead=LEAD,
        button="Envoyer aux familles",
        back=reverse("notes:note_detail", args=[note.pk]),
        note=note,
        reach=reach,
        rooms=list(dict.fromkeys(str(target.child or target.place) for target in targets)),
        ways=ways_of(reach.guardians, note.level),
        warned=warned_text(note.publication.place, note.due_at or now(), note.level),
    )


@signed_in("POST")
def sending_end(request, note_id):
    """« Annuler l’envoi »."""
    note = _draft(request, note_id)
    require(rules.can_stop_sending(request.person, note, localdate()))
    press(request, lambda: actions.stop_sending(person=request.person, note=note, now=now()), STOPPED)
    return redirect("notes:note_detail", note_id=note.pk)


def _draft(request, note_id):
    visible = rules.notes_visible_to(request.person, localdate()).select_related(*queries.SHOWN)
    note = get_object_or_404(visible, pk=note_id)
    if not rules.can_change_note(request.person, note, localdate()):  # a family that reads it knows no draft
        raise Http404
    return note
