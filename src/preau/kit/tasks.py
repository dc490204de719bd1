"""Work done outside the request, enqueued by name with ids as arguments."""

try:
    from django.tasks import task
except ImportError:  # Django 5.2
    from django_tasks import task

__all__ = ["task"]
