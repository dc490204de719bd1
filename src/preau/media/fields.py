"""Fields that take files: what is kept of each, or why it cannot be."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from preau.kit.forms import Form
from preau.kit.money import NBSP
from preau.media import documents, images, videos, voices
from preau.media.actions import MAX_PICTURES
from preau.media.models import MOST_HEARD

PICTURES = "image/jpeg,image/png,image/webp"
MOST_MEGABYTES = 10  # of one file
DANGEROUS = "dangerous"  # the code of an error that the journal is told of
SIZE = f"Un PDF de 60{NBSP}pages au plus, ou une photo, de {MOST_MEGABYTES}{NBSP}Mo au plus."
PDF_SIZE = f"Un PDF de 60{NBSP}pages et {MOST_MEGABYTES}{NBSP}Mo au plus."
VOICE = "Une minute au plus. Rien sur la santé d’un enfant."
TOO_HEAVY = f"Ce fichier dépasse {MOST_MEGABYTES}{NBSP}Mo. Choisissez-en un plus léger."
TOO_MANY = _("%(count)d fichiers, c’est trop\u00a0: choisissez-en %(most)d au plus.")


class FilesInput(forms.ClearableFileInput):
    """One file or several; a telephone offers its camera too."""

    template_name = "django/forms/widgets/file.html"

    def __init__(self, *, several=False, **attrs):
        self.allow_multiple_selected = several
        super().__init__({"class": "input", "data-most": MOST_MEGABYTES, **attrs})


class DocumentsField(forms.FileField):
    """PDF and pictures, `most` at once: a list of (document, the name it is shown under). Without `pictures`, they are
    not offered; the action refuses them."""

    def __init__(self, *, most=1, pictures=True, **more):
        self.most = most
        size = SIZE if pictures else PDF_SIZE
        more.setdefault(
            "help_text", size if most == 1 else f"{most} au plus, chacun{NBSP}: {size[0].lower()}{size[1:]}"
        )
        accepted = documents.ACCEPTED if pictures else documents.PDF
        super().__init__(widget=FilesInput(several=most > 1, accept=accepted), **more)

    def clean(self, data, initial=None):
        files = [file for file in (data if isinstance(data, list | tuple) else [data]) if file]
        if self.required and not files:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        if len(files) > self.most:
            raise forms.ValidationError(gettext(TOO_MANY) % {"count": len(files), "most": self.most})
        return [(read_file(file, documents.take, len(files) > 1), shown_name(file.name)) for file in files]


class PicturesInput(forms.ClearableFileInput):
    """One or several pictures; the telephone offers its camera and its album."""

    template_name = "django/forms/widgets/file.html"

    def __init__(self, *, several=True, **attrs):
        self.allow_multiple_selected = several
        super().__init__({"accept": PICTURES, **attrs})


class PicturesField(forms.FileField):
    """Each file is drawn again; the first that cannot be says why, by its name when there are several."""

    def __init__(self, *, most, **more):
        self.most = most
        super().__init__(**{"widget": PicturesInput(several=most > 1)} | more)

    def clean(self, data, initial=None):
        files = [file for file in (data if isinstance(data, list | tuple) else [data]) if file]
        if len(files) > self.most:
            raise forms.ValidationError(f"{len(files)} photos, c’est trop{NBSP}: choisissez-en {self.most}.")
        return [self._drawn(file, len(files) > 1) for file in files]

    @staticmethod
    def _drawn(file, named):
        if file.size > images.MAX_BYTES:
            raise forms.ValidationError(images.TOO_HEAVY, code="heavy")
        try:
            return images.draw_again(file.read(), file.name)
        except images.NotAPicture as refusal:
            raise forms.ValidationError(f"{file.name}{NBSP}: {refusal}" if named else str(refusal)) from None


class DrawingField(PicturesField):
    """A drawing made in the page (media/draw.js), which arrives as a picture; without script, one is chosen."""

    def __init__(self, **more):
        super().__init__(**{"most": 1, "widget": PicturesInput(several=False, **{"data-draw": ""})} | more)


class VoiceField(forms.FileField):
    """A voice of a minute, or of `seconds`, recorded in the page or chosen: (what was sent, its name), or None."""

    def __init__(self, *, seconds=voices.MOST_SECONDS, **more):
        more = {"label": "Message vocal", "required": False, "help_text": VOICE} | more
        lasts = {"data-record": "", "data-seconds": seconds}
        super().__init__(widget=FilesInput(accept="audio/*", capture="user", **lasts), **more)

    def clean(self, data, initial=None):
        return (read_file(data, voices.take), "Message vocal") if data else None


class VideoField(forms.FileField):
    """A minute and a half filmed, or chosen: the `documents.Document` that a job will write again, or None."""

    def __init__(self, **more):
        size = f"{videos.MOST_SECONDS}{NBSP}secondes et {videos.MOST_MEGABYTES}{NBSP}Mo au plus."
        more = {"label": "La vidéo", "help_text": size} | more
        weighs = {"data-most": videos.MOST_MEGABYTES}
        super().__init__(widget=FilesInput(accept=videos.ACCEPTED, **weighs), **more)

    def clean(self, data, initial=None):
        if not data:
            return super().clean(data, initial)
        try:
            return videos.take(data, data.name)
        except documents.NotADocument as refusal:
            raise forms.ValidationError(str(refusal)) from None


VIDEO_BYTES = (videos.MOST_MEGABYTES + 1) * 1024 * 1024  # of the form that takes one


def offers_videos() -> bool:
    """Whether this machine writes them again."""
    return bool(videos.programme())


def join_voice(values: dict) -> None:
    """Of the values of a form, its `recording` goes with its `files`."""
    recording, files = values.pop("recording", None), values.get("files") or []
    values["files"] = [*files, *([recording] if recording else [])]


def leave_out_voices(form):
    """Of a form, where nothing would write them again."""
    if not voices.programme():
        for name in [name for name, field in form.fields.items() if isinstance(field, VoiceField)]:
            del form.fields[name]


def is_dangerous(form) -> bool:
    """Whether the antivirus refused a file of this form: the journal is to know."""
    return any(form.has_error(field, DANGEROUS) for field in form.fields)


def read_file(file, take, is_named=False):
    """Weighed before it is read; why it is refused is said in the language of the page. `is_named` says which one."""
    start = f"{shown_name(file.name)}{NBSP}: " if is_named else ""
    if file.size > MOST_MEGABYTES * 1024 * 1024:
        raise forms.ValidationError(f"{start}{gettext(TOO_HEAVY)}")
    try:
        return take(file.read(), file.name)
    except documents.Dangerous as refusal:
        raise forms.ValidationError(f"{start}{gettext(str(refusal))}", code=DANGEROUS) from None
    except documents.NotADocument as refusal:
        raise forms.ValidationError(f"{start}{gettext(str(refusal))}") from None


def shown_name(name: str) -> str:
    """What a file is called, without its extension nor anything that does not print."""
    stem = name.rpartition(".")[0] or name
    said = "".join(sign if sign.isprintable() and sign not in '/\\<>"' else " " for sign in stem)
    return " ".join(said.split())[:80] or "document"


ALTS = [f"alt{rank}" for rank in range(1, MAX_PICTURES + 1)]  # in the order of the pictures sent


def alt_field(called, **more):
    """What is seen on a picture, for who does not see it."""
    return forms.CharField(label=f"{called}{NBSP}: que voit-on{NBSP}?", max_length=200, required=False, **more)


def heard_field(label, *, attrs=(), **more):
    """What one hears in a voice or a video, for who does not hear it (users.md, rule 8)."""
    widget = forms.Textarea(attrs={"rows": 2, "class": "input", **dict(attrs)})
    more = {"required": False, "help_text": "Se lit sous la voix."} | more
    return forms.CharField(label=label, max_length=MOST_HEARD, widget=widget, **more)


class PicturesForm(Form):
    """Pictures sent together, and what is seen on each, asked one by one in their order."""

    marks_optional = False  # a text or a picture is enough
    pictures = PicturesField(label="Photos", required=False, most=MAX_PICTURES)

    def __init__(self, *args, has_pictures, called="Photo", **kwargs):
        super().__init__(*args, **kwargs)
        if not has_pictures:
            del self.fields["pictures"]
            return
        for rank, name in enumerate(ALTS, start=1):
            self.fields[name] = alt_field(f"{called} {rank}")
        self.fields[ALTS[0]].help_text = "Quelques mots, pour les personnes qui ne voient pas la photo."

    def alt_fields(self):
        """A line for each picture that may be sent."""
        return [self[name] for name in ALTS]

    @staticmethod
    def sent(values) -> list[tuple[images.Drawn, str]]:
        """The pictures of a clean form, each with what is seen on it."""
        return [(drawn, values[name]) for drawn, name in zip(values.get("pictures") or [], ALTS, strict=False)]
