"""Password hashes sized for a crisis morning (trust.md §0.6: 21 ms a sign-in against 207 with Django's default)."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class SizedArgon2(Argon2PasswordHasher):
    """Argon2id, 19 MiB, two passes, one lane: the OWASP minimum."""

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1


class QuickForTests(SizedArgon2):
    """The same algorithm, light enough for a thousand sign-ins in a test run. Only config.settings.test names it."""

    time_cost = 1
    memory_cost = 8
