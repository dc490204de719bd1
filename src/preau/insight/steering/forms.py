"""A digest noted on paper, to compare with the chain's."""

from django import forms

from preau.kit.forms import Form
from preau.kit.money import NBSP


class NotedForm(Form):
    """Both fields or none: without them the chain is only compared with itself."""

    marks_optional = False
    numero = forms.IntegerField(label="Ligne notée", min_value=1, max_value=2**31 - 1, required=False)
    empreinte = forms.RegexField(
        r"^\s*[0-9a-fA-F]{8,64}\s*$",
        label="Son empreinte",
        required=False,
        error_messages={"invalid": f"Cette empreinte n’est pas complète{NBSP}: recopiez au moins 8 signes."},
    )

    def clean(self):
        found = super().clean()
        if not self.errors and bool(found.get("numero")) != bool(found.get("empreinte")):
            raise forms.ValidationError(
                f"Il manque une des deux notes{NBSP}: écrivez la ligne et son empreinte, ou rien."
            )
        return found

    @property
    def noted(self) -> dict:
        """What `journal.queries.verify_chain` compares."""
        return {
            "known_number": self.cleaned_data.get("numero") or 0,
            "known_digest": self.cleaned_data.get("empreinte", "").strip(),
        }
