"""Each morning, after what is soon due was marked (`applications.tasks`)."""

from django.utils import timezone

from preau.kit.mail import Kind
from preau.kit.schedule import Every
from preau.kit.tasks import task
from preau.plan.desk import actions, notices


@task
def remind_by_mail():
    """One mail to each person for whom something is soon due; running twice writes to nobody twice."""
    return actions.remind_by_mail(now=timezone.now())


OUTGOING = (Kind("desk.reminder", notices.reminder),)
SCHEDULE = (Every(remind_by_mail, at="07:10"),)  # nothing leaves between 20 h and 7 h (trust.md R28)
