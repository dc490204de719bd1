"""What was said and decided, and its approval."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from preau.kit.answers import require
from preau.kit.money import NBSP
from preau.kit.views import form_page, signed_in, submit
from preau.plan.governance import actions, forms, queries, rules
from preau.plan.governance.views.steps import press_step, session_name, visible_session
from preau.plan.studies.models import Authority

OF_AUTHORITY = {Authority.CITY: "de la Ville", Authority.STATE: "de l’Éducation nationale"}


@signed_in("GET", "POST")
def attendance(request, session_id):
    """The sheet to print and sign; once the session is held, who came."""
    today = localdate()
    session = visible_session(request, session_id)
    colleges = queries.attendance_rows(session)
    may_write = rules.can_write_minutes(request.person, session, today)
    form = None
    if may_write or request.method == "POST":
        require(may_write)
        data = request.POST or None
        form = forms.AttendanceForm(data, colleges=colleges, initial={"version": session.version})

        def write(version, **_):
            rows = form.answers()
            return actions.record_attendance(
                person=request.person, session=session, rows=rows, version=version, now=now()
            )

        if submit(request, form, write, session):
            messages.success(
                request, f"{session_name(session)}{NBSP}: les présences sont notées. Le relevé les reprendra."
            )
            return redirect("governance:session_detail", session_id=session.id)
    context = {"session": session, "colleges": colleges, "form": form}
    return render(request, "governance/attendance.html", context, status=422 if request.method == "POST" else 200)


@signed_in()
def minutes_detail(request, session_id):
    """The relevé as it reads, what the State remarked, who approved."""
    today = localdate()
    session = visible_session(request, session_id)
    person = request.person
    approvals = list(session.approvals.order_by("approved_at"))
    has_agreed = rules.voice_of(person, session, today) in [approval.authority for approval in approvals]
    context = {
        "session": session,
        "decisions": queries.decisions_of(session),
        "colleges": queries.presences(session),
        "approvals": approvals,
        "comments": session.comments.order_by("written_at", "id"),
        "may_minute": rules.can_write_minutes(person, session, today),
        "may_approve": rules.can_approve_minutes(person, session, today) and not has_agreed,
        "may_publish": rules.can_publish_minutes(person, session, today),
        "form": forms.CommentForm() if rules.can_comment_session(person, session, today) else None,
    }
    return render(request, "governance/minutes_detail.html", context)


@signed_in("GET", "POST")
def minutes_edit(request, session_id):
    """« Écrire le relevé »"""
    session = visible_session(request, session_id)
    require(rules.can_write_minutes(request.person, session, localdate()))
    form = forms.MinutesForm(request.POST or None, initial={"text": session.minutes, "version": session.version})

    def write(**fields):
        return actions.draft_minutes(person=request.person, session=session, now=now(), **fields)

    if submit(request, form, write, session):
        messages.success(request, f"Le relevé est écrit. Ses lecteurs le voient, il attend {_awaited(session)}.")
        return redirect("governance:minutes_detail", session_id=session.id)
    back = reverse("governance:minutes_detail", args=[session.id])
    return form_page(
        request,
        form,
        title="Écrire le relevé",
        button="Enregistrer le relevé",
        back=back,
        eyebrow=session_name(session),
        lead="Une approbation déjà donnée tombe quand le relevé change.",
    )


def _awaited(session):
    """« l’approbation de la Ville et de l’État »: whose is not given yet; empty once the relevé holds."""
    given = session.approvals.values_list("authority", flat=True)
    names = [OF_AUTHORITY[one] for one in session.must_agree if one not in given]
    return f"l’approbation {' et '.join(names)}" if names else ""


def _approved_said(session):
    awaited = _awaited(session)
    then = f"Il attend encore {awaited}." if awaited else "Plus personne n’est attendu, ses décisions valent."
    return f"Vous avez approuvé ce relevé. {then}"


@signed_in("POST")
def minutes_approval(request, session_id):
    """One authority agrees with what it read."""
    return press_step(
        request,
        session_id,
        rule=rules.can_approve_minutes,
        action=actions.approve_minutes,
        said=_approved_said,
        to="governance:minutes_detail",
    )


@signed_in("POST")
def minutes_publication(request, session_id):
    """« Publier le relevé »"""
    return press_step(
        request,
        session_id,
        rule=rules.can_publish_minutes,
        action=actions.publish_minutes,
        said="Le relevé est publié. Les fédérations de parents lisent ses décisions.",
        to="governance:minutes_detail",
    )


@signed_in("POST")
def comment_create(request, session_id):
    """A remark of the State."""
    session = visible_session(request, session_id)
    require(rules.can_comment_session(request.person, session, localdate()))
    form = forms.CommentForm(request.POST)
    back = reverse("governance:minutes_detail", args=[session.id])

    def write(**fields):
        return actions.comment_session(person=request.person, session=session, now=now(), **fields)

    if submit(request, form, write):
        messages.success(request, "Votre remarque est au dossier de la séance. Les membres la lisent avec le relevé.")
        return redirect(back)
    return form_page(
        request, form, title="Votre remarque", button="L’ajouter", eyebrow=session_name(session), back=back
    )
