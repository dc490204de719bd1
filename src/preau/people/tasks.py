"""The mails of an account: confirm an address, a new device, a change of what opens it."""

from django.utils import timezone

from preau.kit.tasks import task
from preau.people import actions


@task
def send_confirmation(account_id):
    """Nothing leaves for an address emptied or confirmed since."""
    return actions.send_confirmation(account_id=account_id)


@task
def tell_new_device(sign_in_id):
    """Nothing leaves for an address emptied since."""
    return actions.tell_new_device(sign_in_id=sign_in_id, now=timezone.now())


@task
def tell_change(account_id, change, sealed_address):
    """Nothing leaves for who has no confirmed address."""
    return actions.tell_change(account_id=account_id, change=change, sealed_address=sealed_address, now=timezone.now())
