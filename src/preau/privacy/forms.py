"""What the operator records once the papers are signed."""

from django import forms

from preau.kit.forms import Form


class OpeningForm(Form):
    """`schools`: those of the city that are not open yet; none is chosen before who records says so."""

    schools = forms.MultipleChoiceField(
        label="Écoles dont les papiers sont signés", widget=forms.CheckboxSelectMultiple
    )
    signed_on = forms.DateField(label="Signés le", help_text="Le jour de la dernière signature.")
    signed_by = forms.CharField(
        label="Signés par",
        max_length=200,
        help_text="Les signataires et leur titre. Par exemple\u00a0: la maire, le DASEN, le DPO de la Ville.",
    )
    told = forms.BooleanField(
        label="La notice aux familles est remise, la convention est signée, l’AIPD a l’avis du DPO"
    )

    def __init__(self, *args, schools, **kwargs):
        super().__init__(*args, **kwargs)
        self.by_id = {str(school.pk): school for school in schools}
        self.fields["schools"].choices = [(pk, school.shown_name) for pk, school in self.by_id.items()]

    def clean(self):
        """As `schools.actions.open_to_families` takes it."""
        values = super().clean()
        values.pop("told", None)
        values["schools"] = [self.by_id[pk] for pk in values.get("schools", ())]
        return values
