"""What families of the home class answer about their children's image, voice and work, since the start of the year."""

from preau.media import actions
from preau.media.models import Accord, Perimeter
from preau.media.queries.accords import holders

IMAGE, NO, YES = Accord.Kind.IMAGE, Accord.Answer.NO, Accord.Answer.YES
REFUSES = "Julien Toupie"  # who lives apart from Lina's mother, who agrees
UNANSWERED = 4  # one family in so many has answered nothing
EVERYTHING = {(kind, perimeter): YES for kind in Accord.Kind for perimeter in Perimeter}
WITHIN_SCHOOL = {pair: NO if pair[1] == Perimeter.PUBLIC else YES for pair in EVERYTHING}
NO_FACE = {(IMAGE, perimeter): NO for perimeter in Perimeter}


def answer_for_image(stage):
    """Most have said yes, on their screen or on a paper that the teacher copied; some nothing yet."""
    teacher = stage.teachers[stage.home_room().pk]
    for rank, (child, guardians) in enumerate(_families(stage)):
        is_named = any(guardian.full_name == REFUSES for guardian in guardians)
        if rank % UNANSWERED == UNANSWERED - 1 and not is_named:
            continue
        said = EVERYTHING if rank % 2 else WITHIN_SCHOOL
        for guardian in guardians:
            answers = said | NO_FACE if guardian.full_name == REFUSES else said
            has_account = hasattr(guardian, "account") and guardian.account.is_active
            about = {"person": guardian if has_account else teacher, "guardian": guardian, "child": child}
            actions.say_accords(**about, answers=answers, now=stage.ago(20 - rank % 9))


def take_back(stage):
    """A family takes its yes back yesterday: the teacher and the head find photos to look over."""
    child, guardians = _families(stage)[0]
    person = next(one for one in guardians if hasattr(one, "account") and one.account.is_active)
    about = {"person": person, "guardian": person, "child": child, "now": stage.ago(1)}
    actions.say_accord(**about, kind=IMAGE, perimeter=Perimeter.CLASS, answer=NO)


def _families(stage):
    """[(child, who answers for them)] of the home class, by name."""
    links = holders(stage.today).unrestricted(stage.today)
    links = links.filter(child__enrolments__classroom=stage.home_room()).select_related("guardian__account", "child")
    found: dict = {}
    for link in links.order_by("child__sort_key", "guardian__sort_key"):
        found.setdefault(link.child, []).append(link.guardian)
    return list(found.items())
