"""Medians, of each group, by the database."""

from django.db.models import Count, F, OuterRef, Subquery, Window
from django.db.models.functions import RowNumber

from discussions.models import Post


def medians(rows, value, by=None):
    """Group → (median of `value`, how many rows it is of), where `by` names the groups; all rows are one group, None,
    without it. Of two in the middle the smaller one."""
    group = F(by) if by else None
    ranked = rows.exclude(**{value: None}).annotate(
        rank=Window(RowNumber(), partition_by=group, order_by=[F(value).asc(), "pk"]),
        of=Window(Count("pk"), partition_by=group),
    )
    middle = ranked.filter(rank=(F("of") + 1) / 2).order_by()
    fields = [by] if by else []
    return {row[0] if by else None: row[-2:] for row in middle.values_list(*fields, value, "of")}


def knowing_waits(questions):
    """With `wait`: how long it took until somebody else than the asker said something; None while nobody has."""
    others = Post.objects.standing().filter(thread=OuterRef("pk")).exclude(author=OuterRef("created_by"))
    first = others.order_by("created_at", "pk").values("created_at")[:1]
    return questions.annotate(first_answer_at=Subquery(first)).annotate(wait=F("first_answer_at") - F("created_at"))
