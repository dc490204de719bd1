"""What is typed, drawn and recorded on a page."""

import uuid

from django import forms

from preau.ent.portfolio import domains
from preau.ent.portfolio.actions import Content, NewPiece
from preau.ent.portfolio.models import MOST_OBSERVED, MOST_PICTURES, Piece
from preau.kit.forms import Form, LineField
from preau.kit.money import NBSP
from preau.media.fields import DrawingField, PicturesField, VoiceField, heard_field, leave_out_voices
from preau.schools.fields import SentOnce

TEXT = forms.Textarea(attrs={"rows": 5, "class": "input", "data-kept": ""})
TITLE = forms.TextInput(attrs={"class": "input", "data-kept": ""})
NOBODY = f"Aucun élève n’est choisi{NBSP}: cochez au moins un nom."


class PageForm(SentOnce):
    """One page: words, pictures, a drawing, a voice. `children`: of whom, when it may be of several; `is_nursery` asks
    the domains, `observed` are the author's former entries in each; `for_pupil` speaks to the child who writes."""

    marks_optional = False  # anything is enough
    everyone = forms.BooleanField(label="Pour toute la classe", required=False)
    children = forms.ModelMultipleChoiceField(
        label="Pour qui", queryset=None, widget=forms.CheckboxSelectMultiple, required=False
    )
    pictures = PicturesField(label="Photos", required=False, most=MOST_PICTURES)
    alt = forms.CharField(
        label=f"Sur la photo, que voit-on{NBSP}?",
        max_length=200,
        required=False,
        help_text="Quelques mots, pour les personnes qui ne voient pas la photo.",
    )
    title = LineField(label="Titre", max_length=120, required=False, widget=TITLE)
    text = forms.CharField(label="Texte", max_length=3000, required=False, widget=TEXT)
    domains = forms.MultipleChoiceField(
        label="Domaines d’apprentissage", required=False, widget=forms.CheckboxSelectMultiple
    )
    drawing = DrawingField(label="Dessin", required=False)
    recording = VoiceField(label="Voix")
    heard = heard_field("Ce qu’on entend dans la voix", attrs={"data-kept": ""})
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, children=None, is_nursery=False, observed=None, for_pupil=False, shown=None, **kwargs):
        super().__init__(*args, **kwargs)
        leave_out_voices(self)
        self.shown = shown
        if children is None:
            del self.fields["children"], self.fields["everyone"]
        else:
            self.fields["children"].queryset = children
            self.fields["children"].label_from_instance = lambda child: child.full_name
        if is_nursery:
            self._ask_domains(observed or {})
        else:
            del self.fields["domains"]
        if for_pupil or "recording" not in self.fields and not (shown and shown.voices):
            del self.fields["heard"]  # of a pupil's voice, who reads it over writes it
        if for_pupil:
            self._say_tu()
        else:
            self.fields[
                "title"
            ].help_text = f"Ce que l’enfant a fait ou réussi. Par exemple{NBSP}: «{NBSP}Je compte jusqu’à dix{NBSP}»."
        if shown:
            self._take(shown)

    def _ask_domains(self, observed):
        self.fields["domains"].choices = list(domains.labels().items())
        self.known = observed
        for code, label in domains.labels().items():
            line = forms.TextInput(attrs={"class": "input", "data-kept": "", "list": f"known-{code}"})
            self.fields[f"observed_{code}"] = LineField(
                label=f"Ce que l’enfant réussit ({label})", max_length=MOST_OBSERVED, required=False, widget=line
            )

    def domain_lines(self):
        """(the box of a domain, the line under it, its code, what the author wrote there before)"""
        boxes = self["domains"].subwidgets if "domains" in self.fields else ()
        return [
            (box, self[f"observed_{code}"], code, self.known.get(code, ()))
            for box, code in zip(boxes, domains.labels(), strict=True)
        ]

    def _say_tu(self):
        fields = self.fields
        fields["title"].label, fields["text"].label = "Le titre de ta page", f"Que veux-tu raconter{NBSP}?"
        fields["alt"].help_text = "Quelques mots, pour celles et ceux qui ne voient pas la photo."
        fields["pictures"].label, fields["drawing"].label = "Tes photos", "Ton dessin"
        if "recording" in fields:
            fields["recording"].label, fields["recording"].help_text = "Ta voix", "Une minute au plus."

    def _take(self, shown):
        page = shown.page
        self.initial |= {"title": page.title, "text": page.text, "domains": page.domains, "version": page.version}
        self.initial["heard"] = "".join(piece.heard for piece in shown.voices)
        self.initial |= {f"observed_{code}": words for code, words in page.observed.items()}
        for piece in self.held:
            self.fields[f"remove_{piece.pk.hex}"] = forms.BooleanField(
                label=f"Retirer ({piece.get_sort_display()})", required=False
            )

    @property
    def held(self) -> list[Piece]:
        """What is on the page already."""
        return [*self.shown.pictures, *self.shown.voices] if self.shown else []

    def held_fields(self):
        """(a piece, the box that takes it out)"""
        return [(piece, self[f"remove_{piece.pk.hex}"]) for piece in self.held]

    def clean(self):
        values = super().clean()
        if values.get("everyone"):
            values["children"] = self.fields["children"].queryset
        elif "children" in values and not values["children"]:
            self.add_error("children", NOBODY)
        if not self.errors and not self.shown and not any(values.get(name) for name in self._enough()):
            self.add_error(
                "text", f"Rien n’est sur cette page{NBSP}: écrivez une phrase, ou ajoutez une photo ou un dessin."
            )
        return values

    def _enough(self):
        """Fields one of which makes a page: a domain ticked alone says nothing of the child."""
        observed = [name for name in self.fields if name.startswith("observed_")]
        return ("title", "text", "pictures", "drawing", "recording", *observed)

    def content(self) -> Content:
        """The words of a clean form."""
        values = self.cleaned_data
        observed = {code: values.get(f"observed_{code}") or "" for code in domains.labels()}
        return Content(values.get("title") or "", values.get("text") or "", values.get("domains") or (), observed)

    def pieces(self) -> list[NewPiece]:
        """What came with them."""
        values = self.cleaned_data
        found = [NewPiece(Piece.Sort.PHOTO, drawn, values["alt"]) for drawn in values.get("pictures") or ()]
        found += [NewPiece(Piece.Sort.DRAWING, drawn) for drawn in values.get("drawing") or ()]
        if values.get("recording"):
            found.append(NewPiece(Piece.Sort.VOICE, values["recording"][0], heard=values.get("heard") or ""))
        return found

    def removed(self) -> list[uuid.UUID]:
        """Ids of the pieces to take out."""
        return [piece.pk for piece in self.held if self.cleaned_data.get(f"remove_{piece.pk.hex}")]


class RemarkForm(Form):
    """What the pupil does again."""

    remark = LineField(label="Ce que l’élève reprend", max_length=300)
