"""What the city writes of a network of schools, and a class of its week."""

from django import forms
from django.utils.translation import gettext_noop as _

from preau.ent.mail.fields import reason_field, words_field
from preau.kit.forms import Form, LineField
from preau.places.models import School
from preau.schools.fields import SentOnce


class NetworkForm(Form):
    """How it is called, and which schools of the city it brings together."""

    name = LineField(label="Nom du réseau", max_length=120, help_text="Par exemple\u00a0: REP des Coteaux.")
    schools = forms.ModelMultipleChoiceField(
        label="Écoles",
        queryset=School.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text="Une école est dans un seul réseau\u00a0: cochée ici, elle quitte celui où elle était.",
    )

    def __init__(self, *args, schools, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["schools"].queryset = schools


class ThingReportForm(Form):
    """« Signaler » what is read elsewhere than in a message: why, and whether it is hidden meanwhile."""

    marks_optional = False
    reason = reason_field()
    words = words_field()
    hurts = forms.BooleanField(
        label=_("Cela fait du mal à quelqu’un\u00a0: le cacher jusqu’à ce qu’un adulte l’ait lu"), required=False
    )


class WeekForm(SentOnce):
    """« Ce qu’on a appris »: a few sentences, and what of the week to lead to."""

    marks_optional = False
    text = forms.CharField(
        label="Qu’est-ce que les élèves ont appris cette semaine\u00a0?",
        max_length=1200,
        widget=forms.Textarea(attrs={"rows": 4, "class": "input"}),
        help_text="Deux ou trois phrases, comme vous le diriez à la grille.",
    )
    told = forms.MultipleChoiceField(
        label="Y joindre, pour relire à la maison", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, links, **kwargs):
        """`links`: what the class did that week, as `spaces.queries.links.Link`."""
        super().__init__(*args, **kwargs)
        self.known = {str(link.publication.pk): link.publication for link in links}
        self.fields["told"].choices = [
            (str(link.publication.pk), f"{link.label}\u00a0: {link.words or 'des photos'}") for link in links
        ]
        if not links:
            del self.fields["told"]

    def clean_told(self):
        return [self.known[key] for key in self.cleaned_data["told"]]
