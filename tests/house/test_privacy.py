"""House law 5: every table says what it holds of people, by every path that leads to one."""

import pytest
from django.apps import apps
from django.db.models import CASCADE, SET_NULL, ForeignKey

from preau.kit.privacy import Erase, Privacy
from preau.people.models import Account, Person
from preau.privacy.declarations import LIBRARIES, declared
from tests.house.source import modules

PEOPLE = {Person, Account}


def tables():
    return [m for m in apps.get_models(include_auto_created=True) if m._meta.managed and not m._meta.proxy]


def paths_to_people(model):
    """Declared form of each foreign key to a person, or to an account (« account » leads to « account__person »)."""
    for field in model._meta.concrete_fields:
        if isinstance(field, ForeignKey) and field.related_model is Person:
            yield field.name
        if isinstance(field, ForeignKey) and field.related_model is Account:
            yield f"{field.name}__person"


def test_every_table_is_declared():
    known = {entry.model for entry in declared()}
    undeclared = [m._meta.label for m in tables() if m not in known and not m._meta.auto_created]
    assert undeclared == [], "say in `privacy` what the table holds of people (docs/privacy.md, « Adding a table »)"


def test_the_list_of_libraries_names_only_their_tables():
    labels = {m._meta.label for m in tables()}
    ours = {m._meta.label for m in tables() if m.__module__.startswith("preau.")}
    assert set(LIBRARIES) - labels == set() and set(LIBRARIES) & ours == set()


def test_every_path_to_a_person_is_a_subject():
    missing = [
        f"{entry.label}: {path}"
        for entry in declared()
        for path in paths_to_people(entry.model)
        if path not in entry.privacy.subjects
    ]
    assert missing == [], "name it in the `subjects` of its table's `privacy`"


@pytest.mark.django_db
def test_every_declared_path_can_be_followed():
    for entry in declared():
        for path in entry.privacy.subjects:
            assert list(entry.rows_about("00000000-0000-7000-8000-000000000000")[:1]) == [], f"{entry.label}: {path}"


def test_texts_are_filled_in_and_agree():
    wrong = []
    for entry in declared():
        privacy = entry.privacy
        if not (privacy.holds and privacy.why and privacy.keeps):
            wrong.append(f"{entry.label} says nothing")
        if privacy.erase is Erase.NOTHING and privacy.subjects:
            wrong.append(f"{entry.label} leads to a person and says it holds nothing")
        if privacy.erase is Erase.DETACH and not privacy.subjects:
            wrong.append(f"{entry.label} is detached from nobody")
        if bool(privacy.files) != bool(privacy.folders):
            wrong.append(f"{entry.label} says where its files lie, or which they are, and not both")
        names = {field.name for field in entry.model._meta.get_fields()}
        wrong += [f"{entry.label}.{name}" for name in privacy.files if not hasattr(entry.model, name)]
        wrong += [f"{entry.label}.{name}" for name in (*privacy.blanks, *privacy.hides) if name not in names]
    assert wrong == []


def test_files_are_stored_by_one_door():
    """So that an action that fails leaves none, and the sweep knows the folders."""
    wrong = [
        dotted
        for dotted, (path, _) in modules().items()
        if dotted != "kit.stored" and "default_storage.save(" in path.read_text()
    ]
    assert wrong == []


def test_what_is_detached_or_kept_does_not_vanish_with_the_person():
    """A detached row whose key cascades would go with the person all the same."""
    wrong = []
    for entry in declared():
        if entry.privacy.erase is not Erase.DETACH:
            continue
        for field in entry.model._meta.concrete_fields:
            leads = isinstance(field, ForeignKey) and field.related_model is Person
            if leads and (field.remote_field.on_delete is CASCADE or not field.null):
                wrong.append(f"{entry.label}.{field.name}")
    assert wrong == [], "the key is null=True with SET_NULL, or `erase` is DELETE"


def test_who_wrote_a_row_that_stays_only_leaves_it():
    """Their key is emptied by the base as they go."""
    wrong = [
        f"{entry.label}.{name}"
        for entry in declared()
        for name in entry.privacy.detaches
        if name not in entry.privacy.subjects
        or entry.model._meta.get_field(name).remote_field.on_delete is not SET_NULL
    ]
    assert wrong == []


def test_secrets_are_never_exported():
    hidden = {f"{entry.label}.{name}" for entry in declared() for name in entry.privacy.hides}
    secret = {
        f"{entry.label}.{field.name}"
        for entry in declared()
        if entry.privacy.subjects
        for field in entry.model._meta.concrete_fields
        if field.name in {"password", "secret", "secret_hash", "data", "session_key", "token", "key"}
    }
    assert secret - hidden == set()


def test_what_is_kept_encrypted_is_opened_for_whom_it_is_about():
    sealed = {f"{entry.label}.{name}" for entry in declared() for name in entry.privacy.sealed}
    named = {
        f"{entry.label}.{field.name}"
        for entry in declared()
        for field in entry.model._meta.concrete_fields
        if field.name.endswith("_sealed")
    }
    assert named and sealed == named


def test_a_declaration_without_personal_data_says_so():
    assert Privacy.none("compter").erase is Erase.NOTHING
