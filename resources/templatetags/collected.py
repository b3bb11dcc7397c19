"""How a unit shows collections."""

from django import template
from django.utils.safestring import mark_safe

from markup import bare, with_collections

register = template.Library()


@register.simple_tag(takes_context=True)
def collected(context, html):
    """Stored HTML of a unit with the collections in it as its reader sees them; needs `collections` in the context. Of
    one that they may not see there is nothing. The words were sanitised when they were stored; the rest is ours."""
    laid = context["collections"]
    drawn = context.template.engine.get_template("resources/_laid.html")

    def fill(pk):
        return drawn.render(template.Context({"laid": laid[pk]})) if pk in laid else ""

    return mark_safe(with_collections(html, fill))


@register.filter
def inside(html, path):
    """Stored words as they stand within another text."""
    return mark_safe(bare(html, path))
