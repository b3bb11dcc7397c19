"""Stopping digests, and nothing else, by the link of one."""

import pytest

from notifications.mail.stopping import DIGEST, stop_url
from notifications.models import MailSettings

pytestmark = pytest.mark.django_db
ONE_CLICK = {"List-Unsubscribe": "One-Click"}
Frequency = MailSettings.Frequency


def mine(person):
    return MailSettings.objects.get(person=person)


def test_one_click_stops_digests_alone_and_undoing_brings_them_back_as_often(world, client_of):
    MailSettings.objects.create(person=world.bo, frequency=Frequency.WEEKLY, days="2")
    client, url = client_of(None), stop_url(world.bo, (DIGEST,))
    assert "The digest" in client.get(url).content.decode()
    assert mine(world.bo).frequency == Frequency.WEEKLY
    for _twice in range(2):
        assert client.post(url, ONE_CLICK).status_code == 200
    assert mine(world.bo).frequency == Frequency.NEVER
    assert mine(world.bo).next_digest_at is None
    assert mine(world.bo).may_be_mailed
    client.post(url, {"undo": "digest"})
    assert (mine(world.bo).frequency, mine(world.bo).days) == (Frequency.WEEKLY, "2")


def test_what_somebody_chose_since_stands(world, client_of):
    MailSettings.objects.create(person=world.bo)
    client, url = client_of(None), stop_url(world.bo, (DIGEST,))
    client.post(url, ONE_CLICK)
    MailSettings.objects.filter(person=world.bo).update(frequency=Frequency.DAYS, days="14")
    client.post(url, {"undo": "digest"})
    assert mine(world.bo).frequency == Frequency.DAYS


def test_it_stops_all_mail_only_if_that_is_chosen(world, client_of):
    client, url = client_of(None), stop_url(world.bo, (DIGEST,))
    client.post(url, {"size": "all"})
    assert mine(world.bo).stopped_at is not None
    assert mine(world.bo).frequency == Frequency.DAILY
