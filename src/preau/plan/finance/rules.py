"""Who reads what the city paid, and writes it: the city's own people; the State reads totals elsewhere (plan.md)."""

from preau.kit.answers import No, Yes
from preau.people.models import CITY_ROLES
from preau.people.queries import current_mandates
from preau.places.models import City
from preau.plan.equipment.models import Expense, Subscription
from preau.plan.equipment.rules import writer_role


def cities_read_by(person, today):
    """Cities whose expenses the person reads line by line."""
    mandates = current_mandates(person, today) if person else ()
    return City.objects.filter(id__in=[m.city_id for m in mandates if m.role in CITY_ROLES and m.city_id])


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
