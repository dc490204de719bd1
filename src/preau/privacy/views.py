"""« Ce que nous gardons », written by the tables; and the papers to sign before a school opens to its families."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now

from preau.kit.answers import require
from preau.kit.money import counted
from preau.kit.views import pdf_file, public, signed_in, submit
from preau.people import actions as people
from preau.people.queries import CHARTER_VERSION, NOTICE_ON, NOTICE_VERSION, is_child, owes_charter, owes_notice
from preau.privacy import papers, printing, queries
from preau.privacy.forms import OpeningForm
from preau.schools import actions as schools
from preau.schools.rules import opening as rules


@public()
def kept(request):
    """What is kept, why and how long; never a figure of anyone."""
    return render(request, "privacy/kept.html", {"chapters": queries.kept_chapters()})


@public(is_family=True)
def family_notice(request):
    """Who holds what of families, whom to ask: in plain words, then the paper that the school hands them. Whose home
    has led here, as it was not shown to them yet, goes on by a button that notes it."""
    person, today = request.person, localdate()
    context = {
        "paper": papers.paper("notice"),
        "version": papers.version(),
        "notice_on": NOTICE_ON,
        "is_child": person is not None and is_child(person, today),
        "is_owed": person is not None and owes_notice(request.user, today),
    }
    return render(request, "privacy/family_notice.html", context)


@signed_in("POST")
def family_notice_shown(request):
    """« Continuer »: it was shown, which is not agreed."""
    people.note_notice(account=request.user, version=NOTICE_VERSION, now=now())
    return redirect(settings.LOGIN_REDIRECT_URL)


@public()
def pupil_charter(request):
    """The charter of use in a child's words; families read it too. A pupil's home leads here the first time."""
    is_owed = request.person is not None and owes_charter(request.user, localdate())
    return render(request, "privacy/pupil_charter.html", {"is_owed": is_owed})


@signed_in("POST")
def pupil_charter_shown(request):
    """« J’ai lu »: it was shown to the pupil. Anyone else owes nothing, and nothing is written."""
    if owes_charter(request.user, localdate()):
        people.note_notice(account=request.user, version=CHARTER_VERSION, now=now())
    return redirect(settings.LOGIN_REDIRECT_URL)


@signed_in()
def opening_list(request):
    """The cities whose papers one prepares."""
    today = localdate()
    require(rules.can_prepare(request.person, today))
    cities = queries.openings_by_city(rules.cities_prepared_by(request.person, today), today)
    return render(request, "privacy/opening_list.html", {"cities": cities})


@signed_in("GET", "POST")
def opening_city(request, city_id):
    """The three papers of a city, its schools open or not; who keeps the base records what is signed."""
    person, today = request.person, localdate()
    require(rules.can_prepare(person, today))
    city = get_object_or_404(rules.cities_prepared_by(person, today), pk=city_id)
    opened, waiting = queries.schools_opened(city, today)
    records = rules.can_record(person, today)
    form = OpeningForm(request.POST or None, schools=waiting) if records and waiting else None
    if request.method == "POST":
        require(records)
    if form and (made := submit(request, form, lambda **said: _open(person, said))):
        opened = counted(len(made), "école est ouverte", "écoles sont ouvertes")
        messages.success(request, f"{opened} aux familles. Ce qui y est écrit leur parvient désormais.")
        return redirect("opening_city", city_id=city.pk)
    context = {
        "city": city, "opened": opened, "waiting": waiting, "form": form, "version": papers.version(),
        "papers": [(kind, papers.paper(kind, city)) for kind in papers.KINDS], "draft": papers.DRAFT,
    }  # fmt: skip
    return render(request, "privacy/opening_city.html", context, status=422 if form and form.errors else 200)


@signed_in()
def opening_paper(request, city_id, paper_kind):
    """One of the three, to print from the page."""
    return render(request, "privacy/paper.html", _paper(request, city_id, paper_kind))


@signed_in()
def opening_pdf(request, city_id, paper_kind):
    """The same as a PDF."""
    said = _paper(request, city_id, paper_kind)
    return pdf_file(f"{paper_kind}-{said['version']}", printing.draw(said["paper"], said["version"], now()))


def _open(person, said):
    return schools.open_to_families(person=person, version=papers.version(), now=now(), **said)


def _paper(request, city_id, kind):
    today = localdate()
    require(rules.can_prepare(request.person, today))
    city = get_object_or_404(rules.cities_prepared_by(request.person, today).select_related("department"), pk=city_id)
    if kind not in papers.KINDS:
        raise Http404
    return {
        "paper": papers.paper(kind, city),
        "version": papers.version(),
        "city": city,
        "kind": kind,
        "draft": papers.DRAFT,
    }
