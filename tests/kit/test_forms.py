"""Forms speak plain French and point at what is to be put right."""

import datetime
import re

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import mark_safe

from preau.kit.forms import EMPTY, GONE, DayInput, Form, HourInput, LineField, NameField, Renderer
from preau.places.models import City

FORBIDDEN = re.compile(r"invalide|obligatoire|veuillez|erreur|saisissez|valide", re.I)


class Everything(Form):
    """One field of each kind."""

    name = forms.CharField(label="Nom", max_length=3, help_text="Comme sur la fiche.")
    age = forms.IntegerField(label="Âge", min_value=2, max_value=12)
    price = forms.DecimalField(label="Prix", max_digits=4, decimal_places=2)
    day = forms.DateField(label="Jour")
    at = forms.TimeField(label="Heure")
    moment = forms.DateTimeField(label="Moment")
    mail = forms.EmailField(label="Courriel")
    level = forms.ChoiceField(label="Niveau", choices=[("CP", "CP")], widget=forms.RadioSelect)
    days = forms.MultipleChoiceField(label="Jours", choices=[("1", "lundi")])
    agree = forms.BooleanField(label="D’accord")
    file = forms.FileField(label="Fichier")
    picture = forms.ImageField(label="Photo")
    uuid = forms.UUIDField(label="Code")


WRONG = {
    "name": "trop long", "age": "1", "price": "x", "day": "31/02/2026", "at": "25 h", "moment": "hier",
    "mail": "moi", "level": "6e", "days": ["9"], "uuid": "x",
}  # fmt: skip


@pytest.mark.parametrize("data", [{}, WRONG, {**WRONG, "age": "99", "price": "12345.678"}])
def test_every_message_is_ours(data):
    files = {"file": SimpleUploadedFile("a.txt", b""), "picture": SimpleUploadedFile("a.png", b"no")} if data else {}
    form = Everything(data, files)
    assert not form.is_valid()
    assert set(form.errors) >= set(Everything.base_fields) - ({"agree"} if not data else set())
    for name, errors in form.errors.items():
        for text in errors:
            assert not FORBIDDEN.search(text), (name, text)
            assert "\u00a0:" in text, (name, text)


class Choosing(Form):
    """Every way to choose, one answer or several, of words or of rows."""

    word = forms.ChoiceField(choices=[("a", "A")])
    round = forms.ChoiceField(choices=[("a", "A")], widget=forms.RadioSelect)
    number = forms.TypedChoiceField(choices=[("1", "un")], coerce=int)
    words = forms.MultipleChoiceField(choices=[("a", "A")])
    numbers = forms.TypedMultipleChoiceField(choices=[("1", "un")], coerce=int)
    city = forms.ModelChoiceField(City.objects.all())
    cities = forms.ModelMultipleChoiceField(City.objects.all())


@pytest.mark.django_db
@pytest.mark.parametrize("forged", ["zzz", "1 OR 1=1", "0199c1d2-0000-7000-8000-000000000000", "a\0b", "²"])
def test_a_forged_answer_is_told_as_one_that_went(forged):
    form = Choosing({name: [forged] if name.endswith("s") else forged for name in Choosing.base_fields})
    assert form.errors == {name: [GONE] for name in Choosing.base_fields}


def test_a_sign_that_nobody_sees_is_told_in_our_words():
    (text,) = Everything({"name": "a\0"}).errors["name"]
    assert text.startswith("Un signe que l’on ne voit pas")


@pytest.mark.parametrize(("typed", "year"), [("0206-09-01", 206), ("9999-12-31", 9999)])
def test_a_year_that_nobody_means_is_refused(typed, year):
    form = Everything({"day": typed, "moment": f"{typed} 08:30"})
    for name in ("day", "moment"):
        assert form.errors[name] == [f"L’année {year} n’est pas la bonne\u00a0: écrivez la date comme 15/09/2026."]
    fine = Everything({"day": "1950-09-01", "moment": "2099-09-01 08:30"})
    assert not {"day", "moment"} & set(fine.errors)


def test_a_message_written_for_one_field_stays():
    class Own(Form):
        name = forms.CharField(error_messages={"required": "Écrivez le nom de l’école."})

    assert Own({}).errors["name"] == ["Écrivez le nom de l’école."]
    assert Everything({}).errors["name"] == ["«\u00a0Nom\u00a0» est vide\u00a0: écrivez-y votre réponse."]


def test_a_field_given_on_the_way_speaks_as_the_others():
    class OfSteps(Form):
        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)
            self.fields["order"] = forms.DateField(label="Commande")
            self.fields["seats"] = forms.IntegerField(label="Places")
            self.fields["seats"].error_messages["invalid"] = "Comptez."

    form = OfSteps({"order": "hier", "seats": "trois"})
    assert form.errors == {
        "order": ["Cette date n’est pas reconnue\xa0: écrivez-la comme 15/09/2026."],
        "seats": ["Comptez."],
    }
    assert 'type="date"' in str(form["order"])


def test_an_empty_field_without_a_label_is_named_all_the_same():
    class Bare(Form):
        name = forms.CharField()

    assert Bare({}).errors["name"] == [EMPTY]


def test_errors_stand_on_top_and_beside_the_field_in_the_same_words():
    html = str(Everything({"level": "6e"}))
    assert 'class="to-fix" role="alert"' in html
    assert html.count("«\u00a0Nom\u00a0» est vide") == 2
    html = html.replace("<a\n      href", "<a href")
    assert '<a href="#id_name">«\u00a0Nom\u00a0» est vide' in html and '">Âge&nbsp;: ' in html
    assert '<a href="#id_level_0">' in html and 'id="id_level_0"' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_error"' in html and 'id="id_name_helptext"' in html
    assert "field-wrong" in html and "!!" not in html


def test_a_label_that_asks_is_followed_by_no_colon():
    class Asking(Form):
        what = forms.CharField(label="Qu’ont-ils appris\xa0?", error_messages={"required": "Écrivez une phrase."})

    assert "appris\xa0? Écrivez une phrase.</a>" in str(Asking({}))


def test_a_text_pasted_too_long_comes_back_whole_with_what_to_do():
    """A browser would cut it at `maxlength` and say nothing; a line, where one types, it stops."""

    class Long(Form):
        text = forms.CharField(max_length=20, widget=forms.Textarea)
        line = forms.CharField(max_length=20)

    pasted = "Une phrase de plus que vingt signes."
    form = Long({"text": pasted, "line": "ici"})
    assert form.errors["text"] == ["36 caractères, c’est trop\u00a0: gardez-en au plus 20."]
    page = str(form)
    assert pasted in page and page.count('maxlength="20"') == 1


def test_a_clean_form_draws_no_summary_and_no_browser_bubble():
    html = str(Everything())
    assert "to-fix" not in html and " required" not in html and "!!" not in html
    assert 'type="date"' in html and 'type="time"' in html
    assert html.count('class="input"') >= 7


@pytest.mark.parametrize("chosen", [None, 3, "a&b"])
def test_a_list_of_choices_is_written_as_django_writes_it(chosen):
    """Our template writes the options at once; what it writes, and escapes, is Django's own."""
    widget = forms.Select(choices=[("", "toutes"), ("a&b", "l’« autre » <b>"), ("Lots", [(3, "trois"), (4, "quatre")])])
    drawn = (widget.render("lot", chosen, {"id": "lot"}, renderer) for renderer in (Renderer(), DjangoTemplates()))
    ours, theirs = ([line.strip() for line in each.splitlines() if line.strip()] for each in drawn)
    assert ours == theirs


@pytest.mark.parametrize("value", [None, "", 0, 12, "l’« a » <b>&", mark_safe("<b>"), datetime.date(2026, 12, 2), True])
@pytest.mark.parametrize(
    "widget",
    [DayInput, HourInput, forms.TextInput, forms.NumberInput, forms.EmailInput, forms.PasswordInput, forms.HiddenInput,
     forms.CheckboxInput, forms.URLInput, forms.FileInput],
)  # fmt: skip
def test_an_input_is_written_as_django_writes_it(widget, value):
    attrs = {"id": "x", "title": 'l’<b>&"', "maxlength": False, "required": True, "step": 0.5}
    drawn = (widget().render("a<b", value, attrs, renderer) for renderer in (Renderer(), DjangoTemplates()))
    ours, theirs = (each.strip() for each in drawn)
    assert ours == theirs


class Named(Form):
    person = NameField(label="Nom", max_length=80)
    room = LineField(label="Classe", max_length=80, required=False)


def test_a_name_by_hand_keeps_what_is_seen_and_says_what_is_odd():
    form = Named({"person": "\u200bZo\u00adé\u00a0Toupie", "room": "CP 2\u200f"})
    assert form.is_valid() and form.cleaned_data == {"person": "Zoé Toupie", "room": "CP 2"}
    form = Named({"person": "Zoé 2", "room": "<b>CP</b>"})
    said = [form.errors[name][0].replace("\u00a0", " ") for name in ("person", "room")]
    assert "un chiffre" in said[0] and "le signe « < »" in said[1]
    assert "person" in Named({"person": "\u200b\u00ad"}).errors
