"""Where the links of mails lead: the setting, else what `bin/serve` listens on when nothing stands in front."""

import pytest

from preau.kit import mail
from preau.kit.serving.address import address_served


@pytest.mark.parametrize(
    ("said", "https", "port", "address"),
    [
        (False, False, 8160, "http://localhost:8160"),
        (False, False, 80, "http://localhost"),
        (False, True, 8160, "http://localhost"),
        (True, False, 8160, "http://localhost"),
    ],
)
def test_mails_lead_to_our_own_port_when_nothing_stands_in_front(settings, said, https, port, address):
    settings.ADDRESS, settings.ADDRESS_IS_SAID, settings.HTTPS = "http://localhost", said, https
    assert address_served(port) == address


def test_a_link_bears_the_address_of_the_site_and_a_city_its_own_host(settings):
    settings.ADDRESS = "http://localhost:8160"
    assert mail.address_of("today") == "http://localhost:8160/aujourdhui/"
    assert mail.address_of("today", host="ecoles.example.org") == "http://ecoles.example.org/aujourdhui/"
