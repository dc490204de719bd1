"""What cards of pupils say on paper, and until when. Apart from `printing`, which a process draws without Django's
settings."""

from datetime import date, datetime

from django.utils.timezone import localdate

from preau.kit.dates import day_text, school_year_bounds, school_year_label
from preau.kit.paper import draw_sheet
from preau.people.queries.cards import CODE_COLOURS

PRINTING = "preau.schools.printing"


def last_day(today: date) -> str:
    """« 31 août 2027 »: until when a card printed that day serves."""
    return day_text(school_year_bounds(school_year_label(today))[1])


def cards_of(made, kind: str, classroom, address: str, now: datetime) -> bytes:
    """The PDF of (line, token): `address` is the page that a telephone opens, the token in its fragment."""
    at_home = kind == "home"
    until = last_day(localdate(now))
    said = (
        "Avec un adulte, vise ce carré avec l’appareil photo d’un téléphone."
        if at_home
        else "En classe, montre ce carré à la tablette ou à l’ordinateur."
    )
    content = [
        {
            "name": line.called,
            "about": "Ma carte de la maison" if at_home else classroom.name,
            "sign": [line.sign.picture, line.sign.colour],
            "said": said,
            "small": f"Perdue\u00a0? Dis-le en classe. Elle sert jusqu’au {until}.",
            "target": f"{address}#{token}",
        }
        for line, token in made
    ]
    title = f"Cartes {'de la maison' if at_home else 'de la classe'}, {classroom.name}, {classroom.school.full_name}"
    return draw_sheet(PRINTING, title, now, what="cards", rows=content)


def pictures_of(lines, classroom, now: datetime) -> bytes:
    """The PDF of the four pictures of each."""
    content = [
        {
            "name": line.called,
            "about": "Mes images. Je ne les montre à personne.",
            "sign": [line.sign.picture, line.sign.colour] if line.sign else None,
            "pictures": [[picture, CODE_COLOURS[picture]] for picture in line.pictures],
        }
        for line in lines
    ]
    title = f"Images des élèves, {classroom.name}, {classroom.school.full_name}"
    return draw_sheet(PRINTING, title, now, what="pictures", rows=content)
