"""`{{ note|title_said }}`, `{{ note|call_said }}`, `{{ answer|answer_said:note }}`: in the language of the page."""

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.timezone import localdate

from preau.ent.notes import translated
from preau.kit.dates import day_text
from preau.kit.pages.addresses import address

register = template.Library()
register.filter("title_said", translated.title_said)
register.filter("choice_said", translated.choice_said)
register.filter("call_said", translated.call_said)
register.filter("answer_said", translated.answer_said)

COUPON = ' <a class="tall" href="{}">Noter son coupon<span class="only-heard"> {}, {}</span></a>'


@register.simple_tag
def guardians(line, note):
    """What each guardian of a child said: a class has sixty of them, and a loop of the template costs twice as much."""
    chip = '<li>{} <span class="chip" data-is="{}">{}</span>{}{}{}</li>'
    return format_html_join("", chip, (_of_guardian(line, one, note) for one in line.guardians))


def _of_guardian(line, one, note):
    aside, coupon, file = _since(one, note) or one.aside, "", ""
    if aside:
        aside = format_html(' <span class="chip" data-is="none">{}</span>', aside)
    if one.has_coupon_out:
        where = address("notes:coupon_return", one.expected.expected_id)
        coupon = format_html(COUPON, where, one.name, line.name)
    if one.answer is not None and one.answer.sent:
        file = render_to_string("notes/_answer_file.html", {"file": one.answer.sent})
    said = one.said if one.answer is None else translated.answer_said(one.answer, note)
    return one.name, one.mark, said, aside, coupon, file


def _since(one, note):
    """Of who began or ceased to answer for the child since the mot was published."""
    if one.is_former:
        return (
            "ne répond plus de l’enfant\u00a0: sa réponse ne compte plus"
            if one.answer
            else "ne répond plus de l’enfant"
        )
    if one.expected is None:
        return ""
    added_on = localdate(one.expected.added_at)
    return f"attendu depuis le {day_text(added_on)}" if added_on > localdate(note.publication.published_at) else ""
