"""What is shown otherwise to one pupil."""

from dataclasses import fields

from django.db import models

from preau.kit.models import Row
from preau.kit.pages.pupils import Arrangement
from preau.kit.privacy import Privacy
from preau.people.models import Person


class PupilDisplayQuerySet(models.QuerySet):
    def not_by_ear(self):
        """Of pupils to whom a sound alone would not say it (users.md, rule 8)."""
        return self.filter(models.Q(has_subtitles=True) | models.Q(signs_first=True))


class PupilDisplay(Row):
    """« Affichage aménagé »: how a pupil's pages are drawn (kit.pages.pupils.Arrangement). Never why, and named after
    no trouble; a pupil without a row sees pages as they are."""

    class Font(models.TextChoices):
        HOUSE = "", "Celles de Préau"
        LEXEND = "lexend", "Lexend, plus large"
        OPEN_DYSLEXIC = "opendyslexic", "OpenDyslexic, plus lourde en bas"

    class Pace(models.IntegerChoices):
        NONE = 0, "Non"
        SLOW = 6, "Lent, 6\u00a0secondes"
        MIDDLE = 4, "Moyen, 4\u00a0secondes"
        QUICK = 2, "Rapide, 2\u00a0secondes"

    pupil = models.OneToOneField(Person, models.CASCADE, related_name="display", verbose_name="élève")
    fewer_tiles = models.BooleanField("quatre images au plus", default=False)
    is_spaced = models.BooleanField("lettres et lignes espacées", default=False)
    font = models.CharField("lettres", max_length=12, choices=Font.choices, blank=True)
    has_guide = models.BooleanField("règle de lecture", default=False)
    is_read_aloud = models.BooleanField("lecture à voix haute", default=False)
    has_subtitles = models.BooleanField("sous-titres", default=False)
    is_stepped = models.BooleanField("deux touches", default=False)
    scans_every = models.PositiveSmallIntegerField("une seule touche", choices=Pace.choices, default=0)
    signs_first = models.BooleanField("la langue des signes d’abord", default=False)

    objects = PupilDisplayQuerySet.as_manager()

    privacy = Privacy(
        holds="affichage choisi pour un élève (images, lettres, voix, sous-titres, signes…)\u00a0; jamais la raison",
        why="que chaque élève lise et touche ses pages",
        keeps="3 mois après la sortie de l’école",
        subjects=("pupil",),
    )

    class Meta:
        verbose_name = "affichage aménagé"

    @property
    def told(self) -> str:
        """« quatre images au plus, règle de lecture »: what was chosen, to who arranges it."""
        chosen = [field for field in fields(Arrangement) if getattr(self, field.name)]
        return ", ".join(self._meta.get_field(field.name).verbose_name for field in chosen)

    @property
    def arrangement(self) -> Arrangement:
        return Arrangement(**{field.name: getattr(self, field.name) for field in fields(Arrangement)})
