"""The base of every table of Préau, and how an action takes a row before it writes it."""

from django.db import models
from django.db.models import Value
from django.db.models.functions import Cast
from django.utils.translation import gettext_noop as _

from preau.kit.answers import Conflict
from preau.kit.ids import uuid7
from preau.kit.privacy import Privacy


class Row(models.Model):
    """A row with a time-ordered identifier. Each model declares its `privacy`; tests/house checks it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    privacy: Privacy

    class Meta:
        abstract = True


KEPT_ALREADY = (
    "Cette page est déjà partie, ou gardée, avec un autre texte, d’autres fichiers ou d’autres réglages\u00a0: ouvrez "
    "ce que vous aviez écrit, et corrigez-le."
)
GONE = _("Ce que vous vouliez changer n’existe plus. Rechargez la page.")
CHANGED = _(
    "Quelqu’un d’autre a changé cette page depuis que vous l’avez ouverte\u00a0: relisez-la, puis recommencez. "
    "Ce que vous avez écrit est encore là."
)
# No id, in a column that is united with ids: two NULL without a type are texts for PostgreSQL.
NO_ID = Cast(Value(None), models.UUIDField())


def one_or_none(rows: models.QuerySet):
    """The row of a set of at most one, or None. `first()` would sort it, and Django compares then each column that it
    reads with what it sorts by: a twentieth of the CPU of a page."""
    return next(iter(rows.order_by()), None)


def is_among(path: str, rows: models.QuerySet) -> models.Exists:
    """Of each row that a query finds, whether what its key `path` names is one of `rows`. « in » makes the list of them
    first: where they hang on an « or », a base reads for it all that a city wrote."""
    return models.Exists(rows.filter(pk=models.OuterRef(path)))


def in_any(path: str, *lists: models.QuerySet) -> models.Q:
    """Rows whose `path` is in one of these lists of ids (`values` of one column). Each list is read by its own index;
    an « or » of conditions on several tables has none, and the base would go through all it holds."""
    first, *others = (each.order_by() for each in lists)
    return models.Q((f"{path}__in", first.union(*others, all=True) if others else first))


def lock(row, *beside: str, version: int | None = None, changed: str = CHANGED, no_key: bool = False):
    """The row as it is now, kept from other writers until the transaction ends; `beside` are paths read with it.
    With `no_key`, others still add rows that point at it meanwhile.

    Raises Conflict when it is gone, or when its `version` is no longer the one the page showed, with the sentence
    `changed`.
    """
    rows = type(row)._default_manager.select_for_update(of=("self",), no_key=no_key)
    rows = rows.select_related(*beside) if beside else rows
    found = one_or_none(rows.filter(pk=row.pk))
    if found is None:
        raise Conflict(GONE)
    if version is not None and version != found.version:
        raise Conflict(changed)
    return found


def refuse_other(kept, sent) -> None:
    """Of a page sent again: raises Conflict unless all it says, and to whom, is what it left the first time."""
    if kept != sent:
        raise Conflict(KEPT_ALREADY, "text")


def keys_to(model) -> list:
    """The foreign keys of other tables to this one, those that give it no name (`related_name="+"`) too, which
    `_meta.related_objects` leaves out."""
    found = (each for each in model._meta.get_fields(include_hidden=True) if each.auto_created and not each.concrete)
    return [each for each in found if not each.many_to_many and not each.related_model._meta.auto_created]
