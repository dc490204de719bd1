"""Forms as Préau draws them: label, hint, field, and a sentence that says how to put it right.

`settings.FORM_RENDERER` points here, so `{{ form }}` of any form, allauth's too, comes out in our pieces.
`Form` adds the French sentences, to the fields it is given on the way too; every form of Préau starts from it.
"""

from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.formats import get_format
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from preau.kit.dates import day_text
from preau.kit.money import NBSP, NotAnAmount, amount, read_amount
from preau.kit.names import odd_in_name, tidy_line
from preau.kit.pages.attributes import INPUTS, input_of
from preau.kit.spoken.children import to_child

NAMELESS = "Ce champ"  # stands for the label's own words, which the sentence reuses (users.md 29)
EMPTY = f"{NAMELESS} est vide{NBSP}: écrivez-y votre réponse."
UNCHOSEN = f"Rien n’est choisi{NBSP}: choisissez une réponse."
GONE = f"Cette réponse n’est plus dans la liste{NBSP}: choisissez-en une autre."
WRONG_YEAR = f"L’année %(year)s n’est pas la bonne{NBSP}: écrivez la date comme 15/09/2026."
UNREADABLE = ("invalid", "null_characters_not_allowed")  # of a key
TOO_LONG = f"%(show_value)d caractères, c’est trop{NBSP}: gardez-en au plus %(limit_value)d."
TOO_SHORT = f"%(show_value)d caractères, c’est trop peu{NBSP}: écrivez-en au moins %(limit_value)d."
# What each kind of field says, by error code; the first kind in this order that a field fits wins.
MESSAGES = {
    forms.BooleanField: {"required": f"La case n’est pas cochée{NBSP}: cochez-la pour continuer."},
    forms.FileField: {
        "required": f"Aucun fichier n’est joint{NBSP}: choisissez-en un.",
        "empty": f"Ce fichier est vide{NBSP}: choisissez-en un autre.",
        "missing": f"Aucun fichier n’est joint{NBSP}: choisissez-en un.",
        "invalid": f"Le fichier n’est pas arrivé{NBSP}: choisissez-le de nouveau.",
        "invalid_image": f"Ce fichier n’est pas une image lisible{NBSP}: choisissez une photo JPEG, PNG ou WebP.",
    },
    forms.DateTimeField: {
        "required": f"La date et l’heure manquent{NBSP}: écrivez-les.",
        "invalid": f"Cette date n’est pas reconnue{NBSP}: écrivez-la comme 15/09/2026 à 08:30.",
    },
    forms.DateField: {
        "required": f"La date manque{NBSP}: écrivez-la comme 15/09/2026.",
        "invalid": f"Cette date n’est pas reconnue{NBSP}: écrivez-la comme 15/09/2026.",
    },
    forms.TimeField: {
        "required": f"L’heure manque{NBSP}: écrivez-la comme 08:30.",
        "invalid": f"Cette heure n’est pas reconnue{NBSP}: écrivez-la comme 08:30.",
    },
    forms.DecimalField: {
        "invalid": f"Ce n’est pas un nombre{NBSP}: écrivez-le comme 12,50.",
        "max_digits": f"Ce nombre est trop grand{NBSP}: écrivez au plus %(max)s chiffres.",
        "max_decimal_places": f"Trop de chiffres après la virgule{NBSP}: gardez-en %(max)s.",
        "max_whole_digits": f"Ce nombre est trop grand{NBSP}: écrivez au plus %(max)s chiffres avant la virgule.",
    },
    forms.IntegerField: {
        "required": f"Le nombre manque{NBSP}: écrivez-le en chiffres.",
        "invalid": f"Ce n’est pas un nombre{NBSP}: écrivez seulement des chiffres.",
        "min_value": f"Ce nombre est trop petit{NBSP}: écrivez %(limit_value)s ou plus.",
        "max_value": f"Ce nombre est trop grand{NBSP}: écrivez %(limit_value)s ou moins.",
    },
    forms.EmailField: {
        "required": f"L’adresse manque{NBSP}: écrivez-la comme nom@exemple.fr.",
        "invalid": f"Cette adresse n’est pas complète{NBSP}: écrivez-la comme nom@exemple.fr.",
        "max_length": TOO_LONG,
    },
    forms.URLField: {
        "required": f"L’adresse manque{NBSP}: écrivez-la comme https://exemple.fr.",
        "invalid": f"Cette adresse n’est pas complète{NBSP}: écrivez-la comme https://exemple.fr.",
    },
    forms.MultipleChoiceField: {"required": UNCHOSEN, "invalid_choice": GONE, "invalid_list": UNCHOSEN},
    forms.ModelMultipleChoiceField: {
        "required": UNCHOSEN, "invalid_choice": GONE, "invalid_list": UNCHOSEN, "invalid_pk_value": GONE,
    },
    forms.ModelChoiceField: {"required": UNCHOSEN, "invalid_choice": GONE},
    forms.ChoiceField: {"required": UNCHOSEN, "invalid_choice": GONE},
    forms.CharField: {
        "required": EMPTY, "max_length": TOO_LONG, "min_length": TOO_SHORT,
        "null_characters_not_allowed": f"Un signe que l’on ne voit pas s’est glissé ici{NBSP}: écrivez-le de nouveau.",
    },
    forms.Field: {"required": EMPTY, "invalid": f"Cette réponse n’est pas reconnue{NBSP}: écrivez-la autrement."},
}  # fmt: skip
BOXES = (forms.CheckboxInput, forms.RadioSelect, forms.CheckboxSelectMultiple, forms.FileInput, forms.HiddenInput)


class DayInput(forms.DateInput):
    """A day, with the browser's own calendar."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


class HourInput(forms.TimeInput):
    """An hour, with the browser's own clock."""

    input_type = "time"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%H:%M")


class BoundField(forms.BoundField):
    """A field on a page: gives one-line fields their class, tells the template what to draw."""

    def __init__(self, form, field, name):
        native_picker(field)
        super().__init__(form, field, name)
        if getattr(form, "is_child", False):
            self.label, self.help_text = to_child(self.label), to_child(self.help_text)

    def build_widget_attrs(self, attrs, widget=None):
        widget = widget or self.field.widget
        attrs = super().build_widget_attrs(attrs, widget)
        if not isinstance(widget, BOXES) and "class" not in widget.attrs:
            attrs["class"] = "input"
        if isinstance(widget, forms.Textarea):
            attrs["maxlength"] = False  # a browser cuts what is pasted there, and says nothing: TOO_LONG does
        return attrs

    @property
    def is_box(self) -> bool:
        """A single checkbox: its label stands after it."""
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def is_marked_optional(self) -> bool:
        """« facultatif » stands beside the few; a form that asks for nothing says it once, in its page."""
        return not self.field.required and getattr(self.form, "marks_optional", True)

    def boxes(self):
        """(the box of a choice, its words): a class has thirty pupils to tick, and the template of each of their boxes
        costs more than the page."""
        for choice in self.subwidgets:
            yield input_of(choice.data), choice.choice_label

    @property
    def is_choices(self) -> bool:
        """Several checkboxes or radio buttons, each with its label."""
        return isinstance(self.field.widget, (forms.RadioSelect, forms.CheckboxSelectMultiple))

    @property
    def target_id(self) -> str:
        """Where a link of the summary leads: the field, or the first of its choices."""
        return self[0].id_for_label if self.is_choices and len(self) else self.id_for_label


class LineField(forms.CharField):
    """A one-line name or title; invisible characters are removed."""

    is_person = False

    def to_python(self, value):
        return tidy_line(super().to_python(value))

    def validate(self, value):
        super().validate(value)
        odd = odd_in_name(value, is_person=self.is_person)
        if odd:
            raise forms.ValidationError(gettext(f"Ce nom contient %(odd)s{NBSP}: écrivez-le sans.") % {"odd": odd})


class NameField(LineField):
    """The name of a person."""

    is_person = True


class SixFigures(forms.CharField):
    """A code received by mail or text message, typed with or without its space."""

    def __init__(self, **named):
        attrs = {"class": "input input-code", "inputmode": "numeric", "autocomplete": "one-time-code"}
        said = {"help_text": _("6 chiffres. Il sert une fois, pendant dix minutes."), "max_length": 20}
        super().__init__(**said | {"widget": forms.TextInput(attrs=attrs)} | named)


class MoneyField(forms.CharField):
    """Euros as people and spreadsheets write them, « 72 913,04 € » or « 60 000 »; whole cents, or None when left empty.
    `signed` takes amounts below zero."""

    def __init__(self, *, signed=False, **kwargs):
        self.signed = signed
        super().__init__(**{"max_length": 30} | kwargs)

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        try:
            return read_amount(text, signed=self.signed)
        except NotAnAmount as wrong:
            raise forms.ValidationError(str(wrong)) from None

    def widget_attrs(self, widget):
        return super().widget_attrs(widget) | ({} if self.signed else {"inputmode": "decimal"})

    def prepare_value(self, value):
        """Cents as one types them; what was typed stays as it was."""
        return amount(value) if isinstance(value, int) else value


class Renderer(TemplatesSetting):
    """Draws every form with kit's templates."""

    form_template_name = "kit/forms/form.html"
    field_template_name = "kit/forms/field.html"
    bound_field_class = BoundField

    def render(self, template_name, context, request=None):
        """An `<input>` is written without its template: the figures of a city are 180 of them."""
        is_input = template_name in INPUTS
        return input_of(context["widget"]) if is_input else super().render(template_name, context, request)


class Form(forms.Form):
    """The form of every room: our sentences, no browser bubbles, days and hours with native pickers. `is_child`: who
    fills it is told « tu »."""

    use_required_attribute = False
    marks_optional = True

    def __init__(self, *args, is_child=False, **kwargs):
        kwargs.setdefault("label_suffix", "")
        self.is_child = is_child
        super().__init__(*args, **kwargs)

    @property
    def has_joined(self) -> bool:
        """Whether files came with it: in a template, `form.files` is the field of that name where there is one."""
        return bool(self.files)

    def full_clean(self):
        for field in self.fields.values() if self.is_bound else ():
            speak_french(field)
        super().full_clean()

    def add_error(self, field, error):
        """A key forged or cut is an answer that went: of a list of rows, Django would speak of « UUID »."""
        if getattr(error, "code", None) in UNREADABLE and isinstance(self.fields.get(field), forms.ModelChoiceField):
            error = GONE
        super().add_error(field, _to_child(error) if self.is_child else error)


def _to_child(error):
    """A sentence or a `ValidationError`, its holes still empty; what is said of several fields at once stays."""
    found = error if isinstance(error, forms.ValidationError) else forms.ValidationError(error)
    for each in () if hasattr(found, "error_dict") else found.error_list:
        each.message = to_child(str(each.message))
    return found


def speak_french(field):
    """Puts our sentences in place of Django's; what the form's author wrote for a field stays."""
    defaults = {}
    for kind in reversed(type(field).__mro__):
        defaults.update(getattr(kind, "default_error_messages", {}))
    said = set()
    name = f"«{NBSP}{gettext(field.label)}{NBSP}»" if field.label else gettext(NAMELESS)
    for kind, messages in MESSAGES.items():
        if not isinstance(field, kind):
            continue
        for code, text in messages.items():
            if code not in said and field.error_messages.get(code) == defaults.get(code):
                field.error_messages[code] = gettext(text).replace(gettext(NAMELESS), name)
                said.add(code)
    if isinstance(field, forms.DateField) and not isinstance(field, forms.DateTimeField):
        field.input_formats = get_format("DATE_INPUT_FORMATS", "fr")  # 03/05 is in May, whatever one reads in
    if isinstance(field, forms.DateField | forms.DateTimeField) and in_our_time not in field.validators:
        field.validators.append(in_our_time)


def in_our_time(day):
    """Refuses « 0206 » or « 9999 », which a browser's picker gives while one types the year."""
    if not 1900 <= day.year < 2100:
        raise forms.ValidationError(gettext(WRONG_YEAR) % {"year": day.year})


def native_picker(field):
    """Days and hours get the browser's picker, unless the form's author chose a widget."""
    if type(field.widget) is forms.DateInput:
        field.widget = DayInput(field.widget.attrs)
    elif type(field.widget) is forms.TimeInput:
        field.widget = HourInput(field.widget.attrs)


def check_day(day, first, last):
    """Refuses a day out of these two, and says them: a slip in the year would else be kept for years."""
    if not first <= day <= last:
        raise forms.ValidationError(f"Écrivez un jour du {day_text(first)} au {day_text(last)}.")


MORE_ROWS = "encore"  # the button of a table of rows that asks for blank ones


def with_more_rows(formset, data, *, key):
    """The rows of a formset as typed so far, not validated yet, followed by blank rows; rows whose `key` is empty are
    dropped. `formset`: its class."""
    rows = [{name: data.get(form.add_prefix(name), "") for name in form.fields} for form in formset(data).forms]
    return formset(initial=[row for row in rows if row[key].strip()])
