"""What each role's home opens is there."""

import re

import pytest

ACTORS = ("teacher", "head", "guardian", "pupil_cm2", "city_education", "ien", "dsden", "operator")


@pytest.mark.parametrize("name", ACTORS)
def test_no_door_leads_nowhere(client, world, name):
    world.sign_in(client, name)
    home = client.get("/aujourdhui/").content.decode()
    for address in sorted({link for link in re.findall(r'href="(/[^"#?]*)', home) if not link.startswith("/static/")}):
        assert client.get(address, follow=True).status_code == 200, address
