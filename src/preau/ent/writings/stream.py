"""What this room gives to the stream and to the search: what pupils wrote, in the life of their class."""

import uuid

from django.utils.translation import gettext_noop as _

from preau.ent.writings import queries, rules
from preau.ent.writings.models import KIND
from preau.ent.writings.queries import WritingItem
from preau.spaces.kinds import Kind, Reader, Searched


def items_for(items, reader: Reader) -> dict[uuid.UUID, WritingItem]:
    """The texts of these feed items; one query. What one may do with each is on its own page."""
    found = queries.items_of(items, reader.person.pk, reader.today)
    for one in found.values():  # as rules.signed_to says it of others
        one.writing.is_signed = one.writing.is_signed or rules.is_team(reader.person, one.writing, reader.today)
    return found


KINDS = (Kind(KIND, items_for, "writings/_item.html"),)
# Found once it was published: what is being written is nobody else's.
SEARCHED = (Searched(KIND, _("Texte d’élève"), "writings:writing_detail", rules.writings_visible_to),)
