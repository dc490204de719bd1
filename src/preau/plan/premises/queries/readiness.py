"""Whether a school can receive its equipment: derived gate by gate, never ticked (mission D9; AC-14, AC-18, AC-21)."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from django.conf import settings
from django.db.models import Q

from preau.kit.dates import day_text
from preau.kit.money import NBSP
from preau.kit.prepared import KEPT_WRITTEN, Prepared, one_of_asked
from preau.places.models import School
from preau.plan.equipment.models import CART_MASTERS
from preau.plan.equipment.queries import UNTOLD, is_renewed, with_renewal
from preau.plan.premises.models import InternetLink, Lack, rate_text
from preau.plan.premises.queries.known import with_premises

GATE_LABELS = {
    "link": "Liaison Internet", "school_cabled": "École câblée", "rooms_cabled": "Salles de classe câblées",
    "store": "Réserve sécurisée et alimentée", "council": "Conseil d’école informé du Wi-Fi",
}  # fmt: skip

SEEN_NONE = {
    "link": "Aucune liaison Internet", "school_cabled": "L’école n’est pas câblée",
    "rooms_cabled": "Aucune salle n’est câblée", "store": "Aucune réserve sécurisée",
}  # fmt: skip


@dataclass(frozen=True)
class Gate:
    """One condition. `since` is the day it was met, when that day is known; `reason` is a sentence either way."""

    key: str
    is_met: bool
    since: date | None
    reason: str
    is_known: bool = True  # False: nobody noted anything of it; it is not met, and it is not known to lack
    seen_on: date | None = None  # somebody saw that there is none, and nothing else is known

    @property
    def word(self) -> str:
        return "oui" if self.is_met else "non" if self.is_known else UNTOLD

    @property
    def label(self) -> str:
        return GATE_LABELS[self.key]


@dataclass(frozen=True)
class Readiness:
    """The gates of a school. « council » is there only when its kit in force has Wi-Fi, or no kit is in force."""

    gates: tuple[Gate, ...]
    warnings: tuple[str, ...] = ()
    is_up_to_date: bool = False  # its classes all have the kit in force: what lacks here is only to be noted

    @property
    def is_ready(self) -> bool:
        return all(gate.is_met for gate in self.gates)

    @property
    def is_known(self) -> bool:
        """Whether there is an answer: the school is ready, or one condition at least is known not to be met."""
        return self.is_ready or any(gate.is_known for gate in self.missing)

    @property
    def word(self) -> str:
        return "oui" if self.is_ready else "non" if self.is_known else UNTOLD

    @property
    def missing(self) -> tuple[Gate, ...]:
        """Not met, or not known to be."""
        return tuple(gate for gate in self.gates if not gate.is_met)

    def gate(self, key: str) -> Gate | None:
        """The gate of that name; None when it does not apply."""
        return next((gate for gate in self.gates if gate.key == key), None)


def readiness_of(school, today: date) -> Readiness:
    """One school; two reads."""
    return readiness_of_many([school], today)[school.pk]


def readiness_of_many(schools, today: date) -> dict:
    """{school id: Readiness} of these schools (instances); two reads whatever their number."""
    ids = [school.pk for school in schools]
    if 0 < len(ids) <= KEPT_WRITTEN:
        found, links = (ask.rows(*ids) for ask in _prepared(today, len(ids)))
    else:
        found, links = _reads(Q(pk__in=ids), Q(school__in=ids), today)
    lines = defaultdict(list)
    for link in links:
        lines[link.school_id].append(link)
    return {
        school.pk: replace(derive(school, lines[school.pk], today), is_up_to_date=is_renewed(school))
        for school in found
    }


def schools_untold(schools, today: date) -> dict:
    """{what may lack: the schools of which nobody noted anything of it}, of these and in their order; two reads."""
    ready = readiness_of_many(schools, today)
    return {
        what: [school for school in schools if any(g.key == what and not g.is_known for g in ready[school.pk].missing)]
        for what in Lack.What
    }


def _reads(these, their, today):
    """Schools with what their gates are derived from and their classes up to date, and their lines."""
    found = with_renewal(with_premises(School.objects.filter(these).only("pk"), today), today)
    return found, InternetLink.objects.filter(their)


@lru_cache(maxsize=32)
def _prepared(today, count):
    """The same, written once for a number of schools."""
    return [Prepared(rows) for rows in _reads(one_of_asked("pk", count), one_of_asked("school", count), today)]


def derive(school, links, today: date) -> Readiness:
    """The readiness of a school read `with_premises`, with its lines; reads nothing."""
    link = best_link(links, today)
    gates = [_link_gate(link, links), _school_gate(school.cabled_on), _rooms_gate(school), _store_gate(school)]
    gates = [_seen(gate, getattr(school, f"no_{gate.key}_on")) for gate in gates]
    if school.kit_has_wifi is not False:  # None: no kit is in force
        is_noted = any(gate.is_met or gate.is_known for gate in gates)
        gates.append(_council_gate(school.told_on, is_noted))
    return Readiness(tuple(gates), _warnings(link, school.cart_terminals))


def best_link(links, today: date):
    """The line that counts that day: one that is enough, then the fastest, then the oldest; None when there is none."""
    links = sorted((link for link in links if link.is_in_service_on(today)), key=lambda link: link.in_service_on)
    return max(links, key=lambda link: (link.is_enough, link.contracted_kbps), default=None)


def _seen(gate, seen_on):
    """What nobody noted is « no » where somebody saw that there is none."""
    if gate.is_met or gate.is_known or not seen_on:
        return gate
    return Gate(
        gate.key, False, None, f"{SEEN_NONE[gate.key]}{NBSP}: constaté le {day_text(seen_on)}.", seen_on=seen_on
    )


def _link_gate(link, links):
    if link is None:
        return Gate("link", False, None, "Aucune liaison en service n’est enregistrée.", is_known=bool(links))
    told = f"{link.get_technology_display()}, {rate_text(link.contracted_kbps)} au contrat"
    if link.is_enough:
        return Gate("link", True, link.in_service_on, f"{told}.")
    return Gate("link", False, None, f"{told}{NBSP}: il en faut au moins {rate_text(link.least_kbps)}.")


def _school_gate(done_on):
    if done_on:
        return Gate("school_cabled", True, done_on, "L’école est câblée.")
    return Gate("school_cabled", False, None, "Le câblage de l’école n’est pas enregistré.", is_known=False)


def _rooms_gate(school):
    total, cabled = school.classrooms_count, school.cabled_classrooms_count
    if not total:
        return Gate("rooms_cabled", False, None, "Aucune salle de classe n’est enregistrée.", is_known=False)
    if not cabled:  # nobody noted a cable in any room: that is no « none », as the socle says too
        return Gate("rooms_cabled", False, None, "Le câblage des salles de classe n’est pas noté.", is_known=False)
    if cabled >= total:
        return Gate("rooms_cabled", True, school.classrooms_cabled_on, f"{total} sur {total}.")
    return Gate("rooms_cabled", False, None, f"{cabled} sur {total}{NBSP}: il en reste {total - cabled}.")


def _store_gate(school):
    if school.powered_stores_count:
        return Gate("store", True, None, "Une réserve sécurisée a l’électricité.")
    if school.stores_count:
        return Gate("store", False, None, "La réserve sécurisée n’a pas d’électricité.")
    are_listed = school.classrooms_count > 0  # rooms are noted, and no store among them
    return Gate("store", False, None, "Aucune réserve sécurisée n’est enregistrée.", is_known=are_listed)


def _council_gate(first, is_noted):
    if first:
        return Gate("council", True, first, f"Informé le {day_text(first)}.")
    if not is_noted:
        return Gate("council", False, None, "Aucune information du conseil d’école n’est enregistrée.", is_known=False)
    reason = "Le conseil d’école n’a pas encore été informé. La loi le demande avant toute installation de Wi-Fi."
    return Gate("council", False, None, reason)


def _warnings(link, cart_terminals):
    """What does not stop a school, and is good to know before it starts. `cart_terminals`: how many pupils the carts
    of its kit serve, None when it has none or does not say."""
    if link is None:
        return ()
    found = []
    if link.is_measured_low:
        found.append(
            f"Le débit mesuré le {day_text(link.measured_on)} est de {rate_text(link.measured_kbps)}, "
            f"sous les {rate_text(link.least_kbps)} demandés."
        )
    posts = (cart_terminals or 0) + CART_MASTERS
    share = link.contracted_kbps // posts
    if cart_terminals and share < settings.TERMINAL_KBPS_WARNING:
        found.append(f"Une classe mobile en service laisse {rate_text(share)} à chacun de ses {posts} postes.")
    return tuple(found)
