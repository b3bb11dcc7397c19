"""A shared link and what its page says of itself: it comes by itself, and the browser asks no other site for it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from resources.models import LinkPreview
from tests.browser.conftest import PHONE, scrolls_sideways, violations
from tests.factories import a_preview

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_preview_comes_to_the_open_page_from_here_and_a_dead_link_leads_to_an_archive(
    open_as, world, settings, monkeypatch
):
    monkeypatch.setattr("resources.models.preview.WAITED_FOR", timedelta(hours=1))  # a busy machine takes longer
    settings.OUTBOUND_PORTS = [443]  # nobody takes the task here, so nothing goes out
    shelf = reverse("shelf", args=[world.community.slug, world.place.pk])
    page = open_as(world.bo, shelf, width=PHONE)
    page.locator("#share textarea").first.fill("https://public.example/herons")
    page.locator("#share").get_by_role("button", name="Share").click()
    row = page.locator("#shelf-rows > li").first
    expect(row.get_by_role("link", name="public.example/herons").first).to_be_visible()
    a_preview(LinkPreview.objects.get().resource, title="On herons", description="They wait.")
    expect(row.locator(".preview")).to_contain_text("On herons")
    picture = row.locator(".preview img")
    picture.scroll_into_view_if_needed()
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") == 400
    assert violations(page) == []
    assert not scrolls_sideways(page)
    LinkPreview.objects.update(failing_since=timezone.now(), dead_since=timezone.now())
    page.reload()  # `open_as` fails the test should anything be asked of another host
    archive = page.locator("#shelf-rows").get_by_role("link", name="Look for it in the Internet Archive")
    expect(archive).to_have_attribute("href", "https://web.archive.org/web/*/https://public.example/herons")
    assert violations(page) == []
