"""Two counts when a kit goes back, the photo of a hand-over, and loans that are late."""

import datetime
import io
import re

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.timezone import now as clock
from PIL import Image

from preau.media import images
from preau.plan.loans import actions, queries
from preau.plan.loans.models import Booking, HandOver, State, half_day_number
from tests.plan.loans.conftest import ask
from tests.texts import as_drawn
from tests.world import TODAY


@pytest.fixture
def in_use(lending):
    """A kit at the school, whole but for a robot that did not arrive."""
    booking, now = ask(lending.schools["tilleuls"]), clock()
    booking = actions.confirm_booking(person=None, booking=booking, now=now)
    whole = {part.pk: part.quantity for part in booking.kit.parts.all()}
    robots = booking.kit.parts.get(label="robots")
    booking = actions.prepare_booking(person=None, booking=booking, found=whole, now=now)
    booking = actions.send_booking(person=None, booking=booking, now=now)
    lending.whole, lending.robots = whole, robots
    lending.booking = actions.receive_booking(person=None, booking=booking, found=whole | {robots.pk: 5}, now=now)
    return lending


def url(name, booking):
    return reverse(f"loans:{name}", args=[booking.pk])


def photograph(*, kind="JPEG", name="malle.jpg", secret="Canari-exif"):
    """A picture with words in its metadata."""
    data, exif = io.BytesIO(), Image.Exif()
    exif[0x010E], exif[0x0132] = secret, "2026:11:25 10:00:00"
    Image.new("RGB", (64, 48), "#cfe6f2").save(data, kind, exif=exif)
    return SimpleUploadedFile(name, data.getvalue())


def test_the_school_counts_what_it_gives_back_and_the_city_counts_again(in_use, client):
    page = in_use.sign_in(client, "teacher").get(url("booking_return", in_use.booking)).content.decode()
    assert 'value="5"' in page  # what it counted on arrival
    counts = {f"part_{pk}": number for pk, number in in_use.whole.items()} | {f"part_{in_use.robots.pk}": 5}
    done = client.post(url("booking_return", in_use.booking), counts | {"note": "Un tapis taché"}, follow=True)
    assert "Départ de l’école" in done.content.decode() and "Un tapis taché" in done.content.decode()
    booking = Booking.objects.get()
    assert booking.state == State.RETURNED
    actions.check_booking(person=None, booking=booking, found=in_use.whole | {in_use.robots.pk: 4}, now=clock())
    assert list(booking.hand_overs.order_by("at").values_list("moment", flat=True)) == [
        "prepared",
        "arrived",
        "returned",
        "checked",
    ]
    page = client.get(url("booking_detail", booking)).content.decode().replace("\u00a0", " ")
    assert "1 de moins à l’arrivée, 1 de moins au contrôle" in page and "2 en moins" in page
    robots, tablets = queries.counts_compared(list(queries.hand_overs_of(booking)))
    assert [each["number"] for each in robots.found] == [6, 5, 5, 4] and tablets.changes == ()


def test_who_checks_the_kit_reads_what_the_school_counted(in_use, client):
    in_use.sign_in(client, "teacher")
    robots = in_use.booking.kit.parts.get(label="robots")
    counts = {f"part_{p.pk}": p.quantity for p in in_use.booking.kit.parts.all()} | {f"part_{robots.pk}": 4}
    given = counts | {"note": "Deux robots cassés", "photo": photograph()}
    client.post(reverse("loans:booking_return", args=[in_use.booking.pk]), given)
    page = in_use.sign_in(client, "city_it").get(reverse("loans:booking_check", args=[in_use.booking.pk])).text
    assert 'value="4"' in page and "4 au dernier comptage." in page, "who presses on without counting invents no robot"
    told = re.search(r'<div class="note[^>]*>.*?</div>', as_drawn(page), re.S)[0].replace("\u00a0", " ")
    photo = reverse("loans:hand_over_photo", args=[in_use.booking.hand_overs.get(moment="returned").pk])
    assert "4 robots sur 6" in told and "tablettes" not in told and "Deux robots cassés" in told and photo in told


def test_a_school_without_time_gives_back_without_counting(in_use, client):
    in_use.sign_in(client, "teacher").post(url("booking_return", in_use.booking), {"uncounted": "1"})
    booking = Booking.objects.get()
    assert booking.state == State.RETURNED and not booking.hand_overs.filter(moment="returned").exists()


def test_a_word_without_a_count_is_kept_and_hides_nothing_missing(in_use, client):
    form = {"uncounted": "1", "note": "Rendue au gardien", "photo": photograph()}
    in_use.sign_in(client, "teacher").post(url("booking_return", in_use.booking), form)
    left = HandOver.objects.get(moment="returned")
    assert left.note == "Rendue au gardien" and left.photo_name and not left.counts.exists()
    (count,) = queries.missing_parts([in_use.booking.kit])[in_use.booking.kit_id]
    assert (count.part, count.missing_count) == (in_use.robots, 1)
    page = client.get(url("booking_detail", in_use.booking)).content.decode()
    assert "—" in page and "Rendue au gardien" in page


def test_an_unfinished_count_is_kept_as_typed(in_use, client):
    form = {f"part_{in_use.robots.pk}": "", "note": "Presque tout"}
    answer = in_use.sign_in(client, "teacher").post(url("booking_return", in_use.booking), form)
    assert answer.status_code == 422 and "Presque tout" in answer.content.decode()
    assert Booking.objects.get().state == State.IN_USE


@pytest.mark.parametrize(
    "photo, said",
    [
        (lambda: SimpleUploadedFile("malle.pdf", b"%PDF-1.7 canari"), "n’est pas une photo"),
        (lambda: SimpleUploadedFile("malle.jpg", b"<svg onload=alert(1)>"), "n’est pas une photo"),
        (lambda: photograph(kind="PNG", name="malle.jpg"), "ne dit pas ce qu’il est"),
        (lambda: SimpleUploadedFile("malle.jpg", photograph().read()[:400]), "incomplète"),
        (lambda: SimpleUploadedFile("malle.jpg", b"\xff\xd8\xff" + bytes(images.MAX_BYTES)), "dépasse 20"),
    ],
    ids=["pdf", "script", "wrong name", "cut", "too heavy"],
)
def test_what_is_no_photo_is_refused_with_a_sentence_and_nothing_is_lost(in_use, client, photo, said):
    form = {f"part_{pk}": number for pk, number in in_use.whole.items()} | {"note": "Tout y est", "photo": photo()}
    answer = in_use.sign_in(client, "teacher").post(url("booking_return", in_use.booking), form)
    page = answer.content.decode()
    assert answer.status_code == 422 and said in page and "Tout y est" in page
    assert Booking.objects.get().state == State.IN_USE and not HandOver.objects.exclude(photo_name="").exists()


def test_a_photo_keeps_nothing_but_the_picture(in_use, client):
    form = {f"part_{pk}": number for pk, number in in_use.whole.items()} | {"photo": photograph()}
    in_use.sign_in(client, "teacher").post(url("booking_return", in_use.booking), form)
    found = HandOver.objects.get(moment="returned")
    with default_storage.open(found.photo_path) as file:
        kept = file.read()
    with Image.open(io.BytesIO(kept)) as picture:
        assert picture.format == "WEBP" and not picture.getexif() and picture.size == (64, 48)
    assert b"Canari-exif" not in kept and b"2026:11:25" not in kept


@pytest.mark.parametrize(
    "actor, status",
    [("teacher", 200), ("head", 200), ("city_education", 200), ("city_it", 200), ("elected", 403), ("dsden", 403),
     ("teacher_other_school", 404), ("head_other_school", 404), ("guardian", 404), ("pupil_cm2", 404),
     ("city_education_far", 404), ("parents_federation", 404)],
)  # fmt: skip
def test_the_photo_is_seen_by_those_who_hand_over(in_use, client, actor, status):
    actions.return_booking(
        person=None, booking=in_use.booking, now=clock(), photo=images.draw_here(photograph().read(), "malle.jpg")
    )
    photo = HandOver.objects.get(moment="returned")
    answer = in_use.sign_in(client, actor).get(reverse("loans:hand_over_photo", args=[photo.pk]))
    assert answer.status_code == status
    if status == 200:
        assert answer.headers["Cache-Control"] == "private, no-cache" and answer.content[:4] == b"RIFF"


@pytest.mark.parametrize(
    "actor, reads",
    [("teacher", True), ("city_education", True), ("city_it", True), ("ien", True), ("dsden", True), ("trainer", True),
     ("elected", False), ("city_finance", False)],
)  # fmt: skip
def test_what_was_counted_is_not_read_by_finance_nor_elected_members(in_use, client, actor, reads):
    page = in_use.sign_in(client, actor).get(url("booking_detail", in_use.booking)).content.decode()
    assert ("Ce qui a été compté" in page) is reads and in_use.booking.school.name in page


def test_a_late_loan_is_seen_by_the_city_and_by_its_school_alone(in_use, client):
    yesterday = half_day_number(TODAY - datetime.timedelta(days=1), 1)
    listed, lent = "/plan/emprunts/?etat=en-retard", reverse("loans:kit_list")
    in_use.sign_in(client, "city_education")
    assert "ne sont pas revenues" not in client.get(lent).content.decode()
    Booking.objects.update(first_half_day=yesterday, last_half_day=yesterday)
    for actor, seen in (("city_education", True), ("teacher", True), ("teacher_other_school", False)):
        in_use.sign_in(client, actor)
        assert ("n’est pas revenue à temps" in as_drawn(client.get(lent).text).replace("\u00a0", " ")) is seen
        assert ("Faire revenir une malle en retard" in client.get("/plan/accueil/").content.decode()) is (
            actor == "city_education"
        )
        assert ("en retard depuis le" in client.get(listed).content.decode()) is seen
    Booking.objects.update(state=State.RETURNED)
    assert "en retard depuis" not in in_use.sign_in(client, "teacher").get("/plan/emprunts/").content.decode()


def test_a_late_loan_comes_before_those_to_come(in_use, client):
    """By the day it left, the kit that everyone waits for stood under every loan to come."""
    other = ask(in_use.schools["saules"], 14, 15)
    soon = ask(in_use.schools["saules"], 2, 3)
    for each in (other, soon):
        actions.confirm_booking(person=None, booking=each, now=clock())
    yesterday = half_day_number(TODAY - datetime.timedelta(days=1), 1)
    Booking.objects.filter(pk=in_use.booking.pk).update(first_half_day=yesterday, last_half_day=yesterday)
    in_use.sign_in(client, "city_education")
    for kept, order in (("", (other, soon)), ("en-cours", (soon, other)), ("en-retard", ())):
        shown = list(client.get("/plan/emprunts/", {"etat": kept}).context["page"].object_list)
        assert shown == [in_use.booking, *order], kept
