"""A demo says on every page that nobody in it exists."""


def test_the_banner_is_on_public_and_signed_in_pages(client, world, settings):
    settings.BANNER = "Personnes fictives — démonstration"
    for path in ("/", "/entrer/", "/nulle-part/"):
        assert settings.BANNER in client.get(path).content.decode(), path
    world.sign_in(client, "teacher")
    assert settings.BANNER in client.get("/", follow=True).content.decode()


def test_a_real_base_says_nothing(client, db):
    assert 'class="banner"' not in client.get("/entrer/").content.decode()
