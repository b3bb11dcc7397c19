from celery import shared_task

from . import actions
from .models import LinkPreview, Resource

SWEEP_AT_MOST = 50  # links a sweep; the next one goes on
TIME_LIMIT_S = 60  # two fetches take 10, a hostile picture a second or two


@shared_task(time_limit=TIME_LIMIT_S)
def fetch_preview(resource_id: int) -> None:
    actions.make_preview(resource_id)


@shared_task
def sweep_previews() -> None:
    """Ring for links that nobody rang for, or whose time to be tried again has come."""
    for resource in Resource.objects.without_preview()[:SWEEP_AT_MOST]:
        actions.ask_preview(resource)
    for resource_id in LinkPreview.objects.due().values_list("resource_id", flat=True)[:SWEEP_AT_MOST]:
        fetch_preview.delay_on_commit(resource_id)


@shared_task(time_limit=2 * TIME_LIMIT_S)
def check_links() -> None:
    """Look whether links still answer, each once a week, a few at a time."""
    actions.check_links()
