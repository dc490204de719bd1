"""The mots types in each language, and who reread them."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.timezone import localdate, now
from django.utils.translation import get_language_info

from preau.ent.notes import actions, forms, queries, rules
from preau.ent.notes.translated import in_words_of
from preau.ent.notes.wordings import wordings
from preau.kit.answers import require
from preau.kit.views import form_page, signed_in, submit
from preau.people.languages import WRITTEN
from preau.spaces.naming import life_address
from preau.spaces.rules import cities_visible_to

LEAD = (
    "Les familles lisent «\u00a0traduction à relire\u00a0» tant que personne n’a relu ces phrases. Faites-les relire "
    "par une personne qui parle la langue, puis notez son nom."
)
KEPT = "C’est noté\u00a0: les familles lisent qui a relu cette traduction."


@signed_in("GET", "POST")
def city_languages(request, city_id):
    """One language at a time, `?langue=`, beside the French."""
    city = get_object_or_404(cities_visible_to(request.person, localdate()), pk=city_id)
    require(rules.can_note_review(request.person, city, localdate()))
    language = request.GET.get("langue", next(iter(WRITTEN)))
    if language not in WRITTEN:
        raise Http404
    form = forms.ReviewForm(request.POST or None, initial={"reread_on": localdate()})

    def write(**given):
        return actions.note_review(person=request.person, city=city, language=language, now=now(), **given)

    if submit(request, form, write):
        messages.success(request, KEPT)
        return redirect(request.get_full_path())
    known = queries.reviews_of(city.pk)
    return form_page(
        request,
        form,
        template="notes/city_languages.html",
        title="Langues des familles",
        eyebrow=city.name,
        lead=LEAD,
        button="Noter cette relecture",
        back=life_address(city),
        languages=[(code, name, known.get(code)) for code, name in WRITTEN.items()],
        language=language,
        is_rtl=get_language_info(language)["bidi"],
        pairs=[(one, in_words_of(language)[key]) for key, one in wordings().items()],
    )
