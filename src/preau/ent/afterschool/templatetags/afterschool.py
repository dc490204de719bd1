"""A child at noon and in the evening, in the words of the paper."""

from django import template

from preau.ent.afterschool.printing import counts_of, evening_words, noon_words

register = template.Library()
register.filter("at_noon", noon_words)
register.filter("in_the_evening", evening_words)
register.filter("day_counts", counts_of)
