"""« Qui peut voir Adam ? »: what a guardian answers, one press each."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from preau.kit.answers import require
from preau.kit.views import press, signed_in
from preau.media import actions, rules
from preau.media.forms import REST, AnswerForm, name_of
from preau.media.models import Accord, Perimeter
from preau.media.queries.accords import QUESTIONS, current_answers, shown_as
from preau.schools.queries import children_of_guardian
from preau.spaces.naming import child_tags

GIVEN = _("C’est noté. Vous pouvez changer d’avis quand vous voulez.")
TAKEN = _("C’est retiré, et cela vaut dès maintenant, partout.")
PRESS = _("Touchez oui ou non.")
KINDS = {
    Accord.Kind.IMAGE: (_("photo et film"), "image-plus"),
    Accord.Kind.VOICE: (_("une poésie, un récit"), "mic"),
    Accord.Kind.WORK: (_("dessin ou texte avec son prénom"), "pencil"),
}
PERIMETERS = {
    Perimeter.CLASS: (_("les familles et les élèves de sa classe, et l’équipe"), "users"),
    Perimeter.SCHOOL: (_("toute l’école, sur place et dans Préau"), "school"),
    Perimeter.PUBLIC: (_("tout le monde, sur internet"), "map"),
}


@dataclass(frozen=True)
class Question:
    """One kind and one perimeter, as a guardian finds it: what they said, and what comes of it."""

    kind: Accord.Kind
    perimeter: Perimeter
    accord: Accord | None
    is_shown: bool
    lacks_own: bool  # a yes of theirs to a perimeter within this one

    @property
    def name(self) -> str:
        return name_of(self.kind, self.perimeter)

    @property
    def who(self) -> str:
        return PERIMETERS[self.perimeter][0]

    @property
    def icon(self) -> str:
        return PERIMETERS[self.perimeter][1]

    @property
    def says(self) -> str:
        """« yes », « no », or « » while nothing is answered."""
        return self.accord.answer if self.accord else ""


@signed_in(is_family=True)
def mine(request):
    """One's children; of one alone, their page."""
    children = children_of_guardian(request.person, localdate())
    if len(children) == 1:
        return redirect("media:child_accords", child_id=children[0].pk)
    tags = child_tags(children, [child.pk for child in children])
    return render(request, "media/accords.html", {"tags": list(tags.values())})


@signed_in(is_family=True)
def child_accords(request, child_id):
    """The nine questions about one child."""
    child = _own(request, child_id)
    return render(request, "media/child_accords.html", _page(request, child))


@signed_in("POST", is_family=True)
def answer_create(request, child_id):
    """A yes, a no, or a no to all the rest."""
    child, form = _own(request, child_id), AnswerForm(request.POST)
    require(rules.can_say_accord(request.person, child, localdate()))
    if not form.is_valid():
        messages.error(request, gettext(PRESS))
        return redirect("media:child_accords", child_id=child.pk)
    known = current_answers(request.person, child)
    answers = form.answers(known)
    takes = any(pair in known and answer == Accord.Answer.NO for pair, answer in answers.items())

    def say():
        person = request.person
        actions.say_accords(person=person, guardian=person, child=child, answers=answers, now=now())

    press(request, say, gettext(TAKEN if takes else GIVEN))
    return redirect("media:child_accords", child_id=child.pk)


def _own(request, child_id):
    for child in rules.children_answered_for(request.person, localdate()):
        if child.pk == child_id:
            return child
    raise Http404


def _page(request, child):
    person, today = request.person, localdate()
    children = children_of_guardian(person, today)
    tags = child_tags(children, [each.pk for each in children])
    answer = rules.can_say_accord(person, child, today)
    context = {"tag": tags[child.pk], "tags": list(tags.values()), "answer": answer}
    if not answer:
        return context
    known, shown = current_answers(person, child), shown_as(child, today)
    kinds = [(kind, *KINDS[kind], _questions(kind, known, shown)) for kind in Accord.Kind]
    return context | {"kinds": kinds, "left": QUESTIONS - len(known), "rest": REST}


def _questions(kind, known, shown):
    agreed = {pair for pair, accord in known.items() if accord.answer == Accord.Answer.YES}
    return [
        Question(
            kind,
            perimeter,
            known.get((kind, perimeter)),
            (kind, perimeter) in shown,
            any((kind, within) not in agreed for within in Perimeter if within < perimeter),
        )
        for perimeter in Perimeter
    ]
