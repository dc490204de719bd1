"""The languages a person may read better than French."""

from django.db import models


class Language(models.TextChoices):
    """Codes of BCP 47; each label follows « lit plutôt ». Empty on a person: French, as far as one knows."""

    ALBANIAN = "sq", "l’albanais"
    ENGLISH = "en", "l’anglais"
    ARABIC = "ar", "l’arabe"
    ARMENIAN = "hy", "l’arménien"
    CHINESE = "zh", "le chinois"
    DARI = "prs", "le dari"
    SPANISH = "es", "l’espagnol"
    GEORGIAN = "ka", "le géorgien"
    PASHTO = "ps", "le pachto"
    PORTUGUESE = "pt", "le portugais"
    ROMANIAN = "ro", "le roumain"
    RUSSIAN = "ru", "le russe"
    SOMALI = "so", "le somali"
    TAMIL = "ta", "le tamoul"
    TURKISH = "tr", "le turc"
    UKRAINIAN = "uk", "l’ukrainien"
    VIETNAMESE = "vi", "le vietnamien"
    OTHER = "und", "une autre langue que le français"
