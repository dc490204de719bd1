"""What waits for each face of « Aujourd’hui », of several rooms in one query."""

from django.db.models import DateTimeField

from preau.ent.afterschool import queries as afterschool
from preau.ent.afterschool.rules import lines_visible_to
from preau.ent.agenda import queries as agenda
from preau.ent.agenda.rules import councils_received_by, events_for_team
from preau.ent.announcements import queries as announcements
from preau.ent.announcements.rules import headed_by, schools_served
from preau.ent.announcements.rules.sites import urgent_around_site
from preau.ent.attendance import queries as absences
from preau.ent.attendance.rules import HEADS, classrooms_called_by
from preau.ent.comments import queries as comments
from preau.ent.comments.rules import comments_to_read
from preau.ent.homework import queries as homework
from preau.ent.homework.rules import due_days_served_by
from preau.ent.lessons.queries import open_now, works
from preau.ent.lessons.rules import lessons_in_hand, lessons_visible_to, works_to_read
from preau.ent.mail import queries as mail
from preau.ent.mail.rules import participations_of, reports_waiting_for
from preau.ent.notes import queries as notes
from preau.ent.notes.rules import notes_followed_by, targets_followed_by
from preau.ent.portfolio import queries as notebooks
from preau.ent.portfolio.rules import pages_to_read
from preau.ent.posts import queries as posts
from preau.ent.posts import rules
from preau.ent.sites.queries import schools_on_wednesdays, wednesday_lines
from preau.ent.writings import queries as writings
from preau.ent.writings.rules import writings_to_look_over, writings_to_read
from preau.people.prepared import PreparedFor
from preau.people.queries.asks import HELP, SHEETS, asks_line
from preau.people.rules import help_asks_visible_to
from preau.plan.desk.queries import union_for
from preau.schools.beginning import alone_lines, awaiting_line, without_class_lines
from preau.schools.rules.asks import sheet_asks_visible_to
from preau.schools.rules.classes import atsem_without_class, classes_alone
from preau.schools.rules.opening import schools_prepared_by
from preau.web.days_off import asks_wednesday

UNDECIDED = PreparedFor(
    lambda person, today, recent: posts.to_decide(rules.posts_awaiting(person, today, recent)), DateTimeField
)
# What waits in the plan, pupils not reached, who asks for a sheet or for help, messages: a home asks all at once.
HEAD_WAITING = PreparedFor(
    lambda person, today, now, since, *halves: union_for(
        person,
        today,
        now,
        also=[
            *absences.head_lines(HEADS.where(person, today, "school"), schools_on_wednesdays(), today, halves),
            notes.not_reached(
                notes_followed_by(person, today), targets_followed_by(person, today), person, since, now, today
            ),
            asks_line(SHEETS, sheet_asks_visible_to(person, today).waiting()),
            help_line(person, today),
            *announcements.head_lines(headed_by(person, today), today),
            afterschool.head_line(lines_visible_to(person, today)),
            alone_lines(classes_alone(person, today), today),
            without_class_lines(atsem_without_class(person, today)),
            open_now.open_lines(lessons_in_hand(person, today), now),
            *_school_lines(person, today),
        ],
    ),
    DateTimeField,
    DateTimeField,
)
TEAM_WAITING = PreparedFor(
    lambda person, today, now: union_for(
        person,
        today,
        now,
        also=[
            absences.verify_lines(classrooms_called_by(person, today), today),
            homework.team_lines(due_days_served_by(person, today), today),
            notebooks.waiting_lines(pages_to_read(person, today)),
            works.to_read_line(works_to_read(person, today)),
            open_now.open_lines(lessons_visible_to(person, today), now),
            *_wednesday_lines(person, today),
            *_school_lines(person, today),
        ],
    ),
    DateTimeField,
)
CITY_WAITING = PreparedFor(
    lambda person, today, now: union_for(
        person,
        today,
        now,
        also=[
            help_line(person, today),
            _unread_line(person, today),
            _council_lines(person, today),
            awaiting_line(schools_prepared_by(person, today), today),
        ],
    ),
    DateTimeField,
)
STATE_WAITING = PreparedFor(
    lambda person, today, now: union_for(
        person, today, now, also=[*_mail_lines(person, today), _council_lines(person, today)]
    ),
    DateTimeField,
)


def _wednesday_lines(person, today):
    """A school's week says whether there is class on that day: asked where it decides (days_off)."""
    rooms = classrooms_called_by(person, today).values("school")
    return [wednesday_lines(rooms, today)] if asks_wednesday(today) else []


def _unread_line(person, today):
    return mail.unread_line(person, participations_of(person, today))


def _council_lines(person, today):
    return agenda.council_lines(councils_received_by(person, today), today)


def _school_lines(person, today):
    """What every adult of a school reads: what comes, what the city says, what pupils and families wrote."""
    return [
        agenda.coming_lines(events_for_team(person, today), today),
        announcements.team_lines(person, schools_served(person, today), today),
        announcements.site_lines(urgent_around_site(person, today), today),
        writings.to_read_line(writings_to_read(person, today)),
        writings.look_over_lines(writings_to_look_over(person, today)),
        comments.waiting_line(comments_to_read(person, today)),
        *_mail_lines(person, today),
    ]


def _mail_lines(person, today):
    return [_unread_line(person, today), mail.reports_line(reports_waiting_for(person, today))]


def help_line(person, today):
    return asks_line(HELP, help_asks_visible_to(person, today).filter(answered_at=None))
