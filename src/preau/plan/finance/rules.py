"""Who reads what the city paid, and writes it: the city's own people; the State reads totals elsewhere (plan.md)."""

from preau.kit.answers import No, Yes
from preau.people.models import CITY_ROLES
from preau.people.queries.grounds import Grounds
from preau.places.models import City
from preau.plan.equipment.models import Expense, Subscription
from preau.plan.equipment.rules import writer_role

# Who may, by the place where the role is held (people.queries.grounds).
READS = Grounds("city", city=CITY_ROLES)


def cities_read_by(person, today):
    """Cities whose expenses the person reads line by line."""
    return City.objects.filter(READS.where(person, today))


def expenses_visible_to(person, today):
    """Expenses of those cities, withdrawn ones too."""
    return Expense.objects.filter(school__city__in=cities_read_by(person, today))


def can_write_expenses(person, city, today):
    """What was paid: the city's finance, and those who write its plan (plan.md, permission matrix, « Prices »)."""
    if writer_role(person, city, today):
        return Yes()
    return No("Les finances, la Direction Éducation et l’informatique des écoles de cette Ville écrivent ses dépenses.")


def subscriptions_visible_to(person, today):
    """Subscriptions of those cities, withdrawn ones too; `/plan/` shows those that stand to whoever reads the plan."""
    return Subscription.objects.filter(school__city__in=cities_read_by(person, today))
