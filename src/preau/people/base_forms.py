"""Forms of the operator's pages."""

from collections.abc import Iterable

from django import forms
from django.utils.text import slugify

from preau.kit.forms import Form, LineField, check_day
from preau.kit.names import name_key
from preau.people.models import Mandate, Role
from preau.people.naming import NameForm
from preau.people.queries import last_day_bounds
from preau.people.queries.base import ROLES_OF_PLACE
from preau.places.models import City, Department, District, School, uai_is_plausible
from preau.places.queries import departments_of_france


class BaseForm(Form):
    """Gives its facts to an action, and remarks that warn without stopping."""

    needs = None  # the field whose place comes first, the address that adds one, and its words

    def missing(self) -> dict | None:
        """What to add first: without it the list is empty and the form leads nowhere."""
        if self.needs is None or self.fields[self.needs[0]].queryset.exists():
            return None
        return {"address": self.needs[1], "words": self.needs[2]}

    def facts(self):
        return {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}

    def remarks(self) -> Iterable[str]:
        return []


class DepartmentForm(BaseForm):
    """Its code tells its name and its academy, and so the zone of its school holidays."""

    code = forms.ChoiceField(label="Département")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        known = departments_of_france().values()
        named = [(one.code, f"{one.code} {one.name}, académie\u00a0: {one.academy}") for one in known]
        self.fields["code"].choices = [("", "Choisir"), *named]

    def clean_code(self):
        code = self.cleaned_data["code"]
        if Department.objects.filter(code=code).exists():
            raise forms.ValidationError("Ce département est déjà dans la base. Choisissez-le en ajoutant la ville.")
        return code

    def facts(self):
        known = departments_of_france()[self.cleaned_data["code"]]
        return {"code": known.code, "name": known.name, "academy": known.academy}


class CityForm(BaseForm):
    needs = ("department", "base_department", "un département")
    name = forms.CharField(label="Nom de la ville", max_length=80)
    department = forms.ModelChoiceField(Department.objects.order_by("code"), label="Département", empty_label=None)
    host = forms.CharField(
        label="Adresse du site",
        max_length=200,
        required=False,
        help_text="Le nom d’hôte qui montre cette ville. Exemple : ecoles.poitiers.fr. Vide : l’adresse de ce serveur.",
    )
    is_fictitious = forms.BooleanField(label="C’est une ville fictive, pour essayer", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["department"].label_from_instance = lambda each: f"{each.code} {each.name}"

    def clean_name(self):
        name = self.cleaned_data["name"]
        if City.objects.filter(slug=slugify(name)).exists():
            raise forms.ValidationError("Une ville de ce nom est déjà dans la base. Ajoutez-lui des écoles.")
        return name


class DistrictForm(BaseForm):
    needs = ("department", "base_department", "un département")
    name = forms.CharField(label="Nom de la circonscription", max_length=80, help_text="Exemple : Poitiers Ouest")
    department = forms.ModelChoiceField(Department.objects.order_by("code"), label="Département", empty_label=None)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["department"].label_from_instance = lambda each: f"{each.code} {each.name}"


TWIN = "Une école de ce nom et de cette nature est déjà dans cette ville."


class SchoolForm(BaseForm):
    needs = ("city", "base_city", "une ville")
    name = forms.CharField(label="Nom de l’école", max_length=120, help_text="Exemple : École Montmidi")
    city = forms.ModelChoiceField(City.objects.order_by("name"), label="Ville", empty_label=None)
    kind = forms.ChoiceField(label="Nature", choices=School.Kind.choices)
    uai = forms.CharField(
        label="UAI", max_length=8, required=False, help_text="Sept chiffres et une lettre. Exemple : 0860123S"
    )
    district = forms.ModelChoiceField(
        District.objects.order_by("name"), label="Circonscription", required=False, empty_label="pas encore connue"
    )
    source = forms.CharField(
        label="Source", max_length=300, required=False, help_text="Exemple : annuaire de l’éducation, novembre 2026."
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["city"].label_from_instance = lambda each: each.name
        self.fields["district"].label_from_instance = lambda each: each.name

    def clean_uai(self):
        uai = self.cleaned_data["uai"].replace(" ", "").upper()
        if uai and School.objects.filter(uai=uai).exists():
            raise forms.ValidationError("Une école porte déjà cet UAI dans la base. Vérifiez-le.")
        return uai

    def clean(self):
        """A second school of one name and nature is added only with the UAI that says it is another."""
        found = super().clean()
        alike = School.objects.filter(city=found.get("city"), kind=found.get("kind"), closed_on=None)
        key = name_key(found.get("name", ""))
        self.has_namesake = key in {name_key(each.name) for each in alike}
        if self.has_namesake and not found.get("uai"):
            self.add_error("name", f"{TWIN} Si c’en est une autre, écrivez son UAI.")
        return found

    def remarks(self):
        uai = self.cleaned_data["uai"]
        if uai and not uai_is_plausible(uai):
            yield f"La lettre de l’UAI {uai} ne va pas avec ses chiffres : relisez-le. L’école est gardée ainsi."
        if self.has_namesake:
            yield f"{TWIN} Écrivez l’adresse de chacune dans le plan : leur rue les distinguera partout."


class SchoolDistrictForm(BaseForm):
    """Which circonscription follows a school, and others of its city that none follows yet: a city's sheet brings
    schools without one."""

    needs = ("district", "base_district", "une circonscription de ce département")
    district = forms.ModelChoiceField(District.objects.none(), label="Circonscription", empty_label="choisir")
    others = forms.ModelMultipleChoiceField(
        School.objects.none(),
        label="La même pour ces écoles, sans circonscription elles aussi",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, school, others, **kwargs):
        super().__init__(*args, initial={"district": school.district_id}, **kwargs)
        near = District.objects.filter(department=school.city.department_id)
        self.fields["district"].queryset = near.order_by("name", "id")
        self.fields["others"].queryset = others
        self.fields["district"].label_from_instance = lambda each: each.name
        if not others.exists():
            del self.fields["others"]


class HolderForm(NameForm):
    """Who holds the first role in a place; with no place, who keeps the base."""

    role = forms.ChoiceField(label="Son rôle", choices=())
    title = LineField(
        label="Titre, s’il précise ce rôle",
        max_length=80,
        required=False,
        help_text="Par exemple\u00a0: élue de la minorité, technicien des écoles.",
    )
    field_order = ("role", "title", "civility", "first_name", "last_name", "identifier")

    def __init__(self, *args, kind, place, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.kind, self.place, self.today = kind, place, today
        roles = ROLES_OF_PLACE[kind] if place else (Role.OPERATOR,)
        if len(roles) == 1:  # nothing to choose: the page's title says it
            self.fields["role"].widget, self.fields["role"].initial = forms.HiddenInput(), roles[0]
        self.fields["role"].choices = [(role, Role(role).label) for role in roles]
        if not place:
            del self.fields["title"]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("first_name") and cleaned.get("last_name") and cleaned.get("role"):
            same = Mandate.objects.current(self.today).filter(
                role=cleaned["role"],
                person__first_name__iexact=cleaned["first_name"],
                person__last_name__iexact=cleaned["last_name"],
                **({self.kind: self.place} if self.place else {}),
            )
            if same.exists():
                self.add_error(
                    "last_name", "Cette personne tient déjà ce rôle ici. Pour un nouveau code, refaites sa fiche."
                )
        return cleaned


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
