"""What the head writes about the team: someone arrives, someone leaves."""

from django import forms

from preau.kit.forms import Form, check_day
from preau.kit.money import NBSP
from preau.people.naming import NameForm
from preau.people.queries import last_day_bounds
from preau.people.queries.titles import title_said
from preau.places.models import School
from preau.schools.models import Function

WHOLE_SCHOOL = "school"


class StaffForm(NameForm):
    """Someone of the team is named; `taught`, the id of the class chosen beforehand for its teacher."""

    function = forms.ChoiceField(label="Sa fonction", choices=())
    room = forms.ChoiceField(
        label="Classe",
        help_text="La liste de cette classe et ce qui s’y publie lui seront ouverts. Qui a une ULIS ou une UPE2A "
        f"enseigne dans toute l’école{NBSP}: ses dispositifs lui seront ouverts.",
        error_messages={"required": f"Rien n’est choisi{NBSP}: choisissez une classe, ou toute l’école."},
    )
    starts_on = forms.DateField(label="À partir du")
    field_order = ("function", "civility", "first_name", "last_name", "identifier")

    def __init__(self, *args, school: School, functions, classrooms, today, taught="", **kwargs):
        initial = {"starts_on": today} | ({"function": Function.TEACHER, "room": taught} if taught else {})
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["function"].choices = [("", "choisir"), *((each, each.label) for each in functions)]
        self.school, self.rooms = school, {str(room.pk): room for room in classrooms or ()}
        named = [(key, room.name) for key, room in self.rooms.items()]
        self.fields["room"].choices = [("", "choisir"), (WHOLE_SCHOOL, "toute l’école, sans classe"), *named]
        if classrooms is None:  # whoever gives no class: the list of one is the head's to open
            del self.fields["room"]

    def facts(self) -> dict:
        """What `actions.welcome_staff` takes."""
        place = self.rooms.get(self.cleaned_data.get("room"), self.school)
        found = {"function": Function(self.cleaned_data["function"]), "starts_on": self.cleaned_data["starts_on"]}
        return self.named() | found | {"place": place}


class ClassesForm(Form):
    """The classes opened to somebody of the team."""

    rooms = forms.MultipleChoiceField(
        label="Ses classes",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": f"Aucune classe n’est cochée{NBSP}: cochez celles où cette personne travaille."},
    )

    def __init__(self, *args, classrooms, **kwargs):
        super().__init__(*args, **kwargs)
        self.rooms = {str(room.pk): room for room in classrooms}
        self.fields["rooms"].choices = [(key, room.name) for key, room in self.rooms.items()]

    def chosen(self) -> list:
        """The classes ticked."""
        return [self.rooms[key] for key in self.cleaned_data["rooms"]]


class StaffLeavingForm(Form):
    """« Quitte l’école »: the last day, and what stops when several functions are held."""

    on = forms.DateField(
        label="Dernier jour à l’école", help_text="Pour que tout s’arrête maintenant, écrivez la date d’hier."
    )
    functions = forms.MultipleChoiceField(label="Ce qui s’arrête", widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args, mandates, names_classes, today, **kwargs):
        self.mandates = {str(mandate.pk): mandate for mandate in mandates}
        super().__init__(*args, initial={"on": today, "functions": list(self.mandates)}, **kwargs)
        self.today = today
        if len(self.mandates) == 1:
            del self.fields["functions"]
        else:
            choices = [(key, words_of(each, names_classes)) for key, each in self.mandates.items()]
            self.fields["functions"].choices = choices

    def clean(self):
        found = super().clean()
        if found.get("on") and self.ended():
            try:
                check_day(found["on"], *last_day_bounds(self.ended(), self.today))
            except forms.ValidationError as refusal:
                self.add_error("on", refusal)
        return found

    def ended(self) -> list:
        """The mandates that stop."""
        if "functions" not in self.fields:
            return list(self.mandates.values())
        return [self.mandates[key] for key in self.cleaned_data.get("functions", [])]


def words_of(mandate, names_classes) -> str:
    """« ATSEM, GS A »; « ATSEM, dans une classe » for who reads no class."""
    role = title_said(mandate, mandate.person)
    if not mandate.classroom:
        return role
    return f"{role}, {mandate.classroom.name if names_classes else 'dans une classe'}"
