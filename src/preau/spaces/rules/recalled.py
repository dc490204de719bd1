"""What who read a thing is told once it is recalled: whom to ask why, which is who said it."""

from django.utils.translation import gettext_noop as _

from preau.spaces import audiences
from preau.spaces.models import Publication

BY_SCHOOL = _(
    "Cette publication a été retirée\u00a0: elle n’est plus montrée à personne. Pour savoir pourquoi, demandez à la "
    "direction de l’école."
)
BY_CITY = _(
    "Cette publication a été retirée\u00a0: elle n’est plus montrée à personne. Pour savoir pourquoi, demandez à la "
    "Direction Éducation de la Ville."
)
BY_SITE = _(
    "Cette publication a été retirée\u00a0: elle n’est plus montrée à personne. Pour savoir pourquoi, demandez à la "
    "personne responsable du site périscolaire."
)
# The State says it to its own staff, who read French.
BY_DISTRICT = (
    "Cette publication a été retirée\u00a0: elle n’est plus montrée à personne. Pour savoir pourquoi, demandez à l’IEN."
)
BY_DEPARTMENT = (
    "Cette publication a été retirée\u00a0: elle n’est plus montrée à personne. Pour savoir pourquoi, demandez à la "
    "DSDEN."
)
BY = {
    audiences.CITY: BY_CITY,
    audiences.NETWORK: BY_CITY,  # the city makes networks, and answers for what they say
    audiences.AFTERSCHOOL: BY_SITE,
    audiences.DISTRICT: BY_DISTRICT,
    audiences.DEPARTMENT: BY_DEPARTMENT,
}


def recalled_text(publication: Publication) -> str:
    """By the place that it was said from; a school for its classes and groups. No query."""
    return BY.get(publication.place_kind, BY_SCHOOL)
