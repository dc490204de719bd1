"""`{{ note|title_said }}`, `{{ note|call_said }}`, `{{ answer|answer_said:note }}`: in the language of the page."""

from django import template

from preau.ent.notes import translated

register = template.Library()
register.filter("title_said", translated.title_said)
register.filter("choice_said", translated.choice_said)
register.filter("call_said", translated.call_said)
register.filter("answer_said", translated.answer_said)
