"""In which language one reads, chosen in one press on the page itself."""

from django import forms
from django.shortcuts import redirect
from django.utils.timezone import now

from preau.kit.forms import Form
from preau.kit.views import sent_from, signed_in
from preau.people import actions
from preau.people.languages import WRITTEN, keep_on_device


class LanguageForm(Form):
    language = forms.ChoiceField(choices=[("", "français"), *WRITTEN.items()], required=False)


@signed_in("POST")
def language_choose(request):
    """Back to the page that asked, in that language; this device's sign-in page will speak it too."""
    form = LanguageForm(request.POST)
    if form.is_valid():
        language = form.cleaned_data["language"]
        actions.choose_language(person=request.person, language=language, now=now())
        keep_on_device(request, language)
    return redirect(sent_from(request))
