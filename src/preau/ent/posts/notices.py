"""What a mail to an author says: that what they left for later did not leave. No name, no word of it, no place."""

from preau.ent.posts.models import Post
from preau.kit import mail
from preau.kit.money import NBSP
from preau.people.models import Person
from preau.people.queries import emails_of


def kept_back(person_id, post_id, *, now) -> mail.Letter | None:
    """None for who has no confirmed address left, or has acted since."""
    author = Person.objects.filter(pk=person_id).first()
    address = author and emails_of([author.pk]).get(author.pk)
    stays = Post.objects.filter(pk=post_id, publication__author=person_id).exclude(kept_back="")
    if not address or not stays.exists():
        return None
    page = mail.address_of("posts:post_detail", post_id)
    said = (
        f"Ce que vous deviez publier n’est pas parti. Personne d’autre ne le voit. Pour lire pourquoi, et agir{NBSP}:"
    )
    return mail.Letter(
        address, f"Préau{NBSP}: une publication n’est pas partie", f"Bonjour,\n\n{said}\n{page}\n\n{mail.LEAVE}\n"
    )
