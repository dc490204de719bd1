"""The school's news as Atom."""

from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed

from preau.ent.sites.queries import life_of
from preau.kit import rich


class NewsFeed(Feed):
    """The last twenty public posts of one school."""

    feed_type = Atom1Feed
    language = "fr"

    def __init__(self, frame):
        self.frame = frame

    def title(self):
        return f"La vie de l’école, {self.frame.name}"

    def subtitle(self):
        return self.frame.detail

    def link(self):
        return self.frame.url

    def author_name(self):
        return self.frame.name

    def items(self):
        return life_of(self.frame.school).items

    def item_title(self, item):
        return item.title

    def item_description(self, item):
        return rich.clean(item.html) or None  # one line alone is its title

    def item_link(self, item):
        return reverse("sites:school_life_item", args=[self.frame.school.slug, item.id])

    def item_pubdate(self, item):
        return item.at

    def item_updateddate(self, item):
        return item.at
