"""The way on paper: coupons to print, coupons that come back; and the others told again."""

from html import unescape

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.text import capfirst
from django.utils.timezone import localdate, now
from django.utils.translation import gettext, override
from django.utils.translation import gettext_noop as _

from preau.ent.notes import actions, queries, rules
from preau.ent.notes.forms import AnswerForm
from preau.ent.notes.models import Nature, Outing
from preau.ent.notes.translated import choice_said
from preau.ent.notes.views.following import followed
from preau.kit.answers import Conflict, require
from preau.kit.dates import hour_text, weekday_text
from preau.kit.money import counted
from preau.kit.views import pdf_file, signed_in, submit
from preau.notify import papers
from preau.notify.models import Expected
from preau.people.languages import TO_REREAD, WRITTEN

NOBODY_TOLD = "Aucun responsable ne peut être prévenu autrement"
OUTINGS = {
    Outing.WITHIN: (_("Sortie obligatoire et gratuite."),),
    Outing.BEYOND: (
        _("Sortie facultative."),
        _("Elle dépasse le temps de classe. Sans votre accord, votre enfant reste à l’école."),
    ),
    Outing.NIGHT: (_("Voyage scolaire facultatif."), _("Sans votre accord, votre enfant va en classe.")),
}
AGREED, NOT_AGREED = _("D’accord"), _("Pas d’accord")
BOXES = {
    Nature.SEE: (_("J’ai lu"),),
    Nature.SIGN: (AGREED, NOT_AGREED),
    Nature.BOTH: (AGREED, NOT_AGREED),
    Nature.DATE: (_("Date\u00a0: ……………………"),),
    Nature.TEXT: (_("Réponse\u00a0: ……………………………………"),),
    Nature.FILE: (_("Le document est avec ce coupon"),),
}


@signed_in("POST")
def coupons_create(request, note_id):
    """A coupon for each guardian and child not reached, on A4 to cut."""
    note, targets = followed(request, note_id)
    require(rules.can_follow_note(request.person, note, localdate(), targets=targets))
    moment = now()
    try:
        follow = actions.print_coupons(person=request.person, note=note, now=moment)
    except Conflict as conflict:
        messages.error(request, conflict.reason)
        return redirect("notes:note_follow", note_id=note.pk)
    languages = queries.languages_of(one.person_id for child, one in follow.coupons)
    facts = " ".join(filter(None, (_facts(note), _enclosed(note))))
    words = _words_by_language(note, languages.values())
    coupons = [
        _coupon(request, note, child, one, words.get(languages.get(one.person_id)) or words[""], facts)
        for child, one in follow.coupons
    ]
    pdf = papers.draw(coupons, title=f"Coupons, {note.title}", now=moment)
    return pdf_file("coupons", pdf)


@signed_in("POST")
def reminder_create(request, note_id):
    """Tells again who has not opened it."""
    person, (note, targets) = request.person, followed(request, note_id)
    require(rules.can_follow_note(person, note, localdate(), targets=targets))
    try:
        count = actions.remind(person=person, note=note, now=now())
    except Conflict as conflict:
        messages.error(request, conflict.reason)
    else:
        told = counted(count, "responsable sera prévenu", "responsables seront prévenus") if count else NOBODY_TOLD
        messages.success(request, f"{told}. Qui n’a pas donné d’adresse lira le mot en entrant, ou sur son coupon.")
    return redirect("notes:note_follow", note_id=note.pk)


@signed_in("GET", "POST")
def coupon_return(request, expected_id):
    """What the QR code of a coupon opens: the answer is noted for this guardian and child, in one touch."""
    person, today = request.person, localdate()
    followed_one = rules.notes_followed_by(person, today).filter(publication=OuterRef("notice__publication"))
    rows = Expected.objects.filter(Exists(followed_one))
    paths = ("person", "child", "notice__publication__note", "notice__publication__classroom")
    expected = get_object_or_404(rows.select_related(*paths), pk=expected_id)
    note = expected.notice.publication.note
    require(rules.can_note_coupon(person, note, expected, today))
    form = AnswerForm(request.POST or None, note=note, on_paper=True)
    if request.GET.get("version", "").isdecimal():  # in the QR code: the text that the family read
        form.initial["version"] = request.GET["version"]
    noted = submit(
        request,
        form,
        lambda **said: actions.return_coupon(person=person, note=note, expected=expected, now=now(), **said),
    )
    if noted:
        names = f"{expected.child.first_name}, {expected.person.formal_name}"
        messages.success(request, f"Le coupon est noté\u00a0: {names}.")
        return redirect("notes:note_follow", note_id=note.pk)
    context = {"note": note, "expected": expected, "form": form, "place": note.publication.place}
    return render(request, "notes/coupon_return.html", context, status=422 if form.errors else 200)


def _enclosed(note):
    """Who reads on paper is told what goes with the mot, and where to have it."""
    labels = note.files.filter(ready_at__isnull=False).order_by("id").values_list("label", flat=True)
    return f"Avec ce mot\u00a0: {', '.join(labels)}. Demandez-le à l’école." if labels else ""


def _coupon(request, note, child, one, words, facts):
    where = reverse("notes:coupon_return", args=[one.expected.expected_id])
    before = f" Réponse avant le {weekday_text(note.answer_before)}." if note.answer_before else ""
    return papers.Coupon(
        school=str(queries.school_of(note)),
        child=child.name,
        guardian=one.name,
        title=note.title,
        facts=facts,
        text=note.text,
        **words,
        back=f"À rendre à l’école, dans le cahier de liaison.{before}",
        address=request.build_absolute_uri(f"{where}?version={note.version}"),
    )


def _words_by_language(note, languages):
    """{language: the words of a coupon}, French under ""."""
    known = {language for language in languages if language in WRITTEN}
    reviews = queries.reviews_of(queries.school_of(note).city_id) if known else {}
    return {language: _words(note, language, reviews.get(language)) for language in ("", *known)}


def _words(note, language, review):
    """The boxes in French, that the school reads, and in the language of who signs; what they have to know in that
    one."""
    boxes = tuple(note.choices) if note.nature == Nature.CHOICE else BOXES[note.nature]
    if not language:
        return {"boxes": boxes}
    with override(language):
        others = [_bare(choice_said(note, box)) if note.choices else gettext(box) for box in boxes]
        sign, said = gettext("Date et signature"), "\n".join(filter(None, _said(note, review)))
    pairs = zip((papers.SIGN, *boxes), (sign, *others), strict=True)
    sign, *boxes = (one if other == one else f"{one} / {other}" for one, other in pairs)
    return {"boxes": tuple(boxes), "sign": sign, "said": said}


def _said(note, review):
    """The lines of the coupon in the language of the page; first whether a person reread them, as the screen says."""
    read = queries.in_language_of_page(note)
    yield _reread(read, review)
    if read:
        yield _bare(read.title)
        yield read.plain
    if note.leaves_at:
        back = f"{weekday_text(note.returns_on)}, " if note.returns_on else ""
        away = f"{gettext('Départ')} {hour_text(note.leaves_at)}"
        back = f"{gettext('Retour')} {back}{hour_text(note.returns_at)}"
        yield f"{capfirst(weekday_text(note.happens_on))}. {away}. {back}."
    yield " ".join(map(gettext, OUTINGS.get(note.outing, ())))
    yield gettext("Rendez ce coupon à l’école, dans le cahier de liaison.")
    if note.answer_before:
        yield gettext("Réponse avant le %(day)s.") % {"day": weekday_text(note.answer_before)}


def _reread(read, review):
    if read and read.is_automatic:
        return gettext("Traduction automatique")
    return gettext("Traduction relue par %(name)s") % {"name": review.reviewer} if review else gettext(TO_REREAD)


def _bare(words):
    return unescape(strip_tags(words))


def _facts(note):
    """« jeudi 8 octobre, départ 8 h 30, retour 17 h 30. Sortie facultative… »"""
    if not note.happens_on or not note.outing:
        return weekday_text(note.happens_on).capitalize() if note.happens_on else ""
    back = f"{weekday_text(note.returns_on)} à " if note.returns_on else ""
    day, hours = weekday_text(note.happens_on).capitalize(), (hour_text(note.leaves_at), hour_text(note.returns_at))
    return f"{day}, départ {hours[0]}, retour {back}{hours[1]}. {Outing(note.outing).label.capitalize()}."
