"""The plan as it is today: roll-outs on their way, a call open, a list being moved, a relevé to approve."""

from functools import partial

from preau.demo.commune import committees, files, rollouts, studies, years
from preau.demo.commune.calendar import at, days, working
from preau.demo.commune.scene import UNDER_WAY
from preau.kit.dates import school_year_label
from preau.kit.money import euros
from preau.plan.applications import actions as applications
from preau.plan.applications.models import STATE_REVIEWERS, Authority, Verdict
from preau.plan.priorities import actions
from preau.plan.rollouts.models import StepKind

KEPT = {
    "Le Puzzle": 6_100_000, "Le Hochet": 2_400_000, "La Girouette": 3_100_000, "Le Culbuto": 3_100_000,
    "La Lanterne": 3_100_000,
}  # fmt: skip
WAITING = {"Le Tourniquet": 2_400_000, "Le Toboggan": 3_900_000}
SHORT_TEAM = "Deux postes sur quatre changent à la rentrée\u00a0: l’équipe est à confirmer."
NOT_YET = "Les usages décrits tiennent dans une seule classe. Le projet gagnerait à être repris avec toute l’équipe."
TO_CHANGE = "Dites ce que feront les élèves de chaque niveau, et comment l’équipe verra ce qu’ils ont appris."
NO_STOCK = "Le fournisseur (fictif) n’a plus de tablettes\u00a0: livraison annoncée, date non donnée."
LOOSE = "L’étagère de charge de la classe n’est pas fixée."
MOVED = "Son indice social est le plus bas des candidates, et l’équipe est entière."
PASSES = "Les cinq premières de la liste sont au programme précédent."


def stories(scene):
    """`last` is the programme under way; the schools of its list that wait are put before the COPIL."""
    last = years.Campaign(
        opens_on=scene.today - UNDER_WAY,
        costs=KEPT,
        files=[files.File(name, rank, _reserved(name)) for rank, name in enumerate((*KEPT, *WAITING))],
        points=partial(_running_costs, scene),
    )
    yield from years.stories_of(scene, last)
    for way in _ways(scene, last):
        yield rollouts.story(scene, way)
    yield from _closed_call(scene)
    yield from _open_call(scene)
    yield _next_programme(scene, last)
    yield committees.story(
        scene,
        committees.Meeting(
            scene.copil,
            scene.today - days(12),
            partial(_agenda, scene),
            waits=("city",),
            absent=("trainer",),
            opening="La présidente ouvre la séance. Canopé est excusé.",
        ),
    )
    yield committees.story(
        scene, committees.Meeting(scene.copil, scene.today + days(110), tuple, "", planned_before=115)
    )


def _agenda(scene):
    total, schools = euros(sum(WAITING.values())), " et ".join(WAITING)
    return [
        studies.choice(scene),
        committees.Point(
            "Programme complémentaire",
            f"La Ville propose d’équiper {schools}, pour {total}.",
            decision={
                "text": f"Le COPIL arrête le programme complémentaire\u00a0: {schools}.",
                "result": "adopted",
                "votes_for": 7,
                "votes_against": 0,
                "abstentions": 1,
            },
            about=scene.next_programme,
        ),
        committees.Point(
            "Appels en cours", "Sept dossiers à classer, cinq en cours de dépôt.", by="state", aim="information"
        ),
    ]


def _reserved(name):
    return {Authority.IEN: (Verdict.WITH_RESERVATIONS, SHORT_TEAM)} if name == "Le Toboggan" else {}


def _running_costs(scene):
    return (
        committees.Point(
            "Coût d’entretien des équipements reçus",
            "Les premiers équipements ont six ans.",
            aim="information",
            decision={
                "text": "Le COPIL demande un état des équipements à renouveler et de leur coût.",
                "result": "noted",
            },
            follow_ups=(
                ("Chiffrer le renouvellement des équipements de plus de cinq ans", "Finances de la Ville", 150, ""),
                ("Compter le matériel des trois premières écoles", "Informatique des écoles", 120, ""),
            ),
        ),
    )


def _ways(scene, campaign):
    """One school awaits its réception, one has réserves, one is blocked, one is late, one has just begun."""
    today = scene.today
    each = {
        "Le Hochet": {"received": -2, "last": StepKind.CONFIGURED, "planned_early": 4},
        "La Girouette": {"received": -9, "is_signed": False, "reserves": {
            f"Classe {number}": (LOOSE, None) for number in range(1, scene.classes["La Girouette"] + 1)}},
        "Le Culbuto": {"received": 10, "blocked": (StepKind.DELIVERED, -20, NO_STOCK)},
        "Le Puzzle": {"received": 20, "last": StepKind.ORDERED, "planned_early": 45},
        "La Lanterne": {"received": 84, "last": StepKind.SITE_SURVEY},
    }  # fmt: skip
    for name, given in each.items():
        received_on = working(today + days(given.pop("received")))
        yield rollouts.Way(
            name,
            received_on=received_on,
            opened_on=working(today - days(150)),
            has_premises=False,
            entry=partial(years.entry_of, campaign, name),
            **given,
        )


def _closed_call(scene):
    """Every opinion is in but two; DSDEN and DAN are at the list."""
    names = (
        "Les Échasses", "Le Tambourin", "La Trottinette", "Le Chamboule-tout", "Les Bulles de savon",
        "Le Cheval à bascule", "Le Pantin",
    )  # fmt: skip
    given = {
        "Les Échasses": {"answers": {Authority.DAN: (Verdict.UNFAVOURABLE, NOT_YET)}},
        "Le Cheval à bascule": {"silent": (Authority.DSDEN,)},
        "Le Pantin": {"silent": STATE_REVIEWERS},
    }
    campaign = years.Campaign(
        opens_on=scene.today - days(80),
        files=[files.File(name, rank, **given.get(name, {})) for rank, name in enumerate(names)],
    )
    yield years.call_story(scene, campaign)
    for file in campaign.files:
        yield files.story(scene, campaign, file)
    yield _changes(scene, campaign.files[-1])
    yield _list(scene, campaign)


def _changes(scene, file):
    now = yield at(scene.today - days(30))
    applications.request_changes(person=scene.pens["dsden"], application=file.application, text=TO_CHANGE, now=now)
    now = yield at(scene.today - days(28))
    applications.send_message(
        person=scene.heads[file.name],
        application=file.application,
        now=now,
        text="Le conseil des maîtres se réunit mardi. Nous déposons la nouvelle version dans la semaine.",
    )


def _list(scene, campaign):
    now = yield at(scene.today - days(20))
    years.draft_list(scene, campaign, now)
    now = yield at(scene.today - days(6))
    actions.move_rank(
        person=scene.pens["dsden"],
        priority_list=campaign.priority_list,
        now=now,
        to_rank=1,
        reason=MOVED,
        application=campaign.application("Le Chamboule-tout"),
    )


def _open_call(scene):
    """Open for three weeks more: a draft, a file at the IEN in time, another too late, one at the State, one gone."""
    files_of = (
        files.File("La Poupée", 24, sections=("existant", "projet", "equipe"), is_kept=True),
        files.File("Le Moulinet", 0, silent=(Authority.IEN,)),
        files.File("La Crécelle", 12, silent=(Authority.IEN,)),
        files.File("La Boîte à musique", 3, silent=STATE_REVIEWERS),
        files.File("La Pâte à modeler", 5, silent=(Authority.IEN,)),
    )
    campaign = years.Campaign(
        opens_on=scene.today - days(42),
        files=list(files_of),
        window=63,
        title="Appel complémentaire, maternelles",
        only=tuple(file.name for file in files_of),
    )
    yield years.call_story(scene, campaign)
    for file in campaign.files:
        yield files.story(scene, campaign, file)
    yield _withdrawal(scene, campaign.files[-1])


def _withdrawal(scene, file):
    now = yield at(scene.today - days(8))
    applications.withdraw(
        person=scene.heads[file.name],
        application=file.application,
        now=now,
        reason="L’équipe préfère se présenter l’an prochain, au complet.",
    )


def _next_programme(scene, last):
    """For the year after: submitted, and on the agenda of the COPIL whose relevé is to be approved."""
    person = scene.pens["education"]
    now = yield at(scene.today - days(40))
    scene.next_programme = actions.open_programme(
        person=person,
        city=scene.city,
        school_year=school_year_label(scene.today - UNDER_WAY + days(365)),
        now=now,
        priority_list=last.priority_list,
        envelope_cents=sum(WAITING.values()),
    )
    for name, cents in WAITING.items():
        school = scene.schools[name]
        actions.add_school(
            person=person,
            programme=scene.next_programme,
            school=school,
            kit=scene.kits[school.kind],
            cost_cents=cents,
            reason=PASSES,
            now=now,
        )
    actions.arbitrate(person=person, programme=scene.next_programme, now=now)
    now = yield at(scene.today - days(33))
    actions.submit_programme(person=person, programme=scene.next_programme, now=now)
