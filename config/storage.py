"""Where uploads are kept, for the settings."""

from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.core.files import File
from django.core.files.storage import FileSystemStorage
from environs import Env

S3 = "storages.backends.s3."
CONNECT_S, READ_S, TRIES = 3, 20, 2


def storage(env: Env) -> dict[str, Any]:
    """Files in MEDIA_ROOT, or what STORAGE_BACKEND names."""
    backend = env.str("STORAGE_BACKEND", "config.storage.WholeFiles")
    options: dict[str, Any] = dict(env.json("STORAGE_OPTIONS", {}))
    if backend.startswith(S3) and "client_config" not in options:
        options |= {"client_config": patience(options)}
    return {"BACKEND": backend, "OPTIONS": options}


def patience(options: dict[str, Any]) -> Any:
    """How long object storage is waited for; botocore alone would wait for minutes. What else goes into its
    configuration is as the storage would make it."""
    from botocore.config import Config  # heavy, and for object storage only

    return Config(
        connect_timeout=CONNECT_S,
        read_timeout=READ_S,
        retries={"total_max_attempts": TRIES, "mode": "standard"},
        s3={"addressing_style": options.get("addressing_style")},
        signature_version=options.get("signature_version"),
        proxies=options.get("proxies"),
    )


class WholeFiles(FileSystemStorage):
    """Files in a folder. One that could not be stored to its end, on a disk that is full or by a process that was
    killed, is not there under its name; what was stored of it goes, too."""

    def _save(self, name: str, content: File) -> str:
        part = f"{name}.{uuid4().hex[:12]}.part"
        draft = Path(self.path(part))
        try:
            super()._save(part, content)  # type: ignore[misc]
            return self._named(draft, name)
        finally:
            with suppress(FileNotFoundError):
                draft.unlink()

    def _named(self, draft: Path, name: str) -> str:
        """Give what is whole its name, or another one if somebody took that meanwhile."""
        while True:
            try:
                Path(self.path(name)).touch(exist_ok=False)
            except FileExistsError:
                name = self.get_available_name(name)
            else:
                draft.replace(self.path(name))
                return name
