"""Tags of Django that look up once per process what a template writes: the kit's `{% url %}`, `{% include %}`,
`{% translate %}` and `{% blocktranslate %}`, which every template has instead of theirs."""

from functools import cache

from django.template import Engine, Template
from django.template.base import render_value_in_context
from django.template.defaulttags import URLNode
from django.template.loader_tags import IncludeNode
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.urls import NoReverseMatch
from django.utils.functional import cached_property
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from preau.kit.pages.addresses import address


class OnceURLNode(URLNode):
    """`{% url "…" %}` of Django, each name looked up once per process (kit.pages)."""

    def render(self, context):
        args = [arg.resolve(context) for arg in self.args]
        kwargs = {name: value.resolve(context) for name, value in self.kwargs.items()}
        found = ""
        try:
            found = address(self.view_name.resolve(context), *args, **kwargs)
        except NoReverseMatch:
            if self.asvar is None:
                raise
        if self.asvar:
            context[self.asvar] = found
            return ""
        return found if isinstance(found, SafeString) or not context.autoescape else conditional_escape(found)


@cache
def piece(name: str) -> Template:
    """The template of this name."""
    return Engine.get_default().get_template(name)


class OnceIncludeNode(IncludeNode):
    """`{% include … %}` of Django, given the name of a piece of page: each is looked up once per process."""

    def render(self, context):
        drawn = piece(self.template.resolve(context))
        values = {name: value.resolve(context) for name, value in self.extra_context.items()}
        if self.isolated_context:
            return drawn.render(context.new(values))
        # `with context.push(**values): drawn.render(context)`, without the three objects that those make.
        own = context.render_context
        former, own.template = own.template, drawn
        own.push()
        context.dicts.append(values)
        try:
            return drawn._render(context)
        finally:
            context.dicts.pop()
            own.pop()
            own.template = former


class OnceBlockTranslateNode(BlockTranslateNode):
    """`{% blocktranslate with … %}` of Django, whose values are all given by the tag: its words are put together once,
    and looked up once per language and process."""

    kept = None

    @cached_property
    def words(self):
        return self.render_token_list(self.singular)[0]

    def render(self, context, nested=False):
        language = get_language()
        self.kept = self.kept or {}
        if language not in self.kept:
            self.kept[language] = gettext(self.words)
        values = ((name, value.resolve(context)) for name, value in self.extra_context.items())
        try:
            return self.kept[language] % {name: render_value_in_context(value, context) for name, value in values}
        except (KeyError, ValueError):  # of a translation that is not well formed, Django says so or draws the French
            return super().render(context, nested)


class OnceTranslateNode(TranslateNode):
    """`{% translate "…" %}` of Django, words written in the template: looked up once per language and process."""

    def __init__(self, words):
        super().__init__(words, noop=False)
        self.kept = {}

    def render(self, context):
        language = get_language()
        if language not in self.kept:
            self.kept[language] = super().render(context)
        return self.kept[language]
