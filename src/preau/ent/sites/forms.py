"""What heads and cities type for the public pages."""

from django import forms

from preau.ent.sites.models import SchoolSite
from preau.kit.forms import Form
from preau.kit.money import NBSP
from preau.schools.fields import ReadAgain

HOURS = SchoolSite.HOURS


class BannerForm(ReadAgain, Form):
    """An urgent message and its last day; it goes away by itself that evening."""

    text = forms.CharField(
        label="Message",
        max_length=120,
        help_text="Une phrase. Elle s’affiche en haut du site de l’école, pour tous.",
        error_messages={"required": f"Le message est vide{NBSP}: écrivez la phrase à afficher."},
    )
    detail = forms.CharField(label="Précision", max_length=240, required=False)
    last_day = forms.DateField(label="Dernier jour d’affichage", help_text="Le message s’en va seul à minuit.")

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["last_day"].initial = today

    def clean_last_day(self):
        day = self.cleaned_data["last_day"]
        if day < self.today:
            raise forms.ValidationError(f"Ce jour est passé{NBSP}: choisissez aujourd’hui ou plus tard.")
        if (day - self.today).days > 31:
            raise forms.ValidationError(f"C’est trop loin{NBSP}: un message urgent dure 31 jours au plus.")
        return day


class SchoolSiteForm(ReadAgain, Form):
    """Hours, contact and words of a school's pages; nothing is asked that one must invent."""

    marks_optional = False
    days = forms.ChoiceField(
        label="Semaine de classe",
        required=False,
        widget=forms.RadioSelect,
        choices=[("", "Ne pas publier les horaires"), *SchoolSite.Days.choices],
    )
    morning_from = forms.TimeField(label="Le matin, la classe commence à", required=False)
    morning_to = forms.TimeField(label="Le matin, elle finit à", required=False)
    afternoon_from = forms.TimeField(label="L’après-midi, elle reprend à", required=False)
    afternoon_to = forms.TimeField(label="L’après-midi, elle finit à", required=False)
    phone = forms.CharField(label="Téléphone", max_length=30, required=False)
    email = forms.EmailField(label="Courriel", required=False)
    address = forms.CharField(label="Adresse postale", max_length=200, required=False)
    postcode = forms.CharField(label="Code postal", max_length=10, required=False)
    head_days = forms.CharField(
        label="Quand joindre la direction",
        max_length=120,
        required=False,
        help_text="Par exemple\u00a0: mardi et vendredi.",
    )
    absence_words = forms.CharField(
        label="Comment prévenir d’une absence",
        max_length=200,
        required=False,
        help_text="Par exemple\u00a0: au téléphone, avant 8 h 30.",
    )
    enrolment_words = forms.CharField(
        label="Comment inscrire son enfant", max_length=1500, required=False, widget=forms.Textarea(attrs={"rows": 5})
    )

    def clean(self):
        data = super().clean()
        hours = [data.get(name) for name in HOURS]
        if not data.get("days"):
            data.update(dict.fromkeys(HOURS))
        elif None in hours and not any(name in self.errors for name in HOURS):
            missing = HOURS[hours.index(None)]
            self.add_error(missing, f"Une heure manque{NBSP}: écrivez les quatre, ou ne publiez pas les horaires.")
        elif None not in hours and not hours[0] < hours[1] <= hours[2] < hours[3]:
            self.add_error("morning_from", f"Les heures ne se suivent pas{NBSP}: relisez-les dans l’ordre du jour.")
        return data


class CitySiteForm(Form):
    """What the law asks a public site to say, and the last accessibility audit."""

    marks_optional = False
    publisher = forms.CharField(label="Éditeur\u00a0: service, adresse, téléphone", max_length=300, required=False)
    director = forms.CharField(label="Direction de la publication", max_length=120, required=False)
    host = forms.CharField(label="Hébergeur\u00a0: nom, adresse, téléphone", max_length=300, required=False)
    data_contact = forms.CharField(
        label="Délégué à la protection des données\u00a0: comment l’écrire", max_length=200, required=False
    )
    access_contact = forms.CharField(label="Contact pour l’accessibilité", max_length=200, required=False)
    audited_on = forms.DateField(label="Date du dernier audit d’accessibilité", required=False)
    audited_by = forms.CharField(label="Audit fait par", max_length=120, required=False)
    audit_percent = forms.IntegerField(
        label="Critères respectés, en %",
        min_value=0,
        max_value=100,
        required=False,
        help_text="Sans audit, le site se déclare non conforme.",
    )

    def clean(self):
        data = super().clean()
        if (data.get("audited_on") is None) != (data.get("audit_percent") is None) and not self.errors:
            missing = "audited_on" if data.get("audited_on") is None else "audit_percent"
            self.add_error(missing, f"Un audit a une date et un résultat{NBSP}: donnez les deux, ou aucun.")
        return data


class SearchForm(Form):
    """Looking for a school by its name."""

    q = forms.CharField(label="Nom de l’école", max_length=80, required=False)
