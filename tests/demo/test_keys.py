"""The demo's codes work, and only where they are harmless."""

import pytest
from django.core.management import CommandError, call_command

from preau.demo import keys
from preau.demo.models import DemoMark
from preau.kit import digest


def test_a_code_is_the_one_of_the_standard(settings, monkeypatch):
    # RFC 6238, appendix B: the secret « 12345678901234567890 » shows 94287082 at 59 s, here its last six digits.
    monkeypatch.setattr(keys, "totp_secret", lambda identifier: "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")
    assert keys.totp_code("anyone", 59) == "287082"


def test_two_accounts_never_share_a_secret():
    assert keys.totp_secret("h.ardoise") != keys.totp_secret("o.registre")


@pytest.mark.django_db
def test_no_code_without_the_mark(world):
    with pytest.raises(CommandError, match="pas été faite par la démonstration"):
        call_command("demo_code", "head")


@pytest.mark.django_db
@pytest.mark.parametrize("command", [("demo",), ("demo_code", "h.ardoise")])
def test_nothing_on_a_real_base(command, settings):
    settings.SETTINGS_MODULE = "config.settings.prod"
    before = digest.take().value
    with pytest.raises(CommandError, match="réglages «\u00a0prod\u00a0»"):
        call_command(*command)
    assert digest.take().value == before


@pytest.mark.long
def test_a_base_that_holds_persons_is_left_alone(world):
    before = digest.take().value
    with pytest.raises(CommandError, match="contient déjà des personnes"):
        call_command("demo")
    assert digest.take().value == before
    assert not DemoMark.objects.exists()
