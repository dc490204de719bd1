"""A post of the small world opened to comments, and what is said under it."""

from django.utils.timezone import now

from preau.ent.comments import actions
from tests.ent.posts.test_actions import publish


def opened(world, by="teacher", at=None, **more):
    """A post of the CP B that its teacher has opened."""
    post = publish(world, by, **more, **({"now": at} if at else {}))
    return actions.open_discussion(person=world.people[by], publication=post.publication, now=at or now())


def said(world, text="Bravo à tous.", who="guardian", on=None, at=None):
    """What somebody writes under it."""
    publication = on or opened(world).publication
    return actions.write_comment(person=world.people[who], publication=publication, text=text, now=at or now())
