"""What goes before both committees: a COTECH gives its opinion, then a COPIL decides."""

from django.db import models
from django.db.models import Q

from preau.kit.privacy import Privacy
from preau.kit.rows import Row

NO_PERSON = Privacy.none("préparer à plusieurs les choix du plan numérique")


class Authority(models.TextChoices):
    """The two who steer; each writes its own acts (mission, « two authorities, one record »)."""

    CITY = "city", "Ville"
    STATE = "state", "Éducation nationale"


class Steered(Row):
    """Keeps the number and the words of both acts; committees live in a room above (decision 0013)."""

    opinion_id = models.UUIDField("avis du COTECH", null=True, blank=True)
    opinion_number = models.CharField("numéro de l’avis", max_length=12, blank=True)
    opinion_on = models.DateField("avis rendu le", null=True, blank=True)
    opinion_text = models.TextField("texte de l’avis", blank=True)
    decision_id = models.UUIDField("décision du COPIL", null=True, blank=True)
    decision_number = models.CharField("numéro de la décision", max_length=12, blank=True)
    decided_on = models.DateField("décidé le", null=True, blank=True)
    decision_reason = models.TextField("motif de la décision", blank=True)

    class Meta:
        abstract = True


def without_acts() -> Q:
    """Before the COTECH."""
    return Q(opinion_id=None, opinion_on=None, decision_id=None, decided_on=None)


def with_opinion() -> Q:
    """After the COTECH, before the COPIL."""
    return Q(opinion_id__isnull=False, opinion_on__isnull=False, decision_id=None, decided_on=None)


def with_decision() -> Q:
    """After both; the COPIL says why."""
    both = Q(opinion_id__isnull=False, opinion_on__isnull=False, decision_id__isnull=False, decided_on__isnull=False)
    return both & ~Q(decision_reason="")
