"""People who have a page open while things go wrong: it connects again by itself, and asks what it missed."""

import http.client
import itertools
import json
import threading
import time
from typing import Any

from websockets.exceptions import WebSocketException

from tests.serving import Site
from tests.visitors import Visitor

FIRST_S, LONGEST_S, AT_MOST = 0.4, 4.0, 6  # as static/js/live-line.js does it


class Watcher:
    """One open page of a place. `known` are the ids of the posts that it heard of."""

    def __init__(self, ports: list[int], person: Any, place: Any, threads: list[int]) -> None:
        self.sites = itertools.cycle([Site(port) for port in ports])
        self.cookie = Site(0).cookie_of(person)
        self.place, self.seq, self.known, self.connected, self.tries = place, 0, set[int](), 0, 0
        self.changes = f"/c/{place.community.slug}/p/{place.pk}/changes/?threads={','.join(map(str, threads))}"
        self.ended = threading.Event()

    def start(self) -> None:
        threading.Thread(target=self._watch, daemon=True).start()

    def _watch(self) -> None:
        while not self.ended.is_set():
            site = next(self.sites)
            try:
                self._listen(site)
            except (OSError, WebSocketException):
                self._catch_up(site)
            time.sleep(min(LONGEST_S, FIRST_S * 2 ** min(self.tries, AT_MOST)))
            self.tries += 1

    def _listen(self, site: Site) -> None:
        with site.connect(None, self.place, cookie=self.cookie) as page:
            self.connected += 1
            while not self.ended.is_set():
                try:
                    letter = json.loads(page.recv(timeout=0.5))
                except TimeoutError:
                    continue
                if letter.get("seq", 0) > self.seq:
                    self._catch_up(site)
                self.tries = 0

    def _catch_up(self, site: Site) -> None:
        try:
            answer = Visitor(site.port, self.cookie).get(f"{self.changes}&after={self.seq}")
            found = json.loads(answer.text) if answer.status == 200 else {}
        except (OSError, http.client.HTTPException):
            return
        self.known |= {post["id"] for post in found.get("posts", ())}
        self.seq = found.get("seq", self.seq)
        if found.get("cut"):  # a page offers to be loaded again; here the next letter asks for the rest
            self._catch_up(site)
