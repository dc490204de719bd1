"""The list of one's conversations, and each of them."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import UUIDField
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from preau.ent.mail import actions, files, queries, rules
from preau.ent.mail.actions.writing import STOPPED, said_to
from preau.ent.mail.forms import MessageForm
from preau.ent.mail.models import MOST_FILES, first_words
from preau.ent.mail.table import OF_FAMILIES, Part
from preau.kit.bodies import of_files
from preau.kit.files import send_given
from preau.kit.views import form_page, press, signed_in, submit
from preau.media.actions import note_dangerous
from preau.media.fields import is_dangerous
from preau.media.queries import given_to
from preau.people.prepared import PreparedFor
from preau.people.queries import is_child
from preau.schools.queries import links_of_guardian
from preau.spaces import audiences
from preau.spaces.naming import child_tags
from preau.spaces.queries import stops

MOST_FIGURES = 9  # of a number
SENT = _("Message envoyé\u00a0: les personnes de cette conversation le lisent, et personne d’autre.")
SENT_BY_PUPIL = _("Ton message est envoyé.")
APART, BACK = _("C’est rangé, dans la liste «\u00a0Rangées\u00a0»."), _("C’est remis dans la liste.")
MUTED, HEARD = (
    _("C’est noté\u00a0: cette conversation est en sourdine."),
    _("C’est noté\u00a0: elle n’est plus en sourdine."),
)
SHUT = _(
    "Cette conversation n’est pas montrée pour le moment\u00a0: les messages sont arrêtés. Elle n’est pas perdue. "
    "L’école dit pourquoi."
)
RECALLED = _("C’est retiré\u00a0: plus personne ne lit ce message.")
# What everybody opens: their SQL is written once for each pattern of titles (people/prepared.py).
INBOX = PreparedFor(
    lambda person, today, archived: queries.inbox(rules.participations_of(person, today), archived=archived)
)
PEOPLE = PreparedFor(
    lambda person, today, talk: queries.participants_of(rules.conversations_visible_to(person, today), talk), UUIDField
)
LAST = PreparedFor(
    lambda person, today, talk: queries.last_messages(rules.messages_visible_to(person, today), talk), UUIDField
)
WRITTEN_IN = PreparedFor(lambda person, today: rules.schools_written_in(person, today).values_list("pk")[:1])
REPORTS = PreparedFor(lambda person, today: rules.reports_waiting_for(person, today).values_list("pk"))


def sent_words(part) -> str:
    """Once a message has left: to a pupil, in four words."""
    return gettext(SENT_BY_PUPIL if part == Part.PUPIL else SENT)


@signed_in(is_family=True)
def inbox(request):
    """Those with something unread first; « Rangées » in a list of their own."""
    return _inbox(request)


def _inbox(request, shut=""):
    person, today, archived = request.person, localdate(), request.GET.get("rangees") == "1"
    rows = INBOX.rows(person, today, key=(archived,))
    page = Paginator(rows, queries.PAGE).get_page(request.GET.get("page"))
    lines = queries.inbox_lines(page.object_list)
    context = {
        "page": page, "archived": archived, "now": now(),
        "tags": _tags(person, [each.conversation for each in lines], today),
        "lines": [(each, queries.others_of(each.conversation, person)) for each in lines],
        "stopped": stops.notices(audiences.memberships_of(person, today), today),
        "can_write": bool(WRITTEN_IN.rows(person, today)),
        "reports_count": len(REPORTS.rows(person, today)), "shut": shut,
        "has_reports": not is_child(person, today) or rules.reports_visible_to(person, today).exists(),
    }  # fmt: skip
    return render(request, "mail/inbox.html", context, status=403 if shut else 200)


def _stopped(request, part):
    """Why it is not shown; what was typed before the stop stays, and leaves from here once all is started again."""
    if request.method != "POST":
        return _inbox(request, shut=gettext(SHUT))
    form = MessageForm(request.POST, is_child=part == Part.PUPIL)
    for name in ("files", "recording"):
        form.fields.pop(name, None)
    form.add_error(None, gettext(said_to(part=part, sentence=STOPPED)))
    return form_page(request, form, title=gettext("Messages"), button=gettext("Envoyer"), back=reverse("mail:inbox"))


@signed_in("GET", "POST", takes=of_files(MOST_FILES), is_family=True)
def conversation_detail(request, conversation_id):
    """What was said, the last twenty first read, and what one answers; what was typed stays when it cannot leave."""
    person, today = request.person, localdate()
    people = PEOPLE.rows(person, today, conversation_id)
    if not people:
        if part := rules.stopped_part(person, conversation_id, today):
            return _stopped(request, part)
        raise Http404
    conversation = people[0].conversation
    mine = next(each for each in people if each.person_id == person.pk)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = MessageForm(*sent, is_child=mine.part == Part.PUPIL)
    said = {"person": person, "conversation": conversation, "now": now()}
    if submit(request, form, lambda **typed: actions.answer(**said, **typed)):
        messages.success(request, sent_words(mine.part))
        return redirect("mail:conversation", conversation_id=conversation.pk)
    if is_dangerous(form):
        note_dangerous(person=person, school=conversation.school, now=now())
    before = request.GET.get("avant", "")
    before = int(before) if before.isdecimal() and len(before) < MOST_FIGURES else None
    shown = queries.with_files(
        LAST.rows(person, today, conversation.pk)
        if before is None
        else queries.last_messages(rules.messages_visible_to(person, today), conversation.pk, before)
    )
    older, shown = len(shown) > queries.PAGE, shown[-queries.PAGE :]
    received = [each for each in shown if each.author_id != person.pk and each.recalled_at is None]
    new = (each.number for each in received if each.number > mine.seen_number)
    context = {
        "talk": conversation, "form": form, "shown": shown, "older": older and shown[0].number, "mine": mine,
        "others": [each for each in people if each.person_id != person.pk], "is_family": mine.part in OF_FAMILIES,
        "is_titled": bool(conversation.subject) and not (shown and first_words(shown[0].text) == conversation.subject),
        "can_answer": rules.can_answer(person, people, today), "now": now(),
        "tags": _tags(person, [conversation], today) if mine.part == Part.GUARDIAN else {},
        "recall_from": now() - queries.RECALL_WITHIN, "first_new": min(new, default=None),
        "last": max((each.number for each in shown), default=0), "seen_by": queries.seen_by(people, shown, person),
    }  # fmt: skip
    return render(request, "mail/conversation.html", context, status=422 if form.errors else 200)


@signed_in("POST")
def seen_create(request, conversation_id):
    """The page was shown: sent by its script, or by « J’ai lu »."""
    conversation, number = _conversation(request, conversation_id), request.POST.get("number", "")
    if number.isdecimal() and len(number) < MOST_FIGURES:
        actions.mark_seen(person=request.person, conversation=conversation, number=int(number), now=now())
    return HttpResponse(status=204)


@signed_in("POST", is_family=True)
def keeping(request, conversation_id):
    """« Ranger », or « Remettre »."""
    conversation, is_apart = _conversation(request, conversation_id), request.POST.get("rangee") == "1"
    actions.keep_apart(person=request.person, conversation=conversation, is_apart=is_apart, now=now())
    messages.success(request, gettext(APART if is_apart else BACK))
    return redirect("mail:inbox")


@signed_in("POST", is_family=True)
def muting(request, conversation_id):
    """« Mettre en sourdine », or back."""
    conversation, is_muted = _conversation(request, conversation_id), request.POST.get("sourdine") == "1"
    actions.mute(person=request.person, conversation=conversation, is_muted=is_muted, now=now())
    messages.success(request, gettext(MUTED if is_muted else HEARD))
    return redirect("mail:conversation", conversation_id=conversation.pk)


@signed_in("POST", is_family=True)
def recall_create(request, message_id):
    """« Retirer » one's own message."""
    message = get_object_or_404(rules.messages_visible_to(request.person, localdate()), pk=message_id)
    press(
        request,
        lambda: actions.recall_message(person=request.person, message=message, now=now()),
        gettext(RECALLED),
    )
    return redirect("mail:conversation", conversation_id=message.conversation_id)


@signed_in()
def message_file(request, message_file_id):
    """What came with a message."""
    given = given_to(rules.message_files_visible_to, request.person, message_file_id)
    return send_given(request, files.MESSAGE, message_file_id, given)


def _conversation(request, conversation_id):
    visible = rules.conversations_visible_to(request.person, localdate())
    return get_object_or_404(visible.select_related("school__city", "child"), pk=conversation_id)


def _tags(person, conversations, today):
    """A guardian's own children, told as everywhere; the others are named in words."""
    about = {each.child_id for each in conversations if each.child_id}
    return child_tags([link.child for link in links_of_guardian(person, today)], about) if about else {}
