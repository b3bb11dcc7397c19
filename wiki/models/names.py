"""Which pages the titles in texts mean, for one reader."""

from django.urls import reverse

from markup import folded, titles_in

from .name import PageLink, PageName

LINKS_READ = 200  # of texts that link to one page; more are not listed


class Names:
    """What pages of a community are called that a reader may see. A title that several pages have means the one at the
    place of the text that names it, else the oldest; a former title means its page only while no other one has it."""

    LAID_DEPTH = 2  # pages laid into pages that are laid into a text
    LAID_MAX = 10  # in a text, with what is laid into those; more are links

    def __init__(self, community):
        self.community = community
        self.rows = {}  # folded title, or address, → PageName
        self.asked, self.asked_laid = set(), set()

    @classmethod
    def in_texts(cls, user, community, texts):
        """Those that stored texts name, and the pages laid into them, in one query for each depth; in none for texts
        that name nothing."""
        names, visible = cls(community), PageName.objects.visible_to(user).of(community)
        for depth in range(cls.LAID_DEPTH + 1):
            texts = names.ask(visible, texts, with_laid=depth < cls.LAID_DEPTH)
        return names

    @classmethod
    def titled(cls, user, community, titles):
        """Those that one of these titles may mean."""
        names, said = cls(community), [folded(title) for title in titles]
        names.add(PageName.objects.visible_to(user).of(community).said(said).with_pages())
        return names

    @classmethod
    def of_page(cls, user, page):
        """Those of a page and of others that are called the same."""
        names = cls(page.community)
        names.add(PageName.objects.visible_to(user).shared_with(page).with_pages())
        return names

    def ask(self, visible, texts, *, with_laid):
        """Find what `texts` name; gives back the texts of those pages that they lay in."""
        named = {folded(title) for html in texts for title in titles_in(html)} - self.asked
        titles = [folded(title) for html in texts for title in titles_in(html, laid=True)] if with_laid else []
        laid = {*titles[: self.LAID_MAX]} - self.asked_laid
        if not named | laid:
            return []
        self.asked |= named | laid
        self.asked_laid |= laid
        return self.add(visible.said(named | laid).with_pages(laid=laid))

    def add(self, rows):
        found = list(rows)
        for row in found:
            for name in {row.name, row.slug} - {""}:
                others = [other for other in self.rows.get(name, []) if other.pk != row.pk]
                self.rows[name] = [*others, row]
        return [row.laid_html for row in found if row.laid_html]

    def row(self, title, place_id=None):
        """The PageName of the page that `title` means in a text at this place; None where there is none."""
        name = folded(title)

        def rank(row):
            return row.retired_at is not None, row.name != name, row.page.place_id != place_id, row.page_id

        return min(self.rows.get(name, ()), key=rank, default=None)

    def mean(self, page, title, place_id):
        """Whether `title` in a text at this place means `page`."""
        row = self.row(title, place_id)
        return row is not None and row.page_id == page.pk

    def path_of(self, page):
        """The address of one of these pages."""
        return reverse("wiki_page", args=[self.community.slug, page.slug])

    def pages_linking_to(self, page, user):
        """Pages that `user` may see whose texts mean `page`, by title; `of_page` found these names."""
        links = PageLink.objects.visible_to(user).of(self.community).naming(self.rows)[:LINKS_READ]
        pages = {link.page_id: link.page for link in links if self.mean(page, link.name, link.page.place_id)}
        return [linking for pk, linking in pages.items() if pk != page.pk]
