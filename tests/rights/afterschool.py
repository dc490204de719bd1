"""What the matrix asks of the périscolaire: the city's file, a line only its school can tell, one of a site's team."""

from django.utils.timezone import now

from preau.ent.afterschool import actions as services
from preau.people.models import Mandate


def service_file(world, *, is_applied=False):
    """The city's file, with a child that only the school can tell."""
    city, person = world.cities["marelle"], world.people["city_education"]
    school = world.schools["tilleuls"].name
    data = f"Nom;Prénom;École;Service;Jours\nPassant;Noé;{school};cantine;lundi\n".encode()
    file = services.read_services(city=city, name="services.csv", data=data, person=person, now=now())
    return services.apply_services(file=file, seen=None, person=person, now=now()) if is_applied else file


SAMPLES = {
    "agent_id": lambda world: Mandate.objects.get(person=world.people["animator"]).id,
    "service_file_id": lambda world: service_file(world).id,
    "service_line_id": lambda world: service_file(world, is_applied=True).lines.get().id,
}
