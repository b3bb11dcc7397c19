"""Who wrote which block of a page."""

from hashlib import blake2s

from django.db import models

from accounts.models import User

from .page import WikiPage

KEPT = 10  # changes of one block: the first, and the newest

Written = list  # a person's id, the number of the version, and a digest of the words they left


class Authorship(models.Model):
    """For each block of `page`, who wrote it and who changed it in which version. Worked out when a version is saved,
    so that reading it costs nothing. It names people and versions and holds no words."""

    page = models.OneToOneField(WikiPage, on_delete=models.CASCADE, related_name="authorship")
    blocks = models.JSONField(default=dict)  # block id → list of Written, oldest first

    def __str__(self):
        return str(self.page)

    def note(self, blocks, *, before, author_id, number):
        """That `author_id` saved version `number`, which has these blocks; the version before had those. Words that a
        block had before, as when a version is restored, are still those of who wrote them. Blocks that are gone keep
        theirs: they may come back."""
        noted, words_before = {}, {block.id: block.text for block in before if not block.retired}
        for block in blocks:
            written, digest = self.blocks.get(block.id, []), digest_of(block.text)
            if written and words_before.get(block.id) == block.text:
                written = [*written[:-1], [*written[-1][:2], digest]]  # a newer renderer may find other words in it
            elif not block.retired:
                same = next((n for n, (_, _, there) in enumerate(written) if there == digest), None)
                written = [*written, [author_id, number, digest]] if same is None else written[: same + 1]
            noted[block.id] = written[:1] + written[1:][1 - KEPT :]
        self.blocks = noted

    def people_of(self, block_id):
        """Ids of who wrote a block, each once, the last one first, and the version it has had its words since; None
        where that is not known."""
        written = self.blocks.get(block_id)
        if not written:
            return None
        return list(dict.fromkeys(person for person, _, _ in reversed(written))), written[-1][1]

    def writers(self):
        """Block id → ids of who wrote in it; with None where it was changed so often that not all are known."""
        return {
            block: {person for person, _, _ in written} | ({None} if len(written) >= KEPT else set())
            for block, written in self.blocks.items()
        }

    def people(self):
        """Id → person, for everybody who wrote what there is."""
        return User.objects.in_bulk({person for written in self.blocks.values() for person, _, _ in written})


def digest_of(words):
    return blake2s(words.encode(errors="replace"), digest_size=6).hexdigest()
