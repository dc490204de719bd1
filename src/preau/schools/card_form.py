"""The sign of a pupil, chosen among drawings."""

from django import forms

from preau.kit.forms import Form
from preau.people.models import Colour, Picture, PupilSign


class SignForm(Form):
    """A drawing and a colour."""

    picture = forms.ChoiceField(label="Dessin", choices=Picture.choices, widget=forms.RadioSelect)
    colour = forms.ChoiceField(label="Couleur", choices=Colour.choices, widget=forms.RadioSelect)

    def pictures(self):
        """(sign, word, whether it is chosen) of each drawing, in the colour chosen."""
        colour, chosen = self["colour"].value(), self["picture"].value()
        shown = colour if colour in Colour.values else Colour.BLUE
        return [(PupilSign(picture=value, colour=shown), words, value == chosen) for value, words in Picture.choices]

    def colours(self):
        """(sign, word, whether it is chosen) of each colour, shown on the drawing chosen."""
        picture, chosen = self["picture"].value(), self["colour"].value()
        shown = picture if picture in Picture.values else Picture.BALL
        return [(PupilSign(picture=shown, colour=value), words, value == chosen) for value, words in Colour.choices]
