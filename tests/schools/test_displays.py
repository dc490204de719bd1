"""« Affichage aménagé »: set by the teacher of the class, drawn on the pupil's pages, read by nobody else."""

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse
from django.utils.timezone import now

from preau.journal.models import Entry
from preau.kit.answers import Refused
from preau.kit.pages.pupils import PLAIN, TINTS, Arrangement
from preau.privacy.exports import read_tables
from preau.schools import actions
from preau.schools.clocks import CLOCKS
from preau.schools.models import Enrolment, PupilDisplay
from preau.schools.queries.displays import arrangement_of, arrangements_of
from preau.schools.rules.displays import pupils_arranged_by
from preau.schools.views import displays
from tests.world import TODAY

pytestmark = pytest.mark.django_db
ALL = Arrangement(True, True, "lexend", True, True, True, True)


def arrange(world, who="teacher", child="child_adam", arrangement=ALL):
    pupil = world.people[child]
    actions.arrange_display(person=world.people[who], pupil=pupil, arrangement=arrangement, now=now())
    return pupil


def test_the_teacher_arranges_from_the_class_list_and_sees_the_screen(world, client):
    adam = world.people["child_adam"]
    world.sign_in(client, "teacher")
    page = client.get(reverse("schools:pupil", args=[adam.pk])).content.decode()
    url = reverse("schools:display", args=[adam.pk])
    assert f'href="{url}"' in page
    sent = {"fewer_tiles": "on", "font": "lexend", "has_subtitles": "on", "signs_first": "on"}
    page = client.post(url, sent, follow=True).content.decode()
    assert "C’est noté" in page and arrangement_of(PupilDisplay.objects.get().pupil) == replace(
        PLAIN, fewer_tiles=True, font="lexend", has_subtitles=True, signs_first=True
    )
    screen = client.get(reverse("schools:display_preview", args=[adam.pk])).content.decode()
    assert 'data-skin="lecteur" data-font="lexend" data-subtitles=""' in screen
    assert screen.count('class="tile"') == 4 and "kit/arranged.css" in screen
    client.post(url, {"font": ""})
    assert not PupilDisplay.objects.exists()
    assert client.post(url, {"font": "comic"}).status_code == 422


def test_who_arranges_a_display_opens_its_page_and_nobody_else(world, client, django_assert_max_num_queries):
    """What its prepared query reads is what the rule sees."""
    opened = {}
    for child in ("child_adam", "child_ulis"):
        pupil = world.people[child]
        for who, person in world.people.items():
            seen = pupils_arranged_by(person, TODAY).filter(pk=pupil.pk).exists()
            assert bool(displays.ARRANGED.rows(person, TODAY, pupil.pk)) is seen, (child, who)
            opened.setdefault(child, set()).update([who] if seen else [])
    assert {"teacher", "head"} <= opened["child_adam"] and "teacher_other_school" not in opened["child_adam"]
    world.sign_in(client, "teacher")
    with django_assert_max_num_queries(8):
        page = client.get(reverse("schools:display", args=[world.people["child_adam"].pk]))
    assert page.status_code == 200


def test_every_picture_speaks_in_both_skins_and_no_word_is_needed(world, client):
    world.sign_in(client, "head")
    for child, skin in (("child_two_one", "non-lecteur"), ("child_adam", "lecteur")):
        screen = client.get(reverse("schools:display_preview", args=[world.people[child].pk])).content.decode()
        assert f'data-skin="{skin}"' in screen and "kit/arranged" not in screen
        assert ("Relire la poésie" in screen) == (skin == "lecteur")
        assert screen.count('class="tile"') == 6 and screen.count('class="speak"') == 7
        for key in ("tile-me", "tile-class", "tile-draw", "tile-speak", "tile-photo", "tile-listen"):
            assert f'data-key="{key}"' in screen


def test_a_picture_has_the_ground_of_its_drawing():
    sheet = Path(finders.find("kit/preau.css")).read_text()
    for drawing in (path.stem for path in Path(finders.find("kit/tiles/me.svg")).parent.glob("*.svg")):
        ground = re.search(r'fill="(#\w+)"', Path(finders.find(f"kit/tiles/{drawing}.svg")).read_text())[1]
        assert f"--{TINTS.get(drawing, 'sky')}: {ground};" in sheet, drawing


def test_who_teaches_the_class_and_the_head_arrange_it_nobody_else(world):
    for who in ("teacher", "supply", "head"):
        arrange(world, who)
        arrange(world, who, arrangement=PLAIN)
    for who in ("teacher_other_class", "guardian", "aesh", "city_education", "pupil_cm2"):
        with pytest.raises(Refused):
            arrange(world, who)
    assert not PupilDisplay.objects.exists()
    assert Entry.objects.filter(verb="display.arrange", object_id=world.people["child_adam"].pk).count() == 6


def test_the_pages_of_a_pupil_who_signs_in_are_drawn_so_and_nobody_else_s(world, client):
    world.sign_in(client, "pupil_cm2")
    page = client.get(reverse("today")).content.decode()
    assert "kit/arranged" not in page and "data-font" not in page
    arrange(world, "head", "pupil_cm2")
    page = client.get(reverse("today")).content.decode()
    assert 'data-reading="spaced" data-font="lexend" data-guide=""' in page and "kit/arranged.css" in page
    assert 'data-listen="contenu"' in page and page.count('class="tile"') == 4
    for who in ("guardian_other_class", "teacher_other_class", "head"):
        assert "data-font" not in world.sign_in(client, who).get(reverse("today")).content.decode()


def test_it_is_read_at_once_for_a_class_given_to_the_family_s_copy_and_forgotten(world, django_assert_num_queries):
    adam, lina = arrange(world), world.people["child_lina"]
    with django_assert_num_queries(1):
        assert arrangements_of([adam, lina]) == {adam.pk: ALL}
    assert "règle de lecture" in str(read_tables(adam)) and "règle de lecture" not in str(read_tables(lina))
    (clock,) = [clock for clock in CLOCKS if clock.tables == (PupilDisplay,)]
    later = now() + timedelta(days=200)
    assert not clock.rows(later).exists()
    Enrolment.objects.filter(pupil=adam).update(ends_on=world.today)
    assert not clock.rows(now()).exists() and clock.rows(later).get().pupil == adam
