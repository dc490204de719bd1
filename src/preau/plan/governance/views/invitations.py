"""Who was told of a session, by what way, and who must still get the letter."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now

from preau.kit.answers import require
from preau.kit.money import NBSP
from preau.kit.views import pdf_file, signed_in, submit
from preau.plan.governance import actions, forms, letters, queries, rules
from preau.plan.governance.views.steps import press_step, session_name, visible_session


@signed_in("GET", "POST")
def invitation_list(request, convened_id):
    """Each seat and how it was told; the secretariat notes the letters handed over."""
    session = visible_session(request, convened_id)
    lines = queries.invitation_lines(session, now())
    may_write = rules.can_invite_seats(request.person, session, localdate())
    form = None
    if may_write or request.method == "POST":
        require(may_write)
        form = forms.LettersForm(request.POST or None, lines=lines, initial={"version": session.version})

        def write(**fields):
            return actions.hand_letters(person=request.person, session=session, now=now(), **fields)

        if submit(request, form, write, session):
            messages.success(
                request,
                f"{session_name(session)}{NBSP}: les lettres remises sont notées. Ces sièges ne sont plus à prévenir.",
            )
            return redirect("governance:invitation_list", convened_id=session.id)
    context = {
        "session": session, "lines": lines, "form": form,
        "to_hand": sum(1 for line in lines if line.is_to_hand),
        "uninvited": sum(1 for line in lines if line.invitation is None),
        "may_print": rules.can_keep_secretariat(request.person, session.committee.city, localdate()),
    }  # fmt: skip
    return render(request, "governance/invitation_list.html", context, status=422 if request.method == "POST" else 200)


@signed_in("POST")
def invitation_create(request, convened_id):
    """« Convoquer aussi ces sièges »"""
    return press_step(
        request,
        convened_id,
        rule=rules.can_invite_seats,
        action=actions.invite_new_seats,
        said="Les sièges ajoutés sont convoqués. Voyez qui est prévenu, et à qui remettre la lettre.",
        to="governance:invitation_list",
    )


@signed_in("POST")
def agenda_notice(request, convened_id):
    """« Prévenir les membres du changement »"""
    return press_step(
        request,
        convened_id,
        rule=rules.can_invite_seats,
        action=actions.tell_agenda,
        said="Le changement est annoncé. Voyez qui est prévenu, et à qui remettre la lettre.",
        to="governance:invitation_list",
    )


@signed_in()
def invitation_letters(request, convened_id):
    """The letters of all seats, or with `?a-remettre` of those who must get the paper; 404 when there is none."""
    session = visible_session(request, convened_id)
    require(rules.can_keep_secretariat(request.person, session.committee.city, localdate()))
    found = queries.letters_of(session, now(), only_to_hand="a-remettre" in request.GET)
    if not found:
        raise Http404
    name = f"convocations-{session.committee.kind}-{session.number}"
    return pdf_file(name, letters.draw(found, session=session, now=now()), is_private=True)
