"""A head said « c’est cet élève » of the wrong one: the line waits again, and nothing else of the child changes."""

import pytest
from django.utils.timezone import now

from preau.ent.afterschool import actions, queries
from preau.ent.afterschool.models import ServiceLine
from preau.journal.models import Entry
from preau.kit.answers import Conflict, Refused
from preau.schools.models import Activity, ActivityEnrolment
from tests.ent.afterschool.services import apply, bring, line_of, plan, renders, url

PASSING = "Passant;Noé;{born};École Tilleuls;;{service};{days};;;"
BACK = "Revenir en arrière"


def passing(days="vendredi", service="cantine", born=""):
    return PASSING.format(days=days, service=service, born=born)


def match(world, line, name="child_lina"):
    child, head = world.people[name], world.people["head"]
    return actions.match_line(line=line, child=child, person=head, now=now())


def take_back(world, line, who="head"):
    return actions.take_back_answer(line=line, person=world.people[who], now=now())


def rows(world):
    """What the base holds of every child, but for the keys of what was put down again."""
    fields = ("child", "activity", "days", "fetched_by", "starts_on", "ends_on")
    return sorted(map(str, ActivityEnrolment.objects.values_list(*fields)))


def answered(*files):
    return ServiceLine.objects.filter(file__in=files, decided_at__isnull=False).count()


def test_the_head_takes_back_a_match_from_the_page_and_the_line_waits_again(world, client):
    renders(world, Activity.Kind.EVENING)
    file = apply(world, passing(), passing(service="soir"), line_of(world, "child_lina"))
    before, school = rows(world), world.schools["tilleuls"]
    head = world.sign_in(client, "head")
    assert BACK not in head.get(url("school_lines", school)).text
    line = file.lines.get(number=2)
    page = head.post(url("match", line), {"child": str(world.people["child_lina"].pk)}, follow=True).text
    assert "1\u00a0réponse donnée" in page and "0\u00a0ligne à rapprocher" in page and BACK in page
    assert f"Noé Passant&nbsp;: c’est {world.people['child_lina'].full_name}" in page
    assert rows(world) != before
    assert url("school_lines", school) in head.get(url("school_day", school)).text, "with no line left to match too"
    page = head.post(url("answer_withdrawal", line), follow=True).text
    assert "votre réponse est reprise" in page and "2\u00a0lignes à rapprocher" in page and BACK not in page
    assert rows(world) == before and file.lines.get(number=4).child == world.people["child_lina"]
    page = head.post(url("answer_withdrawal", line), follow=True).text
    assert "attend déjà une réponse" in page, "a second click is told"
    verbs = [one.verb for one in Entry.objects.order_by("pk") if one.object_id == line.pk]
    assert verbs == ["service_line_matched", "service_line_taken_back"]


def test_the_next_file_asks_again(world):
    file = apply(world, passing())
    match(world, file.lines.get())
    again = apply(world, passing())
    assert answered(file, again) == 2 and not queries.to_match_count(again)
    take_back(world, again.lines.get())
    assert not answered(file, again) and queries.to_match_count(again) == 1
    assert len(plan(bring(world, passing())).to_match) == 1
    match(world, again.lines.get(), "child_adam")


def test_what_another_line_put_down_of_the_child_stays(world):
    """Both were said to be Lina: their days are one row, whichever was answered first."""
    other = "Canari;Lina-Rose;;École Tilleuls;;cantine;lundi;;;"
    file = apply(world, passing(), other)
    mistaken, right = file.lines.order_by("number")
    match(world, right)
    before = rows(world)
    match(world, mistaken)
    take_back(world, mistaken)
    assert rows(world) == before
    take_back(world, right)
    match(world, mistaken)
    match(world, right)
    take_back(world, mistaken)
    assert rows(world) == before
    actions.undo_services(file=file, person=world.people["city_education"], now=now())
    assert len(rows(world)) == len(before) - 1, "the city still takes its file back"


def test_what_a_newer_file_changed_is_the_city_s_to_undo_first(world):
    file = apply(world, passing())
    match(world, file.lines.get())
    newer = apply(world, passing("lundi"))
    kept = rows(world)
    with pytest.raises(Conflict, match="la Ville l’annule d’abord"):
        take_back(world, newer.lines.get())
    assert rows(world) == kept and answered(newer) == 1
    actions.undo_services(file=newer, person=world.people["city_education"], now=now())
    take_back(world, file.lines.get())
    assert not ActivityEnrolment.objects.filter(child=world.people["child_lina"]).exists()


def test_not_a_pupil_of_here_is_taken_back_the_same(world):
    line = apply(world, passing()).lines.get()
    actions.set_line_aside(line=line, person=world.people["head"], now=now())
    take_back(world, line)
    match(world, line)


def test_only_the_head_of_the_school_takes_back_and_only_what_a_head_said(world, client):
    file = apply(world, passing(), line_of(world, "child_lina"))
    line, own = file.lines.order_by("number")
    match(world, line)
    with pytest.raises(Conflict):
        take_back(world, own)
    for who in ("head_other_school", "city_education", "teacher"):
        assert world.sign_in(client, who).post(url("answer_withdrawal", line)).status_code == 404
        with pytest.raises(Refused):
            take_back(world, line, who)
    assert answered(file) == 1
    actions.undo_services(file=file, person=world.people["city_education"], now=now())
    with pytest.raises(Conflict):
        take_back(world, line)
