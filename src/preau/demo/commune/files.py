"""A school's file: started, filled section by section, filed, read by each authority."""

from dataclasses import dataclass, field

from preau.demo.commune import texts
from preau.demo.commune.calendar import at, days
from preau.plan.applications import actions
from preau.plan.applications.models import STATE_REVIEWERS, Application, Authority, Verdict


@dataclass
class File:
    """What a school asks for, and what each authority answers: {authority: (verdict, motivation)}."""

    name: str  # of the school
    rank: int = 0  # of the file in its call: files do not all come the same day
    answers: dict = field(default_factory=dict)
    silent: tuple = ()  # authorities that say nothing
    sections: tuple | None = None  # those filled; none named: all
    is_kept: bool = False  # a draft that the school has not filed
    application: Application | None = None


def start(scene, call, file, now):
    """An empty draft."""
    file.application = actions.start_application(
        person=scene.heads[file.name], call=call, school=scene.schools[file.name], now=now
    )


def fill(scene, file, now, sections=None):
    """Every section that the form asks for, or the ones named."""
    school, classes = scene.schools[file.name], scene.classes[file.name]
    for section, (answers, columns) in texts.sections_of(school, classes, scene.ambitions, now).items():
        if sections is None or section in sections:
            actions.save_section(
                person=scene.heads[file.name],
                application=file.application,
                section=section,
                version=0,
                answers=answers,
                columns=columns,
                now=now,
            )


def submit(scene, file, now):
    """Filed by the head: the IEN is asked."""
    actions.submit(person=scene.heads[file.name], application=file.application, now=now)


def give(scene, file, authority, now):
    """One opinion, favourable and shown to the school unless the file says otherwise."""
    verdict, motivation = file.answers.get(authority, (Verdict.FAVOURABLE, texts.FAVOURABLE[authority]))
    opinion = file.application.opinions.filter(authority=authority).order_by("-asked_at").first()
    actions.give_opinion(
        person=scene.pen(authority), opinion=opinion, verdict=verdict, motivation=motivation, is_released=True, now=now
    )
    if verdict == Verdict.WITH_RESERVATIONS and authority == Authority.BUILDINGS:
        actions.lift_reservations(person=scene.pen(authority), opinion=opinion, reason=texts.LIFTED, now=now)


def story(scene, campaign, file):
    """From the first word to the last opinion, days after the call opens."""
    now = yield at(campaign.opens_on + days(3 + file.rank))
    start(scene, campaign.call, file, now)
    fill(scene, file, now, file.sections)
    if file.is_kept:
        return
    now = yield at(campaign.opens_on + days(17 + file.rank))
    submit(scene, file, now)
    now = yield at(campaign.opens_on + days(28 + file.rank))
    if Authority.IEN in file.silent:
        return
    give(scene, file, Authority.IEN, now)
    for order, authority in enumerate(STATE_REVIEWERS):
        now = yield at(campaign.opens_on + days(40 + file.rank), minutes=20 * order)
        if authority not in file.silent:
            give(scene, file, authority, now)
