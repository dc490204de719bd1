"""Conversations between people: who is in each, what is said, what is joined, what is reported."""

import re

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_noop as _

from preau.ent.mail.table import Part
from preau.kit.privacy import Erase, Privacy
from preau.kit.rows import Row
from preau.media.models import Joined
from preau.people.models import Person
from preau.places.models import School

KEPT = "l’année scolaire et la suivante"
MOST_FILES = 3  # of a message


def first_words(text, most=60):
    """What a list shows of a message without a subject, on one line and cut between two words."""
    line = re.sub(r"[ \t\r\n]+", " ", text).strip()
    cut = line[: most - 1]
    return line if len(line) <= most else (cut.rpartition(" ")[0] or cut).rstrip(",;:.") + "…"


class Conversation(Row):
    """Opened in a school, about a child when a family takes part. `last_number` is that of its last message."""

    school = models.ForeignKey(School, models.CASCADE, related_name="conversations", verbose_name="école")
    child = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="au sujet de"
    )
    # The first words of the first message when none was typed; empty when it was only spoken.
    subject = models.CharField("objet", max_length=120, blank=True)
    opened_at = models.DateTimeField("commencée le")
    last_at = models.DateTimeField("dernier message le")
    last_number = models.PositiveIntegerField("dernier message", default=0)
    recalled_at = models.DateTimeField("objet retiré le", null=True, blank=True)  # with its first message

    privacy = Privacy(
        holds="objet d’une conversation, l’enfant dont elle parle",
        why="se parler entre l’école et les familles, et entre adultes de l’école",
        keeps=KEPT,
        subjects=("child", "participants__person"),
        # One parent reads a child's archive: never what the other wrote about. And somebody else may have written the
        # subject, which the rules hide once it is taken back, or from whom a judge restricts.
        of_another=("child", "participants__person"),
        erase=Erase.DETACH,
    )

    class Meta:
        verbose_name = "conversation"
        indexes = [models.Index(fields=["last_at"])]

    def __str__(self):
        return self.subject


class Participant(Row):
    """One person in a conversation, and how they keep it. `until_number`: the last message they read, for who could no
    longer be written to afterwards."""

    conversation = models.ForeignKey(
        Conversation, models.CASCADE, related_name="participants", verbose_name="conversation"
    )
    person = models.ForeignKey(Person, models.CASCADE, related_name="conversations_in", verbose_name="personne")
    part = models.CharField("à titre de", max_length=8, choices=Part.choices)
    seen_number = models.PositiveIntegerField("vu jusqu’au message", default=0)
    seen_at = models.DateTimeField("vu le", null=True, blank=True)
    until_number = models.PositiveIntegerField("reçoit jusqu’au message", null=True, blank=True)
    archived_at = models.DateTimeField("rangée le", null=True, blank=True)
    muted_at = models.DateTimeField("mise en sourdine le", null=True, blank=True)

    privacy = Privacy(
        holds="qui prend part à une conversation, à quel titre, ce que cette personne en a vu",
        why="montrer une conversation à qui y prend part, et dire ce qui n’est pas encore lu",
        keeps=KEPT,
        subjects=("person",),
    )

    class Meta:
        verbose_name = "participante ou participant"
        constraints = [
            models.UniqueConstraint(fields=["conversation", "person"], name="participant_once_per_conversation")
        ]


class Message(Row):
    """What somebody said, by its number in the conversation. Taken back, its words go to `recalled_text`, which no page
    and no export shows: only a report may rest on it."""

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="messages", verbose_name="conversation")
    number = models.PositiveIntegerField("numéro")
    author = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="messages", verbose_name="écrit par"
    )
    text = models.TextField("texte", max_length=3000, blank=True)
    sent_at = models.DateTimeField("envoyé le")
    recalled_at = models.DateTimeField("repris le", null=True, blank=True)
    recalled_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="repris par"
    )
    recalled_text = models.TextField("texte repris", blank=True)

    privacy = Privacy(
        holds="message écrit ou reçu, qui l’a repris\u00a0; une copie de vos données donne ceux que vous avez écrits",
        why="se parler entre l’école et les familles, et entre adultes de l’école",
        keeps=KEPT,
        subjects=("author", "recalled_by", "conversation__participants__person"),
        # What one received is read on the screen, as the rules of the day let: an archive asks none of them.
        of_another=("conversation__participants__person",),
        erase=Erase.DETACH,  # who received it keeps it
        hides=("recalled_text",),
    )

    class Meta:
        verbose_name = "message"
        constraints = [
            models.UniqueConstraint(fields=["conversation", "number"], name="message_once_per_number"),
            models.CheckConstraint(
                condition=Q(recalled_at=None, recalled_by=None, recalled_text="")
                | Q(recalled_at__isnull=False, text=""),
                name="message_recalled_shows_nothing",
            ),
        ]
        indexes = [models.Index(fields=["author", "sent_at"])]


class MessageFile(Joined):
    """What comes with a message: whoever reads the message opens it."""

    FOLDER = "messages"

    message = models.ForeignKey(Message, models.CASCADE, related_name="files", verbose_name="message")

    privacy = Privacy(
        holds="document, photo ou message vocal joint à un message",
        why="envoyer un papier, ou parler au lieu d’écrire",
        keeps=f"{KEPT}, comme le message",
        subjects=("message__author",),
        files=("path", "raw_path"),
        folders=("messages",),
    )

    class Meta(Joined.Meta):
        verbose_name = "fichier joint à un message"


class Report(Row):
    """« Signaler » a message, a comment, a pupil’s text: what was said is copied as it stood. Who is reported neither
    receives nor sees it."""

    class Reason(models.TextChoices):
        HARASSMENT = "harassment", _("harcèlement, messages répétés qui blessent")
        THREAT = "threat", _("menace ou chantage")
        INSULT = "insult", _("insulte, propos raciste ou sexiste")
        NOT_ONESELF = "not_oneself", _("ce message ne vient pas de cette personne")
        OTHER = "other", _("autre chose")

    class To(models.TextChoices):
        """Who receives it."""

        CLASS = "class", _("la direction de l’école et l’enseignante ou l’enseignant de la classe")
        HEAD = "head", _("la direction de l’école")
        IEN = "ien", _("l’IEN de la circonscription")
        DSDEN = "dsden", _("la DSDEN")

    school = models.ForeignKey(School, models.CASCADE, related_name="reports", verbose_name="école")
    message = models.ForeignKey(
        Message, models.SET_NULL, null=True, blank=True, related_name="reports", verbose_name="message signalé"
    )
    # What was said elsewhere than in a message, by its id: a comment, a pupil’s text.
    thing_id = models.UUIDField("ce qui est signalé", null=True, blank=True)
    reporter = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="signalé par"
    )
    about = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="personne signalée"
    )
    about_part = models.CharField("à titre de", max_length=8, choices=Part.choices)
    to = models.CharField("remis à", max_length=5, choices=To.choices)
    reason = models.CharField("raison", max_length=11, choices=Reason.choices)
    words = models.TextField("ce que dit la personne", max_length=1000, blank=True)
    subject = models.CharField("objet, tel qu’il était", max_length=120, blank=True)
    text = models.TextField("message, tel qu’il était", blank=True)
    files = models.JSONField("fichiers joints, par leur nom", default=list, blank=True)  # [« Plan »]
    sent_at = models.DateTimeField("message envoyé le")
    reported_at = models.DateTimeField("signalé le")
    taken_at = models.DateTimeField("pris en charge le", null=True, blank=True)
    taken_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="pris en charge par"
    )
    closed_at = models.DateTimeField("clos le", null=True, blank=True)
    answer = models.TextField("ce qui a été fait", max_length=1000, blank=True)

    privacy = Privacy(
        holds="signalement d’un message\u00a0: qui, de qui, le message tel qu’il était, ce qui a été fait",
        why="protéger un enfant ou un adulte d’un message qui blesse ou menace",
        keeps="1 an après la réponse, 3 ans sans réponse",
        subjects=("reporter", "about", "taken_by"),
        of_another=("about", "taken_by"),  # who is reported is never told by whom
        erase=Erase.DETACH,
    )

    class Meta:
        verbose_name = "signalement"
        constraints = [
            models.UniqueConstraint(fields=["message", "reporter"], name="reported_once_by_each"),
            models.UniqueConstraint(fields=["thing_id", "reporter"], name="thing_reported_once_by_each"),
            models.CheckConstraint(
                condition=Q(taken_at=None) | Q(taken_at__gte=F("reported_at")), name="report_taken_after_reported"
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, answer="")
                | Q(taken_at__isnull=False, closed_at__gte=F("taken_at")) & ~Q(answer=""),
                name="report_closed_with_an_answer",
            ),
        ]

    @property
    def leads_there(self) -> bool:
        """Whether who receives it reads where it was said: only a school does."""
        return bool(self.thing_id) and self.to in (self.To.CLASS, self.To.HEAD)

    @property
    def state_text(self) -> str:
        """« reçu », « pris en charge », « clos »."""
        if self.closed_at:
            return _("clos")
        return _("pris en charge") if self.taken_at else _("reçu")
