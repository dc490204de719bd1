"""Somebody is named: one human being keeps one account, so who it may be is asked before a second one is made."""

from django import forms
from django.shortcuts import render
from django.utils import timezone

from preau.kit.forms import Form, NameField, check_day
from preau.kit.money import NBSP
from preau.people import actions
from preau.people.adapters import throttle
from preau.people.models import Person
from preau.people.queries import last_day_bounds
from preau.people.queries.base import holder_of

CIVILITIES = (("", "—"), ("Mme", "Mme"), ("M.", "M."))
NOT_THEIRS = (
    f"Cet identifiant et ce nom ne vont pas ensemble{NBSP}: relisez les deux avec cette personne, ou laissez vide."
)
NEW = "new"


class NameForm(Form):
    """Who is named, by who asks (`person`). `same` is the person whose identifier was given with their own name."""

    civility = forms.ChoiceField(label="Civilité", choices=CIVILITIES, required=False)
    first_name = NameField(label="Prénom", max_length=80)
    last_name = NameField(label="Nom", max_length=80)
    identifier = forms.CharField(
        label="Identifiant, s’il ou elle a déjà un compte Préau",
        max_length=80,
        required=False,
        help_text="Demandez-le à cette personne. Vide\u00a0: elle n’en a pas, ou vous ne savez pas.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )

    def __init__(self, *args, person: Person, **kwargs):
        super().__init__(*args, **kwargs)
        self.person, self.same = person, None

    def clean(self):
        """The same sentence whether the identifier exists or not; tries are counted for who asks."""
        found = super().clean()
        names = {name: found.get(name) for name in ("first_name", "last_name")}
        if not found.get("identifier") or not all(names.values()):
            return found
        what = f"naming {self.person.pk}"
        try:
            throttle(what)
            self.same = holder_of(found["identifier"], today=timezone.localdate(), **names)
            if self.same is None:
                raise forms.ValidationError(NOT_THEIRS)
            actions.forgive(what=what)
        except forms.ValidationError as refusal:
            self.add_error("identifier", refusal)
        return found

    def named(self) -> dict:
        """What actions take of who is named."""
        return {name: self.cleaned_data[name] for name in ("civility", "first_name", "last_name")}

    def sought(self) -> dict:
        """The name to look for."""
        return {name: self.cleaned_data[name] for name in ("first_name", "last_name")}


class LastDayForm(Form):
    """« Fin de fonction »."""

    on = forms.DateField(
        label="Dernier jour dans cette fonction", help_text="Pour que tout s’arrête maintenant, écrivez la date d’hier."
    )

    def __init__(self, *args, mandate, today, **kwargs):
        super().__init__(*args, initial={"on": today}, **kwargs)
        self.bounds = last_day_bounds([mandate], today)

    def clean_on(self):
        check_day(self.cleaned_data["on"], *self.bounds)
        return self.cleaned_data["on"]


def answered(request, form: NameForm, known: list[Person]) -> tuple[Person | None, bool]:
    """(the person it is, or None for somebody new; whether that is settled). Only one of `known` is ever chosen."""
    answer = request.POST.get("answer", "")
    same = form.same or next((one for one in known if str(one.pk) == answer), None)
    return same, bool(same or not known or answer == NEW)


def namesakes_page(request, form: NameForm, known: list[Person], *, back: str, back_label: str):
    """« Est-ce la même personne ? », with all that was written. Each of `known` has `held` (mandates), maybe
    `children` (names)."""
    context = {"form": form, "known": known, "back": back, "back_label": back_label}
    return render(request, "people/namesakes.html", context)
