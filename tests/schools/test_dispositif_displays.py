"""« Affichage aménagé » of the pupils of an ULIS or an UPE2A: their teacher sets it too."""

import pytest
from django.urls import reverse
from django.utils.timezone import now

from preau.kit.answers import Refused
from preau.kit.pages.pupils import Arrangement
from preau.people.models import Mandate, Role
from preau.places.models import Group
from preau.schools.actions import arrange_display
from preau.schools.models import GroupMember, PupilDisplay
from preau.schools.rules.displays import can_arrange_dispositif, pupils_arranged_by

pytestmark = pytest.mark.django_db
WITH_KEY = Arrangement(scans_every=4)


@pytest.fixture
def ulis(world):
    """The dispositif, with Lina in it; its teacher serves the school, and no class."""
    group, lina = world.groups["ulis"], world.people["child_lina"]
    GroupMember.objects.get_or_create(group=group, pupil=lina, defaults={"starts_on": world.today})
    teacher = world.people["teacher_other_class"]
    Mandate.objects.create(person=teacher, role=Role.TEACHER, school=group.school, starts_on=world.today)
    return group


def test_the_teacher_of_a_dispositif_sets_it_from_its_list(world, client, ulis):
    lina = world.people["child_lina"]
    world.sign_in(client, "teacher_other_class")
    path = reverse("schools:group_displays", args=[ulis.pk])
    assert path in client.get(reverse("portal:group_home", args=[ulis.pk])).content.decode()
    url = reverse("schools:display", args=[lina.pk])
    assert url in client.get(path).content.decode()
    page = client.post(url, {"scans_every": "4", "font": ""}, follow=True).content.decode()
    assert "C’est noté" in page and f'href="{path}"' in page
    assert PupilDisplay.objects.get().arrangement == WITH_KEY
    assert "Une seule touche" in client.get(path).content.decode()
    assert 'data-scan="4"' in client.get(reverse("schools:display_preview", args=[lina.pk])).content.decode()


def test_nobody_else_reads_that_list_nor_sets_it(world, client, ulis):
    lina, adam = world.people["child_lina"], world.people["child_adam"]
    path = reverse("schools:group_displays", args=[ulis.pk])
    for who in ("teacher", "aesh", "guardian", "guardian_coparent", "city_education"):
        assert world.sign_in(client, who).get(path).status_code == 404, who
    other = world.people["teacher_other_class"]
    assert adam not in pupils_arranged_by(other, world.today), "of the school, in no dispositif"
    with pytest.raises(Refused):
        arrange_display(person=other, pupil=adam, arrangement=WITH_KEY, now=now())
    GroupMember.objects.filter(pupil=lina).delete()
    with pytest.raises(Refused):
        arrange_display(person=other, pupil=lina, arrangement=WITH_KEY, now=now())


def test_a_group_of_needs_has_no_such_list(world, ulis):
    other = world.people["teacher_other_class"]
    needs = Group.objects.create(school=ulis.school, school_year=ulis.school_year, name="Lecture", kind="group")
    assert can_arrange_dispositif(other, ulis, world.today)
    assert not can_arrange_dispositif(other, needs, world.today)
    assert not can_arrange_dispositif(world.people["guardian"], ulis, world.today)
