"""What a guardian presses, and what a signed paper says."""

from django import forms

from preau.kit.forms import Form
from preau.media.models import Accord, Perimeter

REST = "rest"  # a no to all that is not answered yet


def name_of(kind: str, perimeter: int) -> str:
    """« image.3 », as an address or a field names a question."""
    return f"{kind}.{int(perimeter)}"


QUESTIONS = {name_of(kind, perimeter): (kind, perimeter) for kind in Accord.Kind for perimeter in Perimeter}


class AnswerForm(Form):
    """One press: « image.3.yes »."""

    say = forms.ChoiceField(
        choices=[(REST, REST), *((f"{name}.{one}",) * 2 for name in QUESTIONS for one in Accord.Answer)]
    )

    def answers(self, known) -> dict:
        """{(kind, perimeter): answer} of a valid form; `known`: what is answered already."""
        said = self.cleaned_data["say"]
        if said == REST:
            return {pair: Accord.Answer.NO for pair in QUESTIONS.values() if pair not in known}
        name, _, answer = said.rpartition(".")
        return {QUESTIONS[name]: answer}


class PaperForm(Form):
    """A paper that a guardian signed: what is ticked on it; what is not changes nothing."""

    marks_optional = False

    def __init__(self, *args, known, **kwargs):
        super().__init__(*args, **kwargs)
        for name, (kind, perimeter) in QUESTIONS.items():
            self.fields[name] = forms.ChoiceField(
                label=f"{kind.label}, {perimeter.label.lower()}",
                choices=[("", "rien n’est coché"), *Accord.Answer.choices],
                required=False,
            )
            accord = known.get((kind, perimeter))
            self.initial[name] = accord.answer if accord else ""

    def answers(self) -> dict:
        """{(kind, perimeter): answer} of what is ticked."""
        return {pair: self.cleaned_data[name] for name, pair in QUESTIONS.items() if self.cleaned_data[name]}
