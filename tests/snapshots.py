"""What is in the database, to be put back later: loading the demo once for each worker instead of for each test."""

import shutil
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.management.color import no_style
from django.db import connection, models, transaction

FIXED = {"contenttypes", "auth", "sessions"}  # made by migrations, or nobody's business here


class Snapshot:
    """All rows and uploaded files as they are now."""

    def __init__(self, folder: Path) -> None:
        kinds = [model for model in apps.get_models(include_auto_created=True) if model._meta.app_label not in FIXED]
        self.rows = {model: list(model._base_manager.order_by("pk")) for model in kinds}
        self.kinds = {kind.pk: (kind.app_label, kind.model) for kind in ContentType.objects.all()}
        self.files = folder / "uploads"
        if Path(settings.MEDIA_ROOT).exists():
            shutil.copytree(settings.MEDIA_ROOT, self.files)

    def restore(self) -> None:
        """Put everything back into empty tables. Content types may have other numbers by now."""
        with transaction.atomic():
            for model, rows in self.rows.items():
                for field in model._meta.concrete_fields:
                    if field.related_model is ContentType:
                        self.renumber(rows, field)
                model._base_manager.bulk_create(rows, batch_size=500)
            self.kinds = {kind.pk: (kind.app_label, kind.model) for kind in ContentType.objects.all()}
            with connection.cursor() as cursor:
                for statement in connection.ops.sequence_reset_sql(no_style(), list(self.rows)):
                    cursor.execute(statement)
        if self.files.exists():
            shutil.copytree(self.files, settings.MEDIA_ROOT, dirs_exist_ok=True)

    def renumber(self, rows: list[models.Model], field: models.Field) -> None:
        for row in rows:
            kind = ContentType.objects.get_by_natural_key(*self.kinds[getattr(row, field.attname)])
            setattr(row, field.attname, kind.pk)
