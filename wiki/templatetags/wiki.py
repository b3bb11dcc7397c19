"""How a page shows the wiki pages that its texts name."""

from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from markup import as_words, bare, settle, weave

from ..models import Names

register = template.Library()


class Settling:
    """Puts into stored texts what the titles in them lead to, for the reader for whom `names` were found."""

    def __init__(self, names, laid_template):
        self.names = names
        self.laid_template = laid_template
        self.left = Names.LAID_MAX

    def text(self, html, place_id, within):
        """A text at a place that stands within these pages (ids), outermost first."""

        def link(title, words):
            return self.link(title, words, place_id)

        return settle(html, link, lambda title: self.laid(title, place_id, within))

    def link(self, title, words, place_id):
        """A page that isn't there yet, or not for this reader, is one to begin."""
        row = self.names.row(title, place_id)
        if row:
            return format_html('<a href="{}">{}</a>', self.names.path_of(row.page), mark_safe(words))
        new = reverse("new_wiki_page", args=[self.names.community.slug, place_id])
        note = _("no page yet, begin it")
        return format_html(
            '<a href="{}?{}" class="wiki-new">{}<span class="visually-hidden"> ({})</span></a>',
            new, urlencode({"title": title}), mark_safe(words), note,
        )  # fmt: skip

    def laid(self, title, place_id, within):
        row = self.names.row(title, place_id)
        why = ""
        if row and row.page_id in within:
            why = _("It is around these words already.")
        elif row and (len(within) > Names.LAID_DEPTH or not self.left or not row.laid_html):
            why = _("It can be read on its own page.")
        if row is None or why:
            words = conditional_escape(row.page.title if row else title)
            link = self.link(title, words, place_id)
            return format_html('<p class="laid-not">{} <span class="quiet">{}</span></p>', link, why)
        self.left -= 1
        path = self.names.path_of(row.page)
        html = self.text(bare(row.laid_html, path), row.page.place_id, (*within, row.page_id))
        return self.laid_template.render(template.Context({"page": row.page, "path": path, "html": mark_safe(html)}))


@register.filter
def titles_as_words(html):
    """Stored HTML where it is not known whose pages its titles mean."""
    return mark_safe(as_words(html))


@register.simple_tag(takes_context=True)
def settled(context, html, place_id, page_id=0):
    """Stored HTML of a text at a place, with what its titles lead to; needs `names` in the context. `page_id` is that
    of the wiki page whose text it is. The HTML was sanitised when it was stored; the rest are ours."""
    laid = context.template.engine.get_template("wiki/_laid.html")
    return mark_safe(Settling(context["names"], laid).text(html, place_id, (page_id,)))


@register.simple_tag
def credited(html, writers, page, community):
    """A page's stored HTML with who wrote each block below it. `writers` maps block ids to their people, the last one
    first, and the number of a version; None where nobody knows. The HTML was sanitised when it was stored."""

    def fill(block_id):
        known = writers.get(block_id)
        if known is None:
            return format_html('<small class="writers">{}</small>', _("not known"))
        people = format_html_join(", ", '<a href="{}"><bdi>{}</bdi></a>', found_at(known["people"]))
        path = reverse("wiki_revision", args=[community.slug, page.slug, known["number"]])
        version = _("version %(n)s") % {"n": known["number"]}
        return format_html('<small class="writers">{} · <a href="{}">{}</a></small>', people, path, version)

    return mark_safe(weave(html, fill))


def found_at(people):
    return [(person.get_absolute_url(), person.name) for person in people]
