"""Pieces of page: icons, French dates, money, counts, the pager's addresses."""

from functools import cache, lru_cache
from html import escape
from urllib.parse import urlencode

from django import template
from django.template.base import TokenType
from django.template.defaultfilters import stringfilter
from django.template.defaulttags import url as django_url
from django.template.loader_tags import do_block, do_extends, do_include
from django.templatetags.i18n import do_block_translate, do_translate
from django.templatetags.static import StaticNode, static
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext

from preau.kit import dates, money, names, spoken
from preau.kit.pages.attributes import attributes, text
from preau.kit.pages.inherited import OnceExtendsNode, WordsBlockNode
from preau.kit.pages.once import OnceBlockTranslateNode, OnceIncludeNode, OnceTranslateNode, OnceURLNode
from preau.kit.rich import Rich
from preau.kit.spoken import children, labels

register = template.Library()


@cache
def static_address(path):
    """Where a static file is served: its hashed name changes with a release only, so it is looked up once."""
    return static(path)


class OnceStaticNode(StaticNode):
    """`{% static "…" %}` of Django, each file looked up once per process."""

    def url(self, context):
        return static_address(self.path.resolve(context))


register.tag("static", OnceStaticNode.handle_token)


@register.tag
def url(parser, token):
    node = django_url(parser, token)
    return OnceURLNode(node.view_name, node.args, node.kwargs, node.asvar)


@register.tag
def extends(parser, token):
    node = do_extends(parser, token)
    is_written = isinstance(node.parent_name.var, str) and not node.parent_name.filters
    return OnceExtendsNode(node.nodelist, node.parent_name) if is_written else node


@register.tag
def block(parser, token):
    node = do_block(parser, token)
    return WordsBlockNode(node.name, node.nodelist)


@register.tag
def include(parser, token):
    node = do_include(parser, token)
    return OnceIncludeNode(node.template, extra_context=node.extra_context, isolated_context=node.isolated_context)


@register.tag
def translate(parser, token):
    node = do_translate(parser, token)
    words = node.filter_expression
    is_plain = words.var.literal is not None and not words.filters
    return node if not is_plain or node.noop or node.asvar or node.message_context else OnceTranslateNode(words)


@register.tag
def blocktranslate(parser, token):
    node = do_block_translate(parser, token)
    names = {one.contents for one in node.singular if one.token_type == TokenType.VAR}
    if node.plural or node.message_context or node.asvar or not names <= set(node.extra_context):
        return node
    return OnceBlockTranslateNode(node.extra_context, node.singular, trimmed=node.trimmed)


@register.simple_tag
@cache
def icon(name):
    """One picture of the sprite; decoration, the word beside it says the same. Nothing for no name."""
    if not name:
        return ""
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>', static_address("sprite.svg"), name
    )


@register.simple_tag
@cache
def spoken_label(key):
    """The words of a phrase that pupils hear (kit/data/spoken.csv)."""
    return labels.label(key).words


@register.simple_tag(name="spoken")
@cache
def spoken_button(key, first=False):
    """The button that says them: kit/spoken.js shows it. `first` is said by itself, once, to who does not read."""
    label = labels.label(key)
    return format_html(
        '<button type="button" class="speak" data-key="{}" data-say="{}" data-words="{}" aria-label="Écouter\u00a0: {}"'
        ' aria-pressed="false"{} hidden>{}</button>',
        key,
        static_address(label.sound),
        label.words,
        label.words,
        SafeString(" data-first" if first else ""),
        icon("volume-2"),
    )


@register.simple_tag
@cache
def says(key):
    """Attributes of a button or a link that is said when one key leads to it: it has no button of its own."""
    label = labels.label(key)
    return format_html('data-key="{}" data-say="{}" data-words="{}"', key, static_address(label.sound), label.words)


@register.simple_tag
def spoken_words(words, first=False):
    """The same of a sentence that a view gives: nothing when it is none of the table."""
    key = labels.key_of(str(words))
    return spoken_button(key, first) if key else ""


@register.simple_tag
def squares(items):
    """One square each, by its `state`; a list of many costs little."""
    return format_html_join("", '<li data-is="{}"></li>', ((item.state,) for item in items))


WIDE_OR_BRIEF = '<span class="wide">{}</span><span class="brief">{}</span>'


@register.simple_tag
def cells(items):
    """A cell each, (state, word): what a loop of the template would write, at a third of its cost. A word in two is the
    whole one, and that of a narrow screen (the style of the table shows one of them)."""
    said = ((state, word if isinstance(word, str) else format_html(WIDE_OR_BRIEF, *word)) for state, word in items)
    return format_html_join("", '<td data-is="{}">{}</td>', said)


@register.simple_tag
def lines(rows):
    """A line of a table each, its head then its cells: texts, escaped as they are written."""
    told = ((text(head), "</td><td>".join(map(text, cells))) for head, *cells in rows)
    return SafeString("".join(f'<tr><th scope="row">{head}</th><td>{rest}</td></tr>' for head, rest in told))


@register.simple_tag
def options(groups):
    """The options of a select, from its widget's `optgroups`, as Django's own templates write them. Each text is
    escaped as it is written: `format_html` asks of each what kind of text it is, which made lists of schools slow."""
    return SafeString("".join(_options_of(label, members) for label, members, _ in groups))


@register.simple_tag(name="attributes")
def attributes_tag(given):
    """Those of a widget."""
    return SafeString(attributes(given))


def _options_of(label, members):
    written = "".join(
        f'\n  <option value="{escape(str(one["value"]))}"{attributes(one["attrs"])}>{text(one["label"])}</option>'
        for one in members
    )
    return f'\n  <optgroup label="{text(label)}">{written}\n  </optgroup>' if label else written


@register.filter
def shortened(text, most):
    """Its first signs, the last of `most` being « … » when there are more: `truncatechars` of Django at a tenth of its
    cost."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


@register.filter
def counted(number, words):
    """`3|counted:"famille,familles"`"""
    return spoken.counted(number, *words.split(","))


@register.filter
def said(words):
    """Words that Python holds (a door, a label, a reason), in the language of the page."""
    return gettext(words) if words and spoken.other_language() else words


@register.filter
def said_or_typed(words):
    """The name of a day or of holidays, which may be one that everybody knows or one that an operator wrote."""
    known = said(words)
    return spoken.typed(words) if known == words else known


@register.filter(is_safe=True)
def to_child(words, is_child):
    """`{{ reason|said|to_child:roof.is_child }}`: « tu » to a child."""
    return children.to_child(str(words)) if is_child and words else words


@register.filter
def unbroken(name):
    """A name drawn big, whose short words with a hyphen stay on one line: « MS-GS »."""
    return names.unbroken(str(name))


@register.filter
def typed_or(words, other):
    """`{{ author.formal_name|typed_or:_("L’école") }}`"""
    return spoken.typed(words) if words else other


@register.filter
def hour(moment):
    """« 17 h 30 » of an aware datetime or of a time."""
    return dates.hour_text(localtime(moment) if getattr(moment, "tzinfo", None) else moment)


@register.filter
def since(moment, now):
    """« hier », « aujourd’hui à 8 h 12 »; `now` comes from the view."""
    return dates.since_text(localtime(moment), localtime(now))


@register.simple_tag
def day_tile(day):
    """The day and the month before what comes that day."""
    return _day_tile(day, get_language())


@lru_cache(maxsize=512)
def _day_tile(day, language):
    return format_html('<time datetime="{}"><b>{}</b> {}</time>', day.isoformat(), day.day, date_format(day, "N"))


@register.filter
def last_day(moment):
    return dates.last_day(localtime(moment))


@register.simple_tag(takes_context=True)
def with_query(context, **changes):
    """The current query string with some keys changed, for pagers and filters that keep one another."""
    query = {**dict(context["request"].GET.lists()), **{key: [value] for key, value in changes.items()}}
    return f"?{urlencode(query, doseq=True)}"


@register.simple_tag(takes_context=True)
def table_links(context, name, *args):
    """« Télécharger, CSV · ODS » of what the page shows: the address of its table, with the filters of the page."""
    query = context["request"].GET.copy()
    query.pop("page", None)
    ending = f"?{query.urlencode()}" if query else ""
    csv, ods = (f"{reverse(name, args=[*args, extension])}{ending}" for extension in ("csv", "ods"))
    return format_html('<a href="{}">Télécharger, CSV</a> <a href="{}">ODS</a>', csv, ods)


register.simple_tag(spoken.comma, name="comma")
register.filter("typed", spoken.typed)
register.filter("of_name", stringfilter(names.of_name))
register.filter("at_name", stringfilter(names.at_name))
register.filter("in_sentence", names.in_sentence)
register.filter("first_names", names.first_names)
register.filter("day", dates.day_text, expects_localtime=True)
register.filter("weekday", dates.weekday_text, expects_localtime=True)
register.filter("on_weekday", dates.on_weekday_text, expects_localtime=True)
register.filter("euros", money.euros)
register.filter("group_digits", money.group)
register.filter("decimal", money.decimal)
register.filter("amount", money.amount)


@register.filter
def rich(html, links=True):
    """Stored HTML, cleaned as it is drawn; `|rich:False` leaves links out, for pupils (trust.md R17)."""
    return format_html("{}", Rich(html, links))
