"""What Préau knows of a school goes into its file, uses included; what is soon due is shown."""

import datetime

import pytest
from django.urls import reverse

from preau.insight.usage.models import WeekUse
from preau.plan.applications import actions, queries, rules
from preau.plan.applications.models import Opinion
from preau.plan.equipment.models import Fact, Measure
from preau.schools.queries import teachers_of
from tests.plan.applications.conftest import DAY, NOW, TODAY

pytestmark = pytest.mark.django_db


def measured(school, week="2026-W47", **cell):
    cell = {"users_count": 41, "visits_count": 132, "duration_seconds": 900} | cell
    return WeekUse.objects.create(city=school.city, school=school, week=week, **cell)


def page_of(scene, client, name, *args):
    return scene.world.sign_in(client, "head").get(reverse(f"applications:{name}", args=args)).content.decode()


def test_the_last_measure_of_uses_fills_the_file(scene, client):
    application = scene.start()
    assert "Usages mesurés" not in page_of(scene, client, "section_edit", application.id, "existant")
    measured(scene.school, week="2026-W46", users_count=7)
    measured(scene.school)
    measured(scene.school, profile="teacher", users_count=9)  # one profile is not the school
    page = page_of(scene, client, "section_edit", application.id, "existant")
    assert "41 personnes et 132 visites, la semaine du 16\u00a0novembre 2026" in page
    assert "Usages mesurés" not in page_of(scene, client, "section_edit", application.id, "usages")


def test_under_five_the_measure_stays_masked(scene, client):
    application = scene.start()
    measured(scene.school, users_count=None, visits_count=None, duration_seconds=None, is_masked=True)
    assert "moins de 5 personnes" in page_of(scene, client, "section_edit", application.id, "existant")


def test_the_locked_copy_keeps_the_measure_of_the_day_it_was_filed(scene, client):
    application = scene.fill(scene.start())
    measured(scene.school)
    scene.world.sign_in(client, "head").post(reverse("applications:submission_create", args=[application.id]))
    measured(scene.school, week="2026-W48", users_count=99)
    assert "41 personnes" in page_of(scene, client, "application_copy", application.id)
    assert "41 personnes" in str(application.copies.get().content)


def test_the_social_index_and_the_teachers_posts_are_proposed_not_typed(scene, client):
    application = scene.start()
    assert "inconnu" in page_of(scene, client, "section_edit", application.id, "ecole").split("position sociale")[1]
    for year, tenths in (("2023-2024", 987), ("2024-2025", 1034)):
        Fact.objects.create(
            city=scene.school.city,
            school=scene.school,
            measure=Measure.SOCIAL_INDEX_TENTHS,
            value=tenths,
            period=year,
            as_of=TODAY - (300 if tenths == 1034 else 600) * DAY,
            source="IPS des écoles",
            quality="declared",
        )
    page = page_of(scene, client, "section_edit", application.id, "ecole")
    assert "103,4 (2024-2025)" in page and "98,7" not in page and "IPS des écoles" in page
    Fact.objects.filter(value=1034).update(proxy_of=scene.world.schools["saules"], quality="estimated")
    page = page_of(scene, client, "section_edit", application.id, "ecole")
    assert "98,7 (2023-2024)" in page and "estimé" not in page, "what is published comes before what is lent"
    Fact.objects.filter(value=987).update(withdrawn_at=NOW)
    page = page_of(scene, client, "section_edit", application.id, "ecole")
    assert "Indice de position sociale estimé d’après l’école Saules" in page and "103,4 (2024-2025)" in page
    team = page_of(scene, client, "section_edit", application.id, "equipe")
    count = teachers_of(scene.school, TODAY).count()
    teaching = [name for name, person in scene.world.people.items() if rules.is_team(person, scene.school, TODAY)]
    assert count == len(teaching) >= 2 and f'name="posts_count" value="{count}"' in team
    type(application).objects.filter(pk=application.pk).update(posts_count=9, committed_count=4)
    assert 'name="posts_count" value="9"' in page_of(scene, client, "section_edit", application.id, "equipe")


def test_a_project_nobody_commits_to_is_not_filed(scene):
    application = scene.fill(scene.start())
    application.committed_count = 0
    application.save()
    (lacks,) = queries.missing_for_submission(application, TODAY)
    assert (lacks.section, lacks.text) == (
        "equipe",
        "Aucun enseignant ne s’engage encore. Il en faut au moins un pour déposer.",
    )
    with pytest.raises(actions.NotReady):
        actions.submit(person=scene.who("head"), application=application, now=NOW)
    application.committed_count = 1
    application.save()
    assert not queries.missing_for_submission(application, TODAY)


@pytest.mark.parametrize("name, said", [
    ("teachers_council_on", "le conseil des maîtres"), ("school_council_on", "le conseil d’école"),
])  # fmt: skip
def test_a_council_still_to_come_or_of_other_years_files_nothing(scene, name, said):
    application = scene.fill(scene.start())
    for wrong, words in ((TODAY + DAY, "n’a pas encore eu lieu"), (TODAY - 400 * DAY, "trop ancien")):
        setattr(application, name, wrong)
        application.save()
        (lacks,) = queries.missing_for_submission(application, TODAY)
        assert (lacks.section, words in lacks.text, said in lacks.text) == ("conseils", True, True)
        with pytest.raises(actions.NotReady):
            actions.submit(person=scene.who("head"), application=application, now=NOW)
    setattr(application, name, TODAY)
    application.save()
    assert actions.submit(person=scene.who("head"), application=application, now=NOW).number == 1


def test_a_draft_and_an_opinion_soon_due_are_recalled_once(scene, client):
    application = scene.start()
    scene.call.closes_at = NOW + 2 * DAY
    scene.call.save()
    assert "l’appel ferme le" not in page_of(scene, client, "application_list")
    assert (actions.remind(now=NOW), actions.remind(now=NOW)) == (1, 0)
    assert "l’appel ferme le" in page_of(scene, client, "application_list")
    scene.fill(application)
    actions.submit(person=scene.who("head"), application=application, now=NOW)
    Opinion.objects.update(due_on=TODAY + datetime.timedelta(days=2))
    assert actions.remind(now=NOW) == 1
    page = scene.world.sign_in(client, "ien").get(reverse("applications:opinion_list")).content.decode()
    assert "bientôt dû" in page


def test_a_title_is_not_known_by_who_reads_the_technical_part_alone(scene):
    scene.submitted()
    people = scene.world.people
    seen, titled = (
        {name for name in people if files(people[name], TODAY).exists()}
        for files in (rules.applications_visible_to, rules.titled_for)
    )
    assert titled < seen and seen - titled == {"city_it"} and {"head", "dsden", "ien"} < titled


def test_a_section_that_asks_nothing_leads_on_and_saves_nothing(scene, client):
    application = scene.start()
    page = page_of(scene, client, "section_edit", application.id, "ecole")
    assert "Préau la remplit seul" in page and "Enregistrer" not in page and "encore enregistré" not in page
    assert f'href="{reverse("applications:section_edit", args=[application.id, "existant"])}">Rubrique suivante' in page
