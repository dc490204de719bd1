"""Forms of the operator's pages."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django import forms
from django.utils.text import slugify

from preau.kit.dates import day_text
from preau.kit.forms import Form, LineField
from preau.kit.names import name_key, tidy_line
from preau.people.models import Mandate, Role
from preau.people.naming import NameForm
from preau.people.queries.base import ROLES_OF_PLACE, namesakes_among
from preau.places.models import City, Department, District, School, uai_is_plausible
from preau.places.queries import FURTHEST, departments_of_france, written_holidays


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
            here = {self.kind: self.place} if self.place else {}
            held = Mandate.objects.current(self.today).filter(role=cleaned["role"], **here)
            if namesakes_among(held, first_name=cleaned["first_name"], last_name=cleaned["last_name"]):
                self.add_error(
                    "last_name", "Cette personne tient déjà ce rôle ici. Pour un nouveau code, refaites sa fiche."
                )
        return cleaned


TABS = str.maketrans("\t", ";")
DAYS = ("%d/%m/%Y", "%Y-%m-%d")
LINES, YEARS = 40, (2020, 2100)


class HolidaysForm(BaseForm):
    """School holidays typed or pasted from a table, a line each: what `places.actions.write_holidays` keeps."""

    holidays = forms.CharField(
        label="Une ligne par période",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8, "class": "input"}),
        help_text="Son nom, le premier jour sans classe, le jour de la reprise, séparés par des points-virgules. "
        "Exemple\u00a0: Vacances de Noël\u00a0; 19/12/2026\u00a0; 04/01/2027. "
        "Un tableau se colle ici, avec ses trois colonnes.",
    )
    source = LineField(
        label="D’où viennent ces dates",
        max_length=200,
        required=False,
        help_text="Exemple\u00a0: arrêté du recteur du 12 mars 2026.",
    )

    def __init__(self, *args, department, **kwargs):
        rows = written_holidays(department.holidays)
        lines = [f"{row.label}; {row.first:%d/%m/%Y}; {row.resumes_on:%d/%m/%Y}" for row in rows]
        initial = {"holidays": "\n".join(lines), "source": department.holidays_source}
        super().__init__(*args, initial=initial, **kwargs)

    def clean_holidays(self) -> str:
        lines = [line for line in self.cleaned_data["holidays"].splitlines() if line.strip()]
        if len(lines) > LINES:
            raise forms.ValidationError(f"Écrivez {LINES} lignes au plus.")
        rows = sorted((_read(line) for line in lines), key=lambda row: row[1])
        for (label, _, resumes), (following, first, _) in zip(rows, rows[1:], strict=False):
            if first < resumes:
                raise forms.ValidationError(
                    f"«\u00a0{following}\u00a0» commence avant la fin de «\u00a0{label}\u00a0»."
                )
        return "\n".join(f"{label};{first};{resumes}" for label, first, resumes in rows)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("holidays") and not cleaned.get("source"):
            self.add_error("source", "Écrivez d’où viennent ces dates, par exemple l’arrêté du recteur.")
        return cleaned

    def facts(self):
        return {"holidays": self.cleaned_data["holidays"], "source": self.cleaned_data["source"]}


def _read(line) -> tuple[str, date, date]:
    parts = [tidy_line(part) for part in line.translate(TABS).split(";")]
    said = f"«\u00a0{tidy_line(line)}\u00a0»"
    if len(parts) != 3 or not all(parts):
        raise forms.ValidationError(
            f"{said}\u00a0: écrivez un nom, le premier jour sans classe et le jour de la reprise, séparés par des "
            "points-virgules."
        )
    label, first, resumes = parts[0].replace("'", "’"), _day(parts[1], said), _day(parts[2], said)
    if not label.startswith(("Vacances ", "Pont ")) or len(label) > 60:
        raise forms.ValidationError(f"{said}\u00a0: le nom commence par «\u00a0Vacances\u00a0» ou «\u00a0Pont\u00a0».")
    if not first < resumes <= first + timedelta(days=FURTHEST):
        raise forms.ValidationError(
            f"{said}\u00a0: la reprise vient après le {day_text(first)}, dans les {FURTHEST} jours."
        )
    return label, first, resumes


def _day(text, said) -> date:
    for written in DAYS:
        try:
            day = datetime.strptime(text, written).date()
        except ValueError:
            continue
        if YEARS[0] <= day.year <= YEARS[1]:
            return day
    raise forms.ValidationError(f"{said}\u00a0: «\u00a0{text}\u00a0» n’est pas un jour, par exemple 19/12/2026.")
