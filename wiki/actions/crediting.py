"""Noting who wrote which block of a page."""

from collections.abc import Sequence

from markup import Block, Profile, render

from ..models import Authorship, Revision, WikiPage

RETRACED_AT_MOST = 100  # versions of a page from before this was noted


def credit(page: WikiPage, revision: Revision, blocks: Sequence[Block], *, before: Sequence[Block]) -> None:
    """Note who wrote the blocks that `page` has in this version, its newest, and had `before` it. The caller holds the
    page's lock."""
    authorship = authorship_of(page, before=revision.number)
    authorship.note(blocks, before=before, author_id=revision.author_id, number=revision.number)
    authorship.save()


def authorship_of(page: WikiPage, *, before: int) -> Authorship:
    """What is noted, or what the versions below this number say of a page from before it was noted."""
    found = Authorship.objects.filter(page=page).first()
    return found or retraced(page, before=before)


def retraced(page: WikiPage, *, before: int) -> Authorship:
    """Read from the versions of a page who wrote its blocks. Slow; nothing is saved."""
    authorship = Authorship(page=page)
    blocks: list[Block] = []
    revisions = page.revisions.below(before).newest_first().only("number", "source", "author")[:RETRACED_AT_MOST]
    for revision in reversed(revisions):
        earlier, blocks = blocks, render(revision.source, Profile.WIKI, previous=blocks).blocks
        authorship.note(blocks, before=earlier, author_id=revision.author_id, number=revision.number)
    standing = [block for block in blocks if not block.retired]
    ids = dict(zip((block.id for block in standing), page.standing_blocks(), strict=False))
    authorship.blocks = {ids[id]: written for id, written in authorship.blocks.items() if id in ids}
    return authorship
