"""One parent, two sheets: the second sheet's person joins the account that is already open."""

from datetime import datetime

from django.db import IntegrityError, transaction

from preau.journal import actions as journal
from preau.kit.answers import Conflict
from preau.kit.rows import keys_to, lock
from preau.people import actions as people
from preau.people.models import ActivationCode, Contact, Person
from preau.schools.models import FormerPerson, Guardianship

USED = "Cette fiche vient de servir. Si c’était vous, vos enfants sont déjà ensemble\u00a0: revenez à l’accueil."


@transaction.atomic
def join_guardians(*, code: ActivationCode, kept: Person, person: Person, now: datetime) -> list[Person]:
    """The code's person becomes `kept`: children, contacts and all that speaks of them move, then they are no more.

    `rules.can_join_guardians` must have said yes. Returns the children gained. Raises Conflict if the code is dead.
    """
    if not people.use_activation_code(code=code, now=now):
        raise Conflict(USED)
    # Typed again, the code answers who has used it that the sheet is theirs.
    ActivationCode.objects.filter(pk=code.pk).update(person=kept)
    joined = lock(code.person)
    names = {"last_name": joined.last_name, "usage_name": joined.usage_name, "first_name": joined.first_name}
    children = _move_children(kept, joined)
    _carry_decisions(kept)
    if not kept.reading_language and joined.reading_language:
        kept.reading_language = joined.reading_language
        kept.save(update_fields=["reading_language"])
    _move_contacts(kept, joined)
    account = getattr(joined, "account", None)
    if account is not None:
        account.delete()  # made, and never entered: the rule said so
    _move_the_rest(kept, joined)
    journal.record(
        person_id=person.id,
        verb="join_guardians",
        subject=kept,
        now=now,
        about_id=kept.id,
        values={"former_id": joined.id, "children": [child.id for child in children], **names},
    )
    FormerPerson.objects.create(person=kept, former_id=joined.id, joined_at=now, **names)
    joined.delete()
    return children


def _move_children(kept, joined):
    """A link to a child both had stays once, with the stricter of the two restrictions."""
    children = []
    own = {link.child_id: link for link in kept.children_links.filter(ends_on=None)}
    for link in joined.children_links.select_related("child").order_by("starts_on", "id"):
        known = own.get(link.child_id) if link.ends_on is None else None
        if known is None:
            link.guardian = kept
            link.save(update_fields=["guardian"])
            if link.ends_on is None:
                children.append(link.child)
            continue
        if link.restricted_on and not known.restricted_on:
            known.restricted_on, known.restriction_reference = link.restricted_on, link.restriction_reference
        if known.authority == Guardianship.Authority.UNKNOWN:
            known.authority = link.authority
        known.is_priority = known.is_priority or link.is_priority
        known.save()
        link.delete()
    return children


def _carry_decisions(kept):
    """What was decided of a child under one of the two names holds for every link to it, ended ones too."""
    for decided in kept.children_links.decided():
        kept.children_links.filter(child=decided.child_id, restricted_on=None).update(
            restricted_on=decided.restricted_on, restriction_reference=decided.restriction_reference
        )


def _move_contacts(kept, joined):
    known = set(kept.contacts.values_list("kind", "match_key"))
    for contact in joined.contacts.all():
        if (contact.kind, contact.match_key) in known:
            contact.delete()
        else:
            contact.person = kept
            contact.save(update_fields=["person"])


def _move_the_rest(kept, joined):
    """What other rooms hang on a person follows too; a row that `kept` already has goes with the one who is joined."""
    done = {Guardianship, Contact, ActivationCode}
    for relation in keys_to(Person):
        model = relation.related_model
        if model in done:
            continue
        name = relation.field.name
        for row in model._base_manager.filter(**{name: joined}):
            setattr(row, name, kept)
            try:
                with transaction.atomic():
                    row.save(update_fields=[name])
            except IntegrityError:
                continue
