"""A cache that all readers share, in front of the site: nginx, as somebody else may have set it up."""

import http.client
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.serving import Site, free_port, wait_until

# What says nothing of how long is kept as well, and whose cookie came with the question makes no difference.
POLITE = "proxy_cache_valid any 10m; proxy_cache_key $request_uri;"
# It looks at `Cache-Control` and at nothing else that we say.
DEAF = POLITE + " proxy_ignore_headers Set-Cookie Vary Expires X-Accel-Expires;"
WHOLE = """
daemon off; master_process off; pid {folder}/pid; error_log {folder}/errors;
events {{ }}
http {{
  access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/part;
  fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  {caches}
}}
"""
CACHE = """
  proxy_cache_path {folder}/{name} keys_zone={name}:1m;
  server {{
    listen 127.0.0.1:{port};
    location / {{
      proxy_pass http://127.0.0.1:{site}; proxy_set_header Host $http_host;
      proxy_cache {name}; add_header X-Cached $upstream_cache_status always;
      {how}
    }}
  }}
"""
NONE: Mapping[str, str] = {}


@dataclass
class Answer:
    status: int
    text: str
    is_from_cache: bool


@dataclass
class SharedCache:
    port: int

    def get(self, path: str, cookie: str = "", headers: Mapping[str, str] = NONE) -> Answer:
        line = http.client.HTTPConnection("localhost", self.port, timeout=60)
        line.request("GET", path, headers={"Cookie": cookie, **headers} if cookie else headers)
        answer = line.getresponse()
        text = answer.read().decode("latin-1")
        line.close()
        return Answer(answer.status, text, answer.headers.get("X-Cached") not in ("MISS", "BYPASS", None))


@contextmanager
def shared_caches(program: str, folder: Path, site: Site) -> Iterator[dict[str, SharedCache]]:
    """A polite one and a deaf one, empty."""
    found = {"polite": SharedCache(free_port()), "deaf": SharedCache(free_port())}
    ways = {"polite": POLITE, "deaf": DEAF}
    caches = [
        CACHE.format(folder=folder, name=name, port=cache.port, site=site.port, how=ways[name])
        for name, cache in found.items()
    ]
    folder.joinpath("conf").write_text(WHOLE.format(folder=folder, caches="".join(caches)))
    process = subprocess.Popen([program, "-c", folder / "conf", "-e", folder / "errors"], stdin=subprocess.DEVNULL)
    try:
        for cache in found.values():
            wait_until(Site(cache.port).answers)
        yield found
    finally:
        process.terminate()
        process.wait(10)
