"""What happens to accounts: addresses given, a sheet asked, « Aide », an account taken one evening and what follows."""

import datetime

from django.utils.timezone import make_aware

from preau.demo import cast
from preau.demo.families import first_september
from preau.ent.posts import actions as posts
from preau.ent.posts.models import Scope
from preau.people import actions as people
from preau.people.models import Account, Person
from preau.people.queries import address_known_of
from preau.schools.actions import give_class
from preau.schools.models import Guardianship
from preau.spaces import actions as spaces
from preau.spaces.models import Stop

DAY, MINUTE = datetime.timedelta(days=1), datetime.timedelta(minutes=1)
REACHED = ("Amina Marelle", "Claire Toupie", "Sandrine Ficelle", "David Diabolo")
FALSE = (
    "Gagnez une tablette\u00a0! Répondez vite avec votre identifiant et votre mot de passe.",
    "Dernier jour pour la tablette\u00a0: envoyez votre mot de passe avant ce soir.",
)


def give_addresses(stage):
    """A few parents take up the address the school's file knew, and confirm it; one has not typed the code yet."""
    for name in (*REACHED, "Julien Toupie"):
        guardian = _guardian(name)
        account, at = guardian.account, stage.ago(20) if name in REACHED else stage.now
        people.set_email(account=account, email=address_known_of(account).value, person=guardian, now=at)
        if name in REACHED:
            people.confirm_email(account=account, person=guardian, now=at + 2 * MINUTE)


def ask_for_help(stage):
    """Two parents lost a password: a code leaves for one, a sheet is asked for the other. Two could not enter, one of
    whom was answered."""
    people.ask_way_back(identifier=_guardian("Claire Toupie").account.identifier, wants_sheet=False, now=stage.now)
    home, head = stage.school(cast.HOME_SCHOOL), stage.heads[cast.HOME_SCHOOL]
    links = Guardianship.objects.reached(stage.today).filter(child__enrolments__classroom=stage.home_room())
    links = links.filter(guardian__account__email="").exclude(guardian__mandates__isnull=False)
    asking = links.order_by("-guardian__sort_key", "id").first().guardian
    people.ask_way_back(identifier=asking.account.identifier, wants_sheet=True, now=stage.ago(2))
    said = {"school": home, "school_typed": "", "city": None}
    answered = people.ask_help(
        **said,
        words="J’ai changé de téléphone, et Préau me demande un code que je n’ai pas.",
        name="Mme Confetti",
        reach="06 39 98 10 41",
        now=stage.ago(9),
    )
    people.answer_help(ask=answered, person=head, now=stage.ago(8))
    people.ask_help(
        **said,
        words="Je n’ai jamais reçu de fiche de connexion. Je passe à l’école jeudi à 16 h.",
        name="M. Osselet",
        reach="",
        now=stage.ago(1),
    )


def take_an_account(stage):
    """Somebody publishes with a teacher's account. The head stops the school, suspends the account, recalls what it
    said, and starts the school again within the hour; the families of the class still wait for a word from her."""
    home, head, room = stage.school(cast.HOME_SCHOOL), stage.heads[cast.HOME_SCHOOL], stage.home_room("CM1")
    teacher = stage.teachers[room.pk]
    day = stage.today - DAY
    if day < first_september(stage.today) + 3 * DAY:
        return  # classes have just begun: nothing to take yet
    evening = make_aware(datetime.datetime.combine(day, datetime.time(20, 40)))
    for rank, text in enumerate(FALSE):
        posts.publish_post(
            person=teacher, place=room, scope=Scope.CLASS, text=text, pictures=[], now=evening + rank * MINUTE
        )
    families = [Stop.Readers.FAMILIES]
    (stop,) = spaces.stop_place(
        person=head, place=home, readers=families, why=Stop.Why.FALSE_MESSAGE, now=evening + 12 * MINUTE
    )
    taken = Account.objects.get(person=teacher)
    spaces.silence(person=head, accounts=[taken], since=evening, now=evening + 15 * MINUTE)
    spaces.stop_place(person=head, place=room, readers=families, why=Stop.Why.CHECK, now=evening + 40 * MINUTE)
    spaces.start_again(person=head, stop=stop, now=evening + 41 * MINUTE)


def share_a_day(stage):
    """A teacher holds a second class for the day: to write to both, her telephone is asked for."""
    room, holder = stage.home_room("CE1-CE2"), stage.teachers[stage.home_room("CP A").pk]
    give_class(classroom=room, holder=holder, today=stage.today, person=stage.teachers[room.pk], now=stage.now)


def _guardian(name):
    first_name, last_name = name.split()
    return Person.objects.select_related("account").get(
        first_name=first_name, last_name=last_name, account__isnull=False
    )
