"""How a space is addressed and called: rooms below `portal` lead back to its life, which `portal` draws."""

from preau.places.models import kind_of

SEGMENTS = {"classroom": "classe", "group": "groupe", "school": "ecole", "city": "ville"}
WORDS = {  # « la vie de la classe », « dans la vie de la classe »
    "classroom": "de la classe",
    "group": "du groupe",
    "school": "de l’école",
    "city": "de la Ville",
}


def life_address(place) -> str:
    """« /classe/<id>/vie/ »."""
    return f"/{SEGMENTS[kind_of(place)]}/{place.pk}/vie/"


def words(place) -> str:
    """How the space is called in a sentence."""
    return WORDS[kind_of(place)]
