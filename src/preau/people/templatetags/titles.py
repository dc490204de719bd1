"""`{{ mandate|said_of:person }}`: the title held, by the civility of who holds it."""

from django import template

from preau.people.queries.titles import title_said

register = template.Library()
register.filter("said_of", title_said)
