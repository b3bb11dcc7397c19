from django.db import transaction

from accounts.models import User
from community.models import Place

from ..models import Thread


@transaction.atomic
def keep_prompt_threads(*, place: Place, prompts: dict[str, str], asked_by: User) -> None:
    """Give each prompt of a place's text (block id → its words) the thread that holds its answers.

    Runs again without effect, but for a prompt whose words changed: the thread's title follows.
    """
    threads = {thread.block_id: thread for thread in place.threads.in_text()}
    for block_id, text in prompts.items():
        title = text[: Thread.TITLE_MAX]
        thread = threads.get(block_id)
        if thread is None:
            place.threads.create(
                kind=Thread.Kind.PROMPT,
                is_in_text=True,
                block_id=block_id,
                title=title,
                quote=text[: Thread.QUOTE_MAX],
                created_by=asked_by,
            )
        elif thread.title != title:
            thread.title = title
            thread.save(update_fields=["title"])
