"""The shape of an announcement being written, and of its confirmation."""

from operator import itemgetter

from django import forms
from django.utils.translation import gettext_noop as _

from preau.ent.announcements.models import Readers
from preau.kit.forms import Form, LineField
from preau.kit.money import NBSP
from preau.notify.models import Level
from preau.places.models import NURSERY_LEVELS
from preau.places.models import Level as ClassLevel
from preau.schools.fields import ReadAgain
from preau.schools.models import Activity

LEVELS = (
    (Level.URGENT, "Urgent\u00a0: prévenir tout de suite, la nuit et le week-end aussi. Deux fois par mois au plus"),
    (Level.SIGN, "À signer\u00a0: chaque personne dit qu’elle a lu"),
    (Level.INFO, "Information\u00a0: dans le courriel du soir"),
)
NURSERY, ELEMENTARY = "nursery", "elementary"
STAGES = {NURSERY: NURSERY_LEVELS, ELEMENTARY: tuple(level for level in ClassLevel if level not in NURSERY_LEVELS)}
ALL_FAMILIES = "Toutes les familles"
SERVED = {
    Activity.Kind.MORNING: "Celles de l’accueil du matin", Activity.Kind.CANTEEN: "Celles de la cantine",
    Activity.Kind.STUDY: "Celles de l’étude", Activity.Kind.EVENING: "Celles de l’accueil du soir",
    Activity.Kind.WEDNESDAY: "Celles du mercredi",
}  # fmt: skip
TAKEN = ("level", "urgent_reason", "readers", "service", "levels", "title", "text", "shown_until", "asks_schools")
STAGED = ((NURSERY, "Toute la maternelle"), (ELEMENTARY, "Toute l’élémentaire"), *ClassLevel.choices)


def text_field():
    return forms.CharField(
        label=_("Le message, tel qu’il sera lu"),
        max_length=1500,
        widget=forms.Textarea(attrs={"rows": 6, "class": "input"}),
        help_text=_("Trois phrases courtes. Aucun nom de personne."),
    )


class AnnouncementForm(ReadAgain, Form):
    """`schools`, a query, gives those of the place one writes from; `is_city` offers families and the sites of schools,
    `services` the kinds that its périscolaire renders; `ticked`, ids of schools, is of the `announcement` written
    again. A département has hundreds: a box needs two words of each, and only those ticked are read whole."""

    level = forms.ChoiceField(label="Ce message est…", choices=LEVELS, widget=forms.RadioSelect, initial=Level.SIGN)
    urgent_reason = LineField(
        label="S’il est urgent, pourquoi maintenant\u00a0?",
        max_length=200,
        required=False,
        help_text="Cette raison est gardée. Les familles ne la lisent pas.",
    )
    readers = forms.ChoiceField(
        label="Pour qui", choices=Readers.choices, widget=forms.RadioSelect, initial=Readers.FAMILIES
    )
    service = forms.ChoiceField(
        label="Quelles familles",
        widget=forms.RadioSelect,
        required=False,
        help_text="D’après votre fichier périscolaire. Un site qui accueille plusieurs écoles la reçoit pour toutes "
        "ses familles.",
    )
    schools = forms.MultipleChoiceField(
        label="Quelles écoles",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Si rien n’est coché\u00a0: toutes les écoles.",
    )
    networks = forms.MultipleChoiceField(
        label="Toutes les écoles d’un réseau", widget=forms.CheckboxSelectMultiple, required=False
    )
    levels = forms.MultipleChoiceField(
        label="Quels niveaux",
        choices=STAGED,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Si rien n’est coché\u00a0: tous les niveaux. Une classe à plusieurs niveaux la reçoit tout entière.",
    )
    title = LineField(label="Titre", max_length=120)
    text = text_field()
    shown_until = forms.DateField(
        label="Montrer aussi sur le site des écoles, jusqu’au",
        required=False,
        help_text="Laissez vide pour ne pas la montrer sur les sites.",
    )
    asks_schools = forms.BooleanField(
        label="Annonce «\u00a0Ville + École\u00a0»",
        required=False,
        help_text="Une grève, une fermeture\u00a0: la direction de chaque école lit ce texte avant l’envoi et ajoute "
        "sa moitié. Chaque moitié part séparément, quand la Ville ou l’école la confirme.",
    )

    def __init__(self, *args, schools, is_city, services=(), announcement=None, ticked=(), **kwargs):
        super().__init__(*args, **kwargs)
        rows = [(str(pk), *row) for pk, *row in schools.values_list("pk", "shown_name", "network", "network__name")]
        self.offered, self.network_of = schools, {pk: str(network) for pk, _, network, _ in rows}
        self.fields["schools"].choices = [row[:2] for row in rows]
        self.fields["service"].choices = [("", ALL_FAMILIES), *((kind, SERVED[kind]) for kind in services)]
        if not services:
            del self.fields["service"]
        networks = {str(network): name for _, _, network, name in rows if network}
        self.fields["networks"].choices = sorted(networks.items(), key=itemgetter(1))
        if not networks or not is_city:
            del self.fields["networks"]
        if not is_city:
            del self.fields["shown_until"], self.fields["asks_schools"], self.fields["urgent_reason"]
            self.fields["level"].choices = LEVELS[1:]
            self.fields["readers"].choices = [(Readers.TEAMS, Readers.TEAMS.label)]
            self.initial.setdefault("readers", Readers.TEAMS)
        if announcement:
            self.initial |= {name: getattr(announcement, name) for name in TAKEN} | {"schools": list(map(str, ticked))}

    def take_up(self, today):
        """The words of one taken back, for a new one: why it is urgent now is said again, and no day is past. Notes in
        `has_lost` whether a school, or the service, that it was for is not offered any more."""
        self.initial["urgent_reason"] = ""
        if (day := self.initial["shown_until"]) and day < today:
            self.initial["shown_until"] = None
        service = self.initial["service"]
        offered = dict(self.fields["service"].choices) if "service" in self.fields else {"": ALL_FAMILIES}
        self.has_lost = service not in offered or not self.network_of.keys() >= {*self.initial["schools"]}

    def clean(self):
        values = super().clean()
        if self.errors:
            return values
        if values["level"] == Level.URGENT and not values.get("urgent_reason"):
            self.add_error("urgent_reason", "Dites en une ligne pourquoi c’est urgent\u00a0: cette raison est gardée.")
        ticked, networks = set(values["schools"]), set(values.pop("networks", ()))
        chosen = [pk for pk, network in self.network_of.items() if pk in ticked or network in networks]
        values["schools"] = list(self.offered.filter(pk__in=chosen))
        wanted = {level for each in values["levels"] for level in STAGES.get(each, (each,))}
        values["levels"] = [level.value for level in ClassLevel if level in wanted]
        return values


class WordsForm(Form):
    """What a school adds to the words of the city, what an elected parent asks the head to send."""

    title = LineField(label=_("Titre"), max_length=120)
    text = text_field()


class RefusalForm(Form):
    """Why the head does not send it."""

    reason = LineField(
        label="Pourquoi", max_length=300, help_text="La personne qui a écrit lira cette phrase, et pourra réécrire."
    )


THEN = "Vous aurez 60 secondes pour annuler l’envoi."  # after the number


class SendingForm(Form):
    """The second confirmation, typed (trust.md R24)."""

    told_count = forms.IntegerField(
        label="Écrivez ce nombre",
        min_value=1,
        help_text=f"Il est écrit ci-dessus. {THEN}",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def ask(self, told):
        """`told` (queries.Range) is shown above the field: of a number that is hidden, any within its ends is asked."""
        if told.low != told.high:
            count = self["told_count"]
            count.label = f"Écrivez un nombre, {told.low} par exemple"
            count.help_text = f"L’un de ceux qui sont écrits ci-dessus{NBSP}: {told}. {THEN}"


class ReturnForm(Form):
    """A coupon that is back asks nothing: one press notes it."""
