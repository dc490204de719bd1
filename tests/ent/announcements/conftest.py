"""Families with an address, whose jobs run when the test says."""

from tests.notify.conftest import held, mailed

__all__ = ["held", "mailed"]
