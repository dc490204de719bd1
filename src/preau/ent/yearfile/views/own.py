"""What a guardian reads and fills of the dossier de rentrée, one child at a time."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from preau.ent.yearfile import actions, queries, rules
from preau.ent.yearfile.forms import CertificateForm, OwnContactsForm, PickupForm, SharingForm
from preau.ent.yearfile.models import Item
from preau.ent.yearfile.texts import CHARTER
from preau.kit.answers import require
from preau.kit.bodies import of_files
from preau.kit.views import press, signed_in, submit
from preau.media.actions import note_dangerous
from preau.media.fields import is_dangerous
from preau.media.queries.accords import QUESTIONS, current_answers
from preau.schools.models import Guardianship
from preau.schools.queries import children_of_guardian
from preau.spaces.naming import child_tags

KEPT = _("C’est enregistré\u00a0: l’enseignante ou l’enseignant et la direction le lisent, et personne d’autre.")
SENT = _("Votre attestation est envoyée\u00a0: l’école la regarde, la note, puis l’efface.")
GONE = _("Cette personne n’est plus autorisée à venir chercher votre enfant.")


@signed_in(is_family=True)
def mine(request):
    """One's children whose school asks it; of one alone, their page."""
    files = queries.own_files(request.person, localdate())
    if len(files) == 1:
        return redirect("yearfile:child_file", asked_child_id=files[0].child.pk)
    tags = _tags(request)
    lines = [(tags[each.child.pk], each) for each in files]
    return render(request, "yearfile/mine.html", {"lines": lines})


@signed_in(is_family=True)
def child_file(request, asked_child_id):
    """The dossier of one child: what is asked, what is done; once it is complete, those of their siblings."""
    files = queries.own_files(request.person, localdate())
    own = _of_child(files, asked_child_id)
    return _page(request, own, others=[one for one in files if one.missing and not own.missing])


@signed_in("POST", is_family=True)
def contacts_check(request, asked_child_id):
    """« Tout est juste », or what was corrected."""
    own = _own(request, asked_child_id, Item.CONTACTS)
    form = OwnContactsForm(request.POST, contacts=_contacts(request))

    def write(**_):
        actions.check_contacts(**_about(request, own), written=form.written, added=form.added)

    return _done(request, own, Item.CONTACTS, form, write)


@signed_in("POST", is_family=True)
def pickup_create(request, asked_child_id):
    """One more person who may fetch the child."""
    own, form = _own(request, asked_child_id, Item.PICKUPS), PickupForm(request.POST)
    return _done(request, own, Item.PICKUPS, form, lambda **said: actions.name_pickup(**_about(request, own), **said))


@signed_in("POST", is_family=True)
def pickups_check(request, asked_child_id):
    """The list is right as it is."""
    own = _own(request, asked_child_id, Item.PICKUPS)
    press(request, lambda: actions.check_pickups(**_about(request, own)), gettext(KEPT))
    return _back(own)


@signed_in("POST", is_family=True)
def pickup_end(request, pickup_id):
    """They may not fetch the child any more."""
    pickup = get_object_or_404(rules.pickups_visible_to(request.person, localdate()), pk=pickup_id)
    own = _own(request, pickup.child_id, Item.PICKUPS)
    press(request, lambda: actions.end_pickup(person=request.person, pickup=pickup, now=now()), gettext(GONE))
    return _back(own)


@signed_in("POST", takes=of_files(1), is_family=True)
def certificate_create(request, asked_child_id):
    """The insurance certificate."""
    own, form = _own(request, asked_child_id, Item.INSURANCE), CertificateForm(request.POST, request.FILES)
    person = request.person

    def write(files):
        return actions.send_certificate(person=person, child=own.child, sent=files[0], now=now())

    if is_dangerous(form):
        note_dangerous(person=person, school=own.opening.school, now=now())
    return _done(request, own, Item.INSURANCE, form, write, SENT)


@signed_in("POST", is_family=True)
def sharing_create(request, asked_child_id):
    """Yes or no to the parents' associations."""
    own, form = _own(request, asked_child_id, Item.SHARING), SharingForm(request.POST)
    return _done(
        request, own, Item.SHARING, form, lambda sharing: actions.say_sharing(**_about(request, own), sharing=sharing)
    )


@signed_in("POST", is_family=True)
def charter_read(request, asked_child_id):
    """Read and agreed to."""
    own = _own(request, asked_child_id, Item.CHARTER)
    press(request, lambda: actions.read_charter(**_about(request, own)), gettext(KEPT))
    return _back(own)


def _own(request, asked_child_id, item):
    """The dossier of this child of the person; 404 when none is asked of them, 403 for a part that is not theirs."""
    own = _of_child(queries.own_files(request.person, localdate()), asked_child_id)
    require(rules.can_fill(request.person, own.child, item, localdate()))
    return own


def _of_child(files, child_id):
    if own := next((one for one in files if one.child.pk == child_id), None):
        return own
    raise Http404


def _about(request, own):
    return {"person": request.person, "guardian": request.person, "child": own.child, "now": now()}


def _contacts(request):
    return request.person.contacts.order_by("kind", "id")


def _tags(request):
    children = children_of_guardian(request.person, localdate())
    return child_tags(children, [child.pk for child in children])


def _done(request, own, item, form, write, said=KEPT):
    if submit(request, form, write):
        messages.success(request, gettext(said))
        return _back(own)
    return _page(request, own, {item: form})


def _back(own):
    return redirect("yearfile:child_file", asked_child_id=own.child.pk)


def _page(request, own, forms=None, others=()):
    person, forms, tags = request.person, forms or {}, _tags(request)
    context = {
        "own": own, "tag": tags[own.child.pk], "year_file": own.year_file,
        "others": [(tags[each.child.pk], each) for each in others],
        "missing": own.missing, "asked": own.asked,
        "certificate": queries.sent_certificate(own.year_file),
        "refused": getattr(own.year_file, "certificate", None),
        "pickups": queries.own_pickups(person, own.child.pk),
        "contacts": forms.get(Item.CONTACTS) or OwnContactsForm(contacts=_contacts(request)),
        "pickup": forms.get(Item.PICKUPS) or PickupForm(),
        "insurance": forms.get(Item.INSURANCE) or CertificateForm(),
        "asks_accords": own.link.authority != Guardianship.Authority.NO,
        "accords_left": QUESTIONS - len(current_answers(person, own.child)),
        "charter": CHARTER, "wrong": next(iter(forms), None),
    }  # fmt: skip
    return render(request, "yearfile/child_file.html", context, status=422 if forms else 200)
