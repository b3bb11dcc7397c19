"""The page on which one says when mail comes."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.urls import reverse

from notifications.actions import schedule_digests
from notifications.models import Delivery, MailSettings

PAGE = "mail_settings"
THURSDAY = datetime(2026, 11, 26, 12, tzinfo=UTC)
FORM = {"frequency": "daily", "weekday": "0", "hour": "7", "minutes": "5", "is_mailed_at_once": "on"}


@pytest.fixture
def bo(world):
    world.bo.time_zone = "Europe/Stockholm"
    world.bo.save(update_fields=["time_zone"])
    with time_machine.travel(THURSDAY, tick=False):
        yield world.bo


def saved(client_of, bo, **fields):
    answer = client_of(bo).post(reverse(PAGE), FORM | fields)
    assert answer.status_code == 302, answer.content.decode()
    return MailSettings.objects.get(person=bo)


def test_everybody_has_the_defaults_and_reads_when_the_next_one_comes(bo, client_of):
    page = client_of(bo).get(reverse(PAGE)).content.decode()
    assert "Friday, Nov. 27, 2026, 7 a.m. CET" in page
    assert "Europe/Stockholm, where it is 1 p.m. now" in page
    assert not MailSettings.objects.exists()


def test_the_next_digest_comes_as_one_says_on_ones_own_clock(bo, client_of):
    mine = saved(client_of, bo, frequency="days", days=["4", "1"], hour="18", minutes="10")
    assert (mine.days, mine.hour, mine.minutes, mine.is_mailed_at_once) == ("14", 18, 10, True)
    assert mine.next_digest_at == datetime(2026, 11, 27, 17, tzinfo=UTC)
    mine = saved(client_of, bo, frequency="weekly", weekday="2", is_mailed_at_once="")
    assert (mine.days, mine.is_mailed_at_once) == ("2", False)
    assert mine.next_digest_at == datetime(2026, 12, 2, 6, tzinfo=UTC)


def test_never_is_never_and_drops_the_one_that_waits(bo, client_of):
    schedule_digests()
    MailSettings.objects.filter(person=bo).update(next_digest_at=THURSDAY)
    schedule_digests()
    assert Delivery.objects.of(bo).waiting().exists()
    mine = saved(client_of, bo, frequency="never")
    assert mine.next_digest_at is None
    assert not Delivery.objects.of(bo).exists()
    assert "No digest comes." in client_of(bo).get(reverse(PAGE)).content.decode()
    schedule_digests()
    assert MailSettings.objects.get(person=bo).next_digest_at is None


def test_the_chosen_days_are_kept_for_when_one_chooses_days_again(bo, client_of):
    saved(client_of, bo, frequency="days", days=["1", "4"])
    assert saved(client_of, bo, frequency="daily").days == "14"


@pytest.mark.parametrize(
    "wrong",
    [{"frequency": "days"}, {"frequency": "hourly"}, {"hour": "24"}, {"hour": ""}, {"minutes": "600"}, {"days": ["9"]}],
)
def test_what_cannot_be_is_refused_with_the_form_as_it_was(bo, client_of, wrong):
    answer = client_of(bo).post(reverse(PAGE), FORM | {"minutes": "20"} | wrong)
    assert answer.status_code == 422
    assert not MailSettings.objects.exists()


def test_only_guides_are_asked_about_the_morning_mail(world, client_of):
    assert "in the morning" not in client_of(world.bo).get(reverse(PAGE)).content.decode()
    assert "in the morning" in client_of(world.fay).get(reverse(PAGE)).content.decode()
    client_of(world.bo).post(reverse(PAGE), FORM)
    client_of(world.fay).post(reverse(PAGE), FORM)
    assert MailSettings.objects.get(person=world.bo).gets_morning_mail
    assert not MailSettings.objects.get(person=world.fay).gets_morning_mail


def test_stopped_mail_can_be_started_again(bo, client_of):
    MailSettings.objects.create(person=bo, stopped_at=THURSDAY)
    page = client_of(bo).get(reverse(PAGE)).content.decode()
    assert "Send me mail again" in page
    assert "No digest comes." in page
    client_of(bo).post(reverse("restart_mail"))
    assert MailSettings.objects.get(person=bo).may_be_mailed
