"""What each person of a base reads, item by item, to compare before and after a change of what reaches whom.

`PREAU_HOME=… python -m tests.spaces.readings FILE` writes it; with a second FILE, says what changed since.
Only the doors of `spaces` are asked: their cost is not the point, their answer is.
"""

import json
import os
import sys
from pathlib import Path

ALL = 10_000  # no page: every item


def readings(today) -> dict:
    """{person: {"home <profile>": items, "home <child>": items, "space <place>": items}} and {"who": {item: readers}}.

    Items and persons are ids; an audience is not named, so that two ways of writing it compare.
    """
    from preau.people.models import Person
    from preau.places.models import City, Classroom, Group, School
    from preau.spaces import audiences
    from preau.spaces.models import Publication
    from preau.spaces.queries import feed_positions, select_memberships

    found = {}
    places = [place for model in (Classroom, Group, School, City) for place in model.objects.all()]
    own = {place.pk: set(audiences.keys(place)) for place in places}
    for person in Person.objects.order_by("pk"):
        memberships = audiences.memberships_of(person, today)
        mine = {m.audience for m in memberships}
        asked = {f"home {m.profile}": {"profiles": (m.profile,)} for m in memberships}
        asked |= {f"home {m.child_id}": {"child": m.child_id} for m in memberships if m.child_id}
        asked |= {f"space {key}": {"only": keys} for key, keys in own.items() if mine & keys}
        pages = {
            name: feed_positions(select_memberships(memberships, **kept), today, limit=ALL).publication_ids
            for name, kept in asked.items()
        }
        found[str(person.pk)] = {name: [str(pk) for pk in page] for name, page in sorted(pages.items()) if page}
    who = {}
    for publication in Publication.objects.order_by("pk").prefetch_related("reaches"):
        members = audiences.members_of([reach.audience for reach in publication.reaches.all()], today)
        who[str(publication.pk)] = sorted({f"{m.profile} {m.person_id} {m.child_id}" for m in members})
    return {"persons": {key: pages for key, pages in found.items() if pages}, "who": who}


def changes(before: dict, after: dict):
    """Lines « person · page: item gone / come », and « who · item: reader gone / come »."""
    for part in ("persons", "who"):
        for key in sorted(before[part].keys() | after[part].keys()):
            one, other = before[part].get(key, {}), after[part].get(key, {})
            pairs = [("", one, other)] if part == "who" else []
            if part == "persons":
                pairs = [(name, one.get(name, []), other.get(name, [])) for name in sorted(one.keys() | other.keys())]
            for name, old, new in pairs:
                yield from (f"{part} {key} {name} - {item}" for item in old if item not in set(new))
                yield from (f"{part} {key} {name} + {item}" for item in new if item not in set(old))
                if set(old) == set(new) and list(old) != list(new):
                    yield f"{part} {key} {name}: another order"


def main(argv):
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    django.setup()
    from django.utils.timezone import localdate

    now = readings(localdate())
    Path(argv[0]).write_text(json.dumps(now))
    print(len(now["persons"]), "persons read something;", len(now["who"]), "items")
    if len(argv) > 1:
        for line in changes(json.loads(Path(argv[1]).read_text()), now):
            print(line)


if __name__ == "__main__":
    main(sys.argv[1:])
