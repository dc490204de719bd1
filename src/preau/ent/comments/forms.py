"""The shape of a comment, and of what the team decides."""

from django import forms
from django.utils.translation import gettext_noop as _

from preau.ent.comments.models import LONGEST, Comment
from preau.kit.forms import Form
from preau.schools.fields import SentOnce


class CommentForm(SentOnce):
    """A few words."""

    marks_optional = False
    text = forms.CharField(
        label=_("Quelques mots"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3, "class": "input"}),
        help_text=_("L’équipe de la classe relit avant que les autres ne lisent."),
    )


class DecisionForm(Form):
    """A press of the team: the state that the page showed comes with it."""

    act = forms.ChoiceField(choices=[("show", "montrer"), ("refuse", "ne pas montrer")])
    seen = forms.ChoiceField(choices=Comment.State.choices)
    next = forms.CharField(required=False)
