"""T24 and T26: one person's export is complete and of nobody else; one person's erasure is whole."""

import datetime
import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.timezone import localdate

from preau.ent.comments.actions import decide
from preau.ent.posts.models import Post, Scope
from preau.insight.usage import actions as usage
from preau.insight.usage import spool
from preau.insight.usage.models import RawHit
from preau.insight.usage.pseudonyms import pseudonym
from preau.journal import actions as journal
from preau.journal.models import Detail, Entry
from preau.kit import batches, digest
from preau.kit.models import Batch, Change
from preau.kit.privacy import Erase
from preau.media.models import Picture
from preau.people.actions import end_mandate
from preau.people.models import Account, ActivationCode, Person
from preau.privacy import erased
from preau.privacy.actions import erase_again, erase_person, erasure
from preau.privacy.declarations import LIBRARIES, declared
from preau.privacy.exports import export_person
from preau.privacy.queries import kept_chapters
from preau.schools.actions import join_guardians
from preau.schools.models import Guardianship
from preau.spaces.models import Publication
from tests.ent.comments.acts import said
from tests.ent.posts.test_actions import confirm, publish
from tests.privacy.planted import TOKENS, dump, found, plant, plant_teacher, unzip

NOW = datetime.datetime(2026, 11, 25, 9, 0, tzinfo=datetime.UTC)
# Undoing an import is not personal access: former values are in no export, and die after 30 days.
EXPORTED = set(TOKENS) - {"avant", "session"}


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = tmp_path
    settings.SPOOL_ROOT = tmp_path / "spool"
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "files"},
        },
    }  # fmt: skip
    return tmp_path


def lift(child):
    Guardianship.objects.filter(child=child).update(restricted_on=None)


@pytest.fixture
def erase(django_capture_on_commit_callbacks):
    """Erases, and does what is left for after the commit (files, cache). What a judge decided is lifted before."""

    def erase(person):
        lift(person)
        with django_capture_on_commit_callbacks(execute=True):
            return erase_person(subject=person, person=None, now=NOW)

    return erase


def test_the_tokens_are_really_planted(world):
    plant(world, "A")
    assert found("A", dump()) == set(TOKENS)


def test_an_export_holds_everything_of_the_person_and_nothing_of_others(world):
    one = plant(world, "A")
    plant(world, "B")
    content = unzip(export_person(one, NOW))
    for name in ("donnees.json", "donnees.html"):
        text = content[name].decode()
        assert found("A", text) == EXPORTED, name
        assert found("B", text) == set() and "Canari-guardian" not in text
        assert "empreinte-A" not in text and "cle-A" not in text and "x" * 32 not in text
    assert "une autre personne" in content["donnees.json"].decode()
    labels = {table["table"] for table in json.loads(content["donnees.json"])["tables"]}
    assert {"personne", "coordonnée", "inscription", "responsabilité légale", "entrée"} <= labels


def test_a_guardian_s_export_names_no_child_and_a_restriction_stays_with_its_child(world):
    plant(world, "A")
    text = unzip(export_person(world.people["guardian"], NOW))["donnees.json"].decode()
    assert "Canari-guardian" in text
    assert found("A", text) <= {"reference"}


def test_a_teacher_s_export_holds_posts_and_files(world):
    content = unzip(export_person(plant_teacher(world, "T"), NOW))
    assert "La sortie au parc" in content["donnees.json"].decode()
    assert [name for name in content if name.startswith("fichiers/pictures/")] != []


def test_an_export_holds_no_words_of_others_that_its_person_decided(world):
    """A parent's comment that the teacher read over, a colleague's post that the head confirmed."""
    comment, post = said(world, "Canari du parent."), publish(world, scope=Scope.PUBLIC, text="Canari du collègue.")
    decide(person=world.people["teacher"], comment=comment, is_shown=True, seen=comment.state, now=timezone.now())
    confirm(world.people["head"], post)

    def export(who):
        return unzip(export_person(world.people[who], timezone.now()))["donnees.json"].decode()

    assert "Canari du parent" in export("guardian") and "Canari du parent" not in export("teacher")
    assert "Canari du collègue" in export("teacher") and "Canari du collègue" not in export("head")


def test_an_erased_pupil_is_nowhere(world, erase):
    one, other = plant(world, "A"), plant(world, "B")
    erase(one)
    text = dump()
    assert found("A", text) == set()
    assert found("B", text) == set(TOKENS), "the others' work and data stay"
    assert Person.objects.filter(pk=other.pk).exists()
    assert Person.objects.filter(pk=world.people["guardian"].pk).exists()


def test_the_journal_keeps_the_act_without_values(world, erase):
    one = plant(world, "A")
    key = one.pk
    erase(one)
    assert Detail.objects.filter(about_id=key).count() == 0
    assert sorted(Entry.objects.filter(object_id=key).values_list("verb", flat=True)) == ["change", "erase_person"]
    assert all(entry.detail_digest or entry.verb == "erase_person" for entry in Entry.objects.filter(object_id=key))


def test_the_chain_of_acts_is_locked_after_the_rows_of_the_person(world, erase):
    """On PostgreSQL whoever acts on a person holds a row of theirs, then waits for the chain: the other order would
    deadlock."""
    one, mandate = plant(world, "A"), world.people["teacher_other_class"].mandates.first()
    with CaptureQueriesContext(connection) as queries:
        erase(one)
    told = [query["sql"] for query in queries]
    chained = next(n for n, sql in enumerate(told) if '"journal_chain"' in sql)
    assert max(n for n, sql in enumerate(told) if sql.startswith('DELETE FROM "people_person"')) < chained
    with CaptureQueriesContext(connection) as queries:
        end_mandate(mandate=mandate, ends_on=localdate(NOW), person=None, now=NOW)
    told = [query["sql"] for query in queries]
    held = next(n for n, sql in enumerate(told) if f"{mandate.pk.hex}" in sql.replace("-", "") and "SELECT" in sql)
    assert held < next(n for n, sql in enumerate(told) if '"journal_chain"' in sql)


def test_an_import_that_touched_the_erased_can_no_longer_bring_them_back(world, erase):
    one = plant(world, "A")
    erase(one)
    with pytest.raises(batches.CannotUndo):
        batches.undo(batch=Batch.objects.get(), person_id=None, now=NOW)


def test_the_class_keeps_its_life_when_its_teacher_is_erased(world, erase):
    teacher = plant_teacher(world, "T")
    erase(teacher)
    publication = Publication.objects.get()
    assert publication.author is None and publication.state == "published"
    assert Post.objects.get().text == "La sortie au parc"
    assert Picture.objects.count() == 1
    assert found("T", dump()) == set()


def test_the_use_of_an_erased_person_is_forgotten(world, erase):
    one = plant(world, "A")
    school = world.schools["tilleuls"]
    who = pseudonym(one.account.pk, school.city_id, localdate(NOW))
    line = {"t": int(NOW.timestamp()), "p": who, "s": str(school.pk), "f": "eleve", "v": "accueil"}
    spool.write(line, now=NOW)
    usage.flush(now=NOW + datetime.timedelta(minutes=3))
    assert RawHit.objects.count() == 1
    erase(one)
    assert RawHit.objects.count() == 0


def test_an_erasure_cut_short_changes_nothing(world, erase, monkeypatch):
    one = plant(world, "A")
    lift(one)
    before = digest.take(files=False)

    def cut(*args, **kwargs):
        raise OSError("cut")

    monkeypatch.setattr(erasure.erased, "add", cut)
    with pytest.raises(OSError):
        erase(one)
    assert digest.take(files=False) == before


def test_the_list_beside_the_base_erases_again_after_a_restore(world, erase):
    one = plant(world, "A")
    key = one.pk
    erase(one)
    assert list(erased.read()) == [key]
    Person.objects.create(pk=key, last_name="revenu", first_name="x")  # what a restored backup does
    assert erase_again(ids=list(erased.read()), now=NOW) == 1
    assert not Person.objects.filter(pk=key).exists()
    assert erase_again(ids=list(erased.read()), now=NOW) == 0


def test_who_was_joined_under_another_key_does_not_come_back_under_it(world, erase):
    """Backup, two sheets joined, erased, backup put back: the sheet of before is somebody the list does not name."""
    kept, joined = (plant(world, who) for who in "AB")
    former = joined.pk
    code = ActivationCode.objects.get(person=joined)
    ActivationCode.objects.filter(pk=code.pk).update(expires_at=NOW + datetime.timedelta(days=9))
    journal.record(person_id=None, verb="change", subject=joined, now=NOW, values={"nom": "x"}, about_id=former)
    join_guardians(code=code, kept=kept, person=kept, now=NOW)
    erase(kept)
    assert set(erased.read()) == {kept.pk, former}
    assert not Detail.objects.filter(about_id=former).exists()
    assert not Change.objects.filter(row_id=former).exclude(before={}).exists()
    Person.objects.create(pk=former, last_name="revenu", first_name="x")  # what a restored backup does
    assert erase_again(ids=list(erased.read()), now=NOW) == 1
    assert not Person.objects.filter(pk=former).exists()


def test_a_list_cut_in_its_middle_is_read_as_far_as_it_goes(home):
    (home / "erased.jsonl").write_text('{"id": "00000000-0000-7000-8000-000000000001", "at": "x"}\n{"id": "0000')
    assert len(erased.read()) == 1


def test_commands_find_by_identifier_and_refuse_to_guess(world, home, capsys, monkeypatch):
    one = plant(world, "a")
    call_command("export_person", one.account.identifier.upper(), to=home / "out.zip")
    assert (home / "out.zip").stat().st_mode & 0o077 == 0
    assert "donnees.json" in unzip((home / "out.zip").read_bytes())
    assert Entry.objects.filter(verb="export_person", object_id=one.pk).exists()
    call_command("export_person", f"{one.first_name.upper()} {one.display_last_name}", to=home / "named.zip")
    namesake = Person.objects.create(first_name=one.first_name, last_name=one.display_last_name)
    with pytest.raises(CommandError, match="2 personnes portent ce nom") as told:
        call_command("export_person", one.full_name, to=home / "neither.zip")
    assert str(one.pk) in str(told.value) and not (home / "neither.zip").exists()
    namesake.delete()
    before = digest.take(files=False)
    with pytest.raises(CommandError, match="Personne ne porte"):
        call_command("erase_person", "jeton", yes=True)
    monkeypatch.setattr("sys.stdin", StringIO())  # nobody is there to type the name
    with pytest.raises(CommandError, match="Rien n’est effacé"):
        call_command("erase_person", str(one.pk))
    assert digest.take(files=False) == before
    lift(one)
    said = StringIO()
    call_command("erase_person", str(one.pk), yes=True, stdout=said)
    assert "\ncompte\u00a0: 1\n" in f"\n{said.getvalue()}" and "people." not in said.getvalue()
    assert not Account.objects.filter(identifier="jetonaidentifiant").exists()


def test_the_public_notice_speaks_of_every_table_and_of_nobody(world, client, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.get("/donnees-personnelles/")
    text = answer.content.decode()
    assert answer.status_code == 200 and "Canari" not in text
    for words in ("Civilité, nom", "3 mois après la fin", "Secret du second facteur", "La ligne est supprimée"):
        assert words in text
    assert "Set-Cookie" not in answer.headers


def test_each_room_that_keeps_something_says_under_which_title():
    """In its `apps.py`, in French; Django would say the name of the folder."""
    ours = [e for e in declared() if e.label not in LIBRARIES and e.privacy.erase is not Erase.NOTHING]
    rooms = {e.model._meta.app_config for e in ours}
    assert [room.label for room in rooms if "verbose_name" not in vars(type(room))] == []
    titles = [chapter.title for chapter in kept_chapters()]
    assert titles[0] == "Personnes et comptes" and titles[-2:] == ["Imports et travaux", "Journal"]
    assert len(titles) == len(set(titles))
