"""The shapes of what the city and the head write about a school's premises."""

import re

from django import forms

from preau.kit.forms import DayInput, Form
from preau.kit.money import NBSP
from preau.kit.points import FAR_KM, NotAPlace, check_place, is_far, read_degrees
from preau.places.models import Room, School
from preau.plan.premises.models import CouncilNotice, InclusionSite, InternetLink, Lack

WORDS_OF_LACK = {
    Lack.What.LINK: "de liaison Internet",
    Lack.What.SCHOOL: "de câblage de l’école, jusqu’à la baie",
    Lack.What.ROOMS: "de salle câblée",
    Lack.What.STORE: "de réserve sécurisée",
}
NOT_YET = f"Cette date n’est pas encore passée{NBSP}: écrivez le jour où c’était fait."


class RateField(forms.DecimalField):
    """A rate written in megabits per second, given in whole kilobits."""

    def __init__(self, **kwargs):
        super().__init__(
            localize=True,
            min_value=0,
            max_digits=8,
            decimal_places=3,
            help_text="En Mb/s, par exemple 8 ou 0,5.",
            **kwargs,
        )

    def clean(self, value):
        """Kilobits per second, or None."""
        rate = super().clean(value)
        return None if rate is None else int(rate * 1000)


class PastDayField(forms.DateField):
    """A day that has come: what is recorded was done. `today` is set by the form."""

    widget = DayInput
    today = None

    def clean(self, value):
        """Refuses a day still to come."""
        day = super().clean(value)
        if day and self.today and day > self.today:
            raise forms.ValidationError(NOT_YET)
        return day


class DatedForm(Form):
    """A form that knows what day it is."""

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, PastDayField):
                field.today = today


class LinkForm(DatedForm):
    """« Ajouter une liaison »"""

    technology = forms.ChoiceField(label="Technologie", choices=InternetLink.Technology.choices)
    contracted_kbps = RateField(label="Débit du contrat")
    in_service_on = forms.DateField(label="En service à partir du", widget=DayInput)

    def clean_contracted_kbps(self):
        """A line has a rate."""
        kbps = self.cleaned_data["contracted_kbps"]
        if not kbps:
            raise forms.ValidationError(f"Un débit est plus grand que zéro{NBSP}: écrivez celui du contrat.")
        return kbps


class MeasureForm(DatedForm):
    """« Noter une mesure »"""

    measured_kbps = RateField(label="Débit mesuré")
    measured_on = PastDayField(label="Mesuré le")


class LinkEndForm(Form):
    """« Cette liaison s’arrête »"""

    ended_on = forms.DateField(label="Dernier jour en service", widget=DayInput)

    def __init__(self, *args, since, **kwargs):
        super().__init__(*args, **kwargs)
        self.since = since

    def clean_ended_on(self):
        """Never before it started."""
        day = self.cleaned_data["ended_on"]
        if day < self.since:
            raise forms.ValidationError(f"C’est avant son premier jour{NBSP}: écrivez une date plus tardive.")
        return day


class InclusionEndForm(LinkEndForm):
    """« Cet accueil s’arrête »"""

    ended_on = forms.DateField(label="Dernier jour", widget=DayInput)


class PointField(forms.CharField):
    """« 46,58026 ; 0,34037 » as maps give it: latitude then longitude, WGS 84, decimal degrees."""

    def clean(self, value):
        """(latitude, longitude), five decimals (a metre), or (None, None)."""
        text = super().clean(value).strip()
        if not text:
            return None, None
        found = re.fullmatch(r"(-?\d{1,3}(?:[.,]\d+)?)(?:\s*[;/]\s*|,?\s+)(-?\d{1,3}(?:[.,]\d+)?)", text)
        found = found or re.fullmatch(r"(-?\d{1,3}\.\d+),(-?\d{1,3}\.\d+)", text)
        if found is None:
            raise forms.ValidationError(
                f"Ces coordonnées ne se lisent pas{NBSP}: écrivez la latitude puis la longitude, comme "
                f"46,58026{NBSP}; 0,34037."
            )
        try:
            latitude, longitude = map(read_degrees, found.groups())
            check_place(latitude, longitude)
        except NotAPlace as wrong:
            raise forms.ValidationError(str(wrong)) from None
        return latitude, longitude


class LocationForm(Form):
    """« Situer l’école »; `others` are (latitude, longitude) of schools of the city already on the map."""

    point = PointField(
        label="Latitude et longitude",
        max_length=60,
        required=False,
        help_text="Copiez-les d’une carte, par exemple 46,58026 ; 0,34037. Vide, l’école n’est plus située.",
    )
    source = forms.CharField(
        label="D’où elles viennent",
        max_length=200,
        required=False,
        help_text="Par exemple le cadastre.",
    )

    def __init__(self, *args, others, **kwargs):
        super().__init__(*args, **kwargs)
        self.others = others

    def clean_point(self):
        """Near the other schools of its city."""
        point = self.cleaned_data["point"]
        if point[0] is not None and is_far(point, self.others):
            raise forms.ValidationError(
                f"C’est à plus de {FAR_KM} km d’une autre école de la ville{NBSP}: la latitude s’écrit la première."
            )
        return point

    def clean(self):
        """A place has a source."""
        data = super().clean()
        if data.get("point", (None, None))[0] is not None and not data.get("source"):
            self.add_error("source", f"La source manque{NBSP}: écrivez d’où viennent ces coordonnées.")
        return data


class BuildingForm(Form):
    """A building's name."""

    name = forms.CharField(label="Nom du bâtiment", max_length=80, help_text="Par exemple bâtiment A, ou maternelle.")


class RoomForm(DatedForm):
    """One room."""

    name = forms.CharField(label="Nom du local", max_length=80)
    floor = forms.IntegerField(
        label="Étage",
        min_value=-5,
        max_value=20,
        initial=0,
        help_text="0 pour le rez-de-chaussée, -1 pour un sous-sol.",
    )
    kind = forms.ChoiceField(label="Nature", choices=Room.Kind.choices)
    has_power = forms.BooleanField(
        label="Il y a l’électricité",
        required=False,
        help_text="Une réserve sans électricité ne recharge pas un chariot.",
    )
    closed_on = PastDayField(label="N’est plus utilisé depuis le", required=False)


class RoomsForm(RoomForm):
    """Rooms of one floor, alike, named one a line."""

    name = None
    closed_on = None
    names = forms.CharField(
        label="Noms des locaux",
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=2000,
        help_text="Un par ligne, par exemple Salle 1.",
    )
    field_order = ("names", "floor", "kind", "has_power")

    def clean_names(self):
        """The names, each once, in order."""
        names = [" ".join(name.split()) for name in self.cleaned_data["names"].splitlines() if name.strip()]
        if any(len(name) > 80 for name in names):
            raise forms.ValidationError(f"Un nom dépasse 80 caractères{NBSP}: raccourcissez-le.")
        return list(dict.fromkeys(names))


class CablingForm(DatedForm):
    """« Noter un câblage »: the school, rooms, or both, on one day."""

    whole_school = forms.BooleanField(label="L’école elle-même, jusqu’à la baie", required=False)
    rooms = forms.ModelMultipleChoiceField(
        label="Locaux câblés", queryset=Room.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    done_on = PastDayField(label="Câblé le")

    def __init__(self, *args, rooms, is_school_cabled, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["rooms"].queryset = rooms
        if is_school_cabled:
            del self.fields["whole_school"]

    def clean(self):
        """Something is cabled."""
        data = super().clean()
        if not (data.get("whole_school") or data.get("rooms")):
            self.add_error("rooms", f"Rien n’est coché{NBSP}: cochez l’école ou au moins un local.")
        return data


class LackForm(DatedForm):
    """« Dire qu’il n’y en a pas »: of what nobody noted anything, what was seen not to be there."""

    lacks = forms.MultipleChoiceField(
        label="Il n’y a pas",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": f"Rien n’est coché{NBSP}: cochez ce que l’école n’a pas."},
    )
    seen_on = PastDayField(label="Constaté le")

    def __init__(self, *args, unknown, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["lacks"].choices = [(what, WORDS_OF_LACK[what]) for what in Lack.What if what in unknown]


class LackOfSchoolsForm(DatedForm):
    """The same, of one thing, for several schools: nothing is ticked for who does not know."""

    schools = forms.ModelMultipleChoiceField(
        queryset=School.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Laissez celles dont vous ne savez rien.",
    )
    every = forms.BooleanField(label="Toutes celles de cette liste", required=False)
    seen_on = PastDayField(label="Constaté le")

    def __init__(self, *args, what, schools, **kwargs):
        super().__init__(*args, **kwargs)
        field, keys = self.fields["schools"], [school.pk for school in schools]
        field.label = f"Écoles qui n’ont pas {WORDS_OF_LACK[what]}"
        field.queryset = School.objects.filter(pk__in=keys).order_by("sort_key", "kind", "id")
        field.label_from_instance = lambda school: school.shown_name

    def clean(self):
        said = super().clean()
        if said.pop("every", False):
            said["schools"] = list(self.fields["schools"].queryset)
        elif not said.get("schools") and "schools" not in self.errors:
            self.add_error("schools", f"Rien n’est coché{NBSP}: cochez au moins une école.")
        return said


class NoticeForm(DatedForm):
    """« Noter une information du conseil d’école »"""

    subject = forms.ChoiceField(label="Objet", choices=CouncilNotice.Subject.choices)
    held_on = PastDayField(label="Conseil d’école du")
    reference = forms.CharField(
        label="Référence", max_length=200, required=False, help_text="Par exemple le point du procès-verbal."
    )


class InclusionForm(DatedForm):
    """« Noter un accueil »"""

    option = forms.ChoiceField(label="L’école accueille", choices=InclusionSite.Option.choices)
    starts_on = PastDayField(label="Depuis le")
