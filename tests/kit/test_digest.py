"""The digest sees every change of a row or of a file, and nothing else."""

import pytest

from preau.journal.models import Entry
from preau.kit import digest
from preau.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def files(settings, tmp_path):
    settings.FILES_ROOT = tmp_path / "files"
    settings.FILES_ROOT.mkdir()
    return settings.FILES_ROOT


def test_the_same_state_has_the_same_digest(world, files):
    assert digest.take() == digest.take()


def test_one_letter_changes_it_and_putting_it_back_restores_it(world, files):
    before = digest.take()
    person = world.people["guardian"]
    Person.objects.filter(pk=person.pk).update(first_name="Autre")
    assert digest.take().value != before.value
    Person.objects.filter(pk=person.pk).update(first_name=person.first_name)
    assert digest.take() == before


def test_two_values_swapped_between_two_rows_change_it(world, files):
    before = digest.take().value
    one, two = world.people["guardian"], world.people["teacher"]
    Person.objects.filter(pk=one.pk).update(birth_date=two.birth_date, first_name=two.first_name)
    Person.objects.filter(pk=two.pk).update(birth_date=one.birth_date, first_name=one.first_name)
    assert digest.take().value != before


def test_a_file_counts_with_its_name_and_content(world, files):
    empty = digest.take().value
    (files / "a").write_text("un")
    first = digest.take()
    assert first.files_count == 1
    (files / "a").rename(files / "b")
    second = digest.take().value
    (files / "b").write_text("deux")
    assert len({empty, first.value, second, digest.take().value}) == 4


def test_passing_files_do_not_count_as_no_backup_holds_them(world, files):
    before = digest.take()
    (files / "private" / "sheets").mkdir(parents=True)
    (files / "private" / "sheets" / "a.pdf").write_text("un code")
    assert digest.take() == before
    (files / "privately.jpg").write_text("une photo")
    assert digest.take().files_count == before.files_count + 1


def test_the_business_digest_ignores_the_journal(world, files):
    before, all_before = digest.business_digest(), digest.take().value
    Entry.objects.create(at="2026-11-25T08:00:00Z", verb="test", object_kind="x")
    assert digest.business_digest() == before
    assert digest.take().value != all_before
    Person.objects.filter(pk=world.people["teacher"].pk).update(civility="M.")
    assert digest.business_digest() != before
