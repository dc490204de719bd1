"""Who reads: one text, the subjects of the conseil d’élèves, the newspaper of the school."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate, now

from preau.ent.writings import queries, rules
from preau.ent.writings.models import State
from preau.ent.writings.queries import WritingItem
from preau.kit.rooms.doors import tabs_of
from preau.kit.views import first_or_404, signed_in
from preau.spaces import audiences
from preau.spaces.naming import life_address
from preau.spaces.rules import schools_visible_to
from preau.spaces.rules.single import space_entered

A_PAGE = 12


@signed_in(is_family=True)
def writing_detail(request, writing_id):
    """One text, as its readers see it; its author and the class team read its remarks too, and what they may do."""
    person, today = request.person, localdate()
    writing = get_object_or_404(queries.with_place(rules.writings_visible_to(person, today)), pk=writing_id)
    is_own = writing.publication.author_id == person.pk
    is_team = bool(rules.is_team(person, writing, today))
    classroom, pictures = writing.publication.classroom, queries.pictures_of(writing, today)
    writing.is_signed = writing.pk in rules.signed_to(person, classroom, [writing], today)
    looks_over = writing.state == State.PUBLISHED and is_team and pictures
    context = {
        "taken": list(rules.children_left_since(writing, today)) if looks_over else [],
        "item": WritingItem(writing), "writing": writing, "classroom": classroom, "now": now(),
        "is_own": is_own, "is_team": is_team, "is_hidden": writing.state == State.DRAFT and not is_own,
        "remarks": queries.remarks_of(writing) if rules.reads_remarks(person, writing, today) else [],
        "pictures": pictures, "life_url": life_address(classroom),
        "allowed": {
            "edit": rules.can_edit(person, writing, today),
            "take_back": rules.can_take_back(person, writing, today),
            "discard": rules.can_discard(person, writing, today),
            "review": rules.can_review(person, writing, today),
            "remove_picture": rules.can_remove_picture(person, writing, today),
            "withdraw": rules.can_withdraw(person, writing, today),
            "restore": rules.can_restore(person, writing, today),
            "journal": rules.can_put_in_journal(person, writing, today),
            "answer": rules.can_answer(person, writing, today),
        },
    }  # fmt: skip
    return render(request, "writings/writing_detail.html", context)


@signed_in(is_family=True)
def classroom_council(request, classroom_id):
    """What pupils propose to the conseil d’élèves, and what was decided."""
    person, today = request.person, localdate()
    memberships = audiences.memberships_of(person, today)
    classroom = first_or_404(space_entered(person, "classroom", classroom_id, today, memberships=memberships))
    visible = rules.writings_visible_to(person, today, memberships=memberships)
    page = Paginator(queries.subjects_of(visible, classroom), A_PAGE).get_page(request.GET.get("page"))
    signed = rules.signed_to(person, classroom, list(page), today)
    for writing in page:
        writing.is_signed = writing.pk in signed
    context = {
        "place": classroom,
        "page": page,
        "can_write": rules.can_write_for(person, classroom, today),
        "is_team": rules.reads_over(person, classroom, today),
        "tabs": tabs_of("classroom", classroom, person=person, today=today, path=request.path),
    }
    return render(request, "writings/council.html", context)


@signed_in(is_family=True)
def school_journal(request, school_id):
    """The newspaper: what class teams chose for all the school, without a picture, to read and to print."""
    person, today = request.person, localdate()
    school = get_object_or_404(schools_visible_to(person, today), pk=school_id)
    chosen = queries.in_journal(rules.journal_visible_to(person, today), school)
    page = Paginator(chosen, A_PAGE).get_page(request.GET.get("page"))
    named = rules.names_shown_in_journal(page, today)
    context = {
        "place": school,
        "page": page,
        "items": [(WritingItem(one), one.pk in named) for one in page],
        "tabs": tabs_of("school", school, person=person, today=today, path=request.path),
    }
    return render(request, "writings/journal.html", context)
