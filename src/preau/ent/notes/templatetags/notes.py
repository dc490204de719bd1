"""`{{ note|title_said }}`, `{{ note|choice_said:answer.choice }}`: in the language of the page."""

from django import template

from preau.ent.notes import translated

register = template.Library()
register.filter("title_said", translated.title_said)
register.filter("choice_said", translated.choice_said)
