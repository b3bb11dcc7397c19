"""Ten writes a second through two web processes, open pages, and everything in TROUBLES: what was taken is there,
nothing is answered with 500, all of it comes right by itself, and the pages know of everything."""

import hashlib
import time
from dataclasses import dataclass, field
from typing import Any

from tests.chaos.day import set_up
from tests.chaos.served import Served
from tests.chaos.troubles import Trouble
from tests.chaos.watchers import Watcher
from tests.chaos.writers import Phase, Writers
from tests.serving import Site, wait_until

WRITES_A_SECOND, AT_ONCE, WRITERS, WATCHERS = 10, 12, 300, 4
CALM_S = 3.0  # before the first trouble, and between two
RECOVERED_S, CAUGHT_UP_S, EFFECTS_S = 5.0, 30.0, 120.0


@dataclass
class GoingOn:
    weft: Served
    complaints: list[str] = field(default_factory=list)

    def begin(self) -> None:
        set_up()
        from tests.chaos.people import AUTHORS, a_talk

        talk = a_talk(WRITERS)
        for number in range(AUTHORS):
            talk.say_something(number)
        self.talk, ports = talk, list(self.weft.ports.values())
        home = f"/c/{talk.community.slug}"
        replies = [f"{home}/t/{thread.pk}/replies/" for thread in talk.threads]
        cookies = [Site(0).cookie_of(person) for person in talk.readers]
        self.writers = Writers(ports, cookies, replies, f"{home}/p/{talk.place.pk}/files/")
        shown = [thread.pk for thread in talk.threads]
        self.watchers = [Watcher(ports, person, talk.place, shown) for person in talk.readers[:WATCHERS]]
        self.weft.start_all()
        for watcher in self.watchers:
            watcher.start()
        wait_until(lambda: all(watcher.connected for watcher in self.watchers), 60)
        self.writers.start(WRITES_A_SECOND, AT_ONCE)
        self.weft.wait_while_it_runs(CALM_S)

    def through(self, trouble: Trouble) -> None:
        """Go through it, and see that all comes right."""
        phase = self.writers.phase = Phase()
        begun = time.monotonic()
        trouble.happen(self.weft)
        over = time.monotonic()
        recovered = self.seconds_until(lambda: self.writers.last_taken_at > over, EFFECTS_S)
        caught_up = self.seconds_until_known(EFFECTS_S)
        self.weft.wait_while_it_runs(CALM_S)
        refused = phase.statuses.pop(503, 0)
        print(
            f"  {trouble.name}: {over - begun:.0f} s; {sum(phase.statuses.values())} writes answered, {refused} with "
            f"503, {phase.refused} not reached, the slowest after {phase.slowest_s:.1f} s; "
            f"taken again after {recovered:.1f} s, pages caught up after {caught_up:.1f} s",
            flush=True,
        )
        self.complaints += [f"{trouble.name}: answered {odd}" for odd in phase.odd]
        if refused and not trouble.refuses:
            self.complaints.append(f"{trouble.name}: {refused} writes were answered with 503")
        if recovered > RECOVERED_S:
            self.complaints.append(f"{trouble.name}: nothing was taken for {recovered:.1f} s after it was over")
        if caught_up > CAUGHT_UP_S:
            self.complaints.append(f"{trouble.name}: pages caught up only {caught_up:.1f} s after it was over")

    def end(self) -> None:
        """What was taken is there once, each file whole, everybody was told, and the pages know of it."""
        from notifications.models import Event

        self.writers.end()
        sent = self.seconds_until(lambda: self.writers.is_done, EFFECTS_S)
        told = self.seconds_until(lambda: not Event.objects.not_fanned_out().exists(), EFFECTS_S)
        caught_up = self.seconds_until_known(EFFECTS_S)
        print(
            f"  at the end: all sent after {sent:.0f} s, told after {told:.0f} s, on all pages after {caught_up:.0f} s"
        )
        taken, posts = self.writers.taken, self.posts()
        said = [token for token, write in taken.items() if not write.is_file]
        counts = [len(posts.get(token, ())) for token in said]
        names = sum(len(ids) for ids in posts.values())
        files = [write for write in taken.values() if write.is_file]
        broken = [write for write in files if not is_whole(write)]
        print(f"  {len(said)} replies and {len(files)} files were taken; {names} replies stand", flush=True)
        self.complain_of("writes never taken", self.writers.asked - len(taken))
        self.complain_of("replies lost", counts.count(0))
        self.complain_of("replies twice", sum(count > 1 for count in counts))
        self.complain_of("files lost, doubled or broken", len(broken))
        self.complain_of("drafts of files left behind", len(list(self.weft.uploads.rglob("*.part"))))
        self.complain_of("happenings that nobody was told of", Event.objects.not_fanned_out().count())
        self.complain_of(
            "posts that pages don't know of", len(self.unknown({pk for ids in posts.values() for pk in ids}))
        )

    def complain_of(self, what: str, number: int) -> None:
        if number:
            self.complaints.append(f"{number} {what}")

    def seconds_until(self, done: Any, at_most: float) -> float:
        begun = time.monotonic()
        while not done() and time.monotonic() - begun < at_most:
            self.weft.wait_while_it_runs(0.2)
        return time.monotonic() - begun

    def posts(self) -> dict[str, list[int]]:
        """The ids of what was written, by token."""
        from discussions.models import Post

        found: dict[str, list[int]] = {}
        for pk, source in Post.objects.in_threads(self.talk.threads).values_list("pk", "source"):
            found.setdefault(source.partition(" ")[0], []).append(pk)
        return {token: ids for token, ids in found.items() if token in self.writers.taken}

    def seconds_until_known(self, at_most: float) -> float:
        """Until all pages know of all that is written by now."""
        written = {pk for ids in self.posts().values() for pk in ids}
        return self.seconds_until(lambda: not self.unknown(written), at_most)

    def unknown(self, written: set[int]) -> set[int]:
        return {pk for watcher in self.watchers for pk in written - watcher.known}


def is_whole(write: Any) -> bool:
    from community.models import PlaceFile

    kept = list(PlaceFile.objects.stored().filter(key=write.key))
    if len(kept) != 1:
        return False
    with kept[0].file.open() as file:
        return hashlib.sha256(file.read()).digest() == hashlib.sha256(write.content).digest()
