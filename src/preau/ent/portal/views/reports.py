"""« Signaler » a comment or a pupil's text: why, to whom it goes, who can be called at once."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from preau.ent.comments.models import Comment
from preau.ent.comments.rules import comments_visible_to
from preau.ent.mail.rules import can_report_thing
from preau.ent.portal import actions
from preau.ent.portal.forms import ThingReportForm
from preau.ent.writings.models import State
from preau.ent.writings.rules import writings_visible_to
from preau.kit.answers import require
from preau.kit.pages.addresses import address
from preau.kit.views import signed_in, submit
from preau.people.queries import is_child

REPORTED = _("Signalement envoyé. Sa suite se lit ici.")
HIDDEN = _("Signalement envoyé. C’est caché en attendant. Sa suite se lit ici.")


@signed_in("GET", "POST", is_family=True)
def comment_report(request, shown_comment_id):
    """Of what is shown under a post."""
    shown = comments_visible_to(request.person, localdate()).filter(state=Comment.State.SHOWN)
    places = ("classroom__school", "group__school")
    shown = shown.select_related("author", *(f"publication__{path}" for path in places))
    comment = get_object_or_404(shown, pk=shown_comment_id)
    back = address("comments:discussion", comment.publication_id)
    said = {"text": comment.text, "back": back, "act": actions.report_comment, "sent": {"comment": comment}}
    return _report(request, about=comment.author, thing_id=comment.pk, **said)


@signed_in("GET", "POST", is_family=True)
def writing_report(request, shown_writing_id):
    """Of a pupil's text that is published."""
    shown = writings_visible_to(request.person, localdate()).filter(publication__state=State.PUBLISHED)
    shown = shown.filter(publication__author__isnull=False)
    writing = get_object_or_404(
        shown.select_related("publication__author", "publication__classroom__school"), pk=shown_writing_id
    )
    back = address("writings:writing_detail", writing.pk)
    said = {"text": writing.text, "back": back, "act": actions.report_writing, "sent": {"writing": writing}}
    return _report(request, about=writing.publication.author, thing_id=writing.pk, **said)


@signed_in()
def reported_thing(request, thing_id):
    """To where it was said, for who reads there."""
    person, today = request.person, localdate()
    comment = comments_visible_to(person, today).filter(pk=thing_id).first()
    if comment:
        return redirect("comments:discussion", discussed_id=comment.publication_id)
    writing = get_object_or_404(writings_visible_to(person, today), pk=thing_id)
    return redirect("writings:writing_detail", writing_id=writing.pk)


def _report(request, *, about, thing_id, text, back, act, sent):
    person = request.person
    require(can_report_thing(person, about, thing_id))
    form = ThingReportForm(request.POST if request.method == "POST" else None, is_child=is_child(person, localdate()))
    report = submit(request, form, lambda **said: act(person=person, now=now(), **sent, **said))
    if report:
        messages.success(request, gettext(HIDDEN if form.cleaned_data["hurts"] else REPORTED))
        return redirect("mail:report", report_id=report.pk)
    context = {"form": form, "text": text, "back": back}
    return render(request, "portal/report_new.html", context, status=422 if form.errors else 200)
