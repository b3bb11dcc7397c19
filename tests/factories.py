"""Things to test with, made by the actions that make them in the product. Each has a name and words of its own."""

import datetime
import io
from itertools import count
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.utils import timezone
from PIL import Image

from accounts.models import User
from community.actions import add_file, add_image, found_community, join
from community.models import Community, Membership, Place, PlaceFile, PlaceImage
from courses.actions import create_course, create_section, create_unit, start_cohort, suggest
from courses.actions.demo import add_person
from courses.models import Cohort, Course, Section, Suggestion, Unit, UnitPlace
from discussions.actions import distil, pose, propose_topic, reply, split_thread, start_thread
from discussions.models import Post, Summary, Thread
from resources.actions import add_item, make_collection, share
from resources.actions.page_words import PageWords
from resources.actions.previewing import keep, thumbnail
from resources.models import Collection, LinkPreview, Resource, Sharing
from wiki.actions import create_page
from wiki.models import WikiPage

numbers = count(1)
PASSWORD = "weft-demo"


def a_person(name: str = "", *, handle: str = "", email: str = "", **more: Any) -> User:
    """Somebody with a verified address who signs in with PASSWORD."""
    number = next(numbers)
    handle = handle or f"person_{number}"
    user = add_person(name=name or f"Person {number}", handle=handle, email=email or f"{handle}@example.org", **more)
    user.set_password(PASSWORD)
    user.save(update_fields=["password"])
    return user


def an_admin(name: str = "", **more: Any) -> User:
    """Somebody of learning and development, who sets up courses and cohorts."""
    return a_person(name, is_staff=True, **more)


def a_community(title: str = "", *, host: User | None = None, members: tuple[User, ...] = (), **more: Any) -> Community:
    """A community of practice; its host is somebody new unless named."""
    community = found_community(title=title or f"Community {next(numbers)}", host=host or a_person(), **more)
    for member in members:
        join(community, member)
    return community


def a_member(community: Community, name: str = "", *, role: str = Membership.Role.MEMBER, **more: Any) -> User:
    user = a_person(name, **more)
    join(community, user, role=role)
    return user


def commons_of(community: Community) -> Place:
    return community.places.commons().select_related("community").get()


def a_course(title: str = "", **more: Any) -> Course:
    return create_course(title=title or f"Course {next(numbers)}", **more)


def a_section(course: Course | None = None, title: str = "") -> Section:
    return create_section(course or a_course(), title or f"Section {next(numbers)}")


def a_unit(
    section: Section | None = None,
    title: str = "",
    source: str = "The first paragraph.\n\nThe second one.\n",
    **more: Any,
) -> Unit:
    return create_unit(section=section or a_section(), title=title or f"Unit {next(numbers)}", source=source, **more)


def a_cohort(
    course: Course | None = None,
    *,
    host: User | None = None,
    members: tuple[User, ...] = (),
    days_ago: int = 1,
    title: str = "",
    **more: Any,
) -> Cohort:
    """A cohort that started `days_ago`, so that its units are open; `days_ago=-3` starts in three days."""
    cohort = start_cohort(
        course=course or a_unit().course,
        title=title or f"Cohort {next(numbers)}",
        starts_on=timezone.now().date() - datetime.timedelta(days=days_ago),
        time_zone=more.pop("time_zone", "UTC"),
        host=host or a_person(),
        **more,
    )
    for member in members:
        join(cohort.community, member)
    return cohort


def place_of(unit: Unit, community: Community) -> Place:
    """Where a community talks about a unit."""
    return Place.objects.select_related("community").get(unit_place__unit=unit, unit_place__community=community)


def a_thread(
    place: Place | None = None, *, author: User | None = None, title: str = "", body: str = "", **more: Any
) -> Thread:
    """A conversation with its first post; `block_id`, `quote` and `kind` can be named."""
    place = place or commons_of(a_community())
    return start_thread(
        author=author or a_member(place.community),
        place=place,
        title=title or f"Thread {next(numbers)}",
        body=body or f"What do you make of it, number {next(numbers)}?",
        key=more.pop("key", None) or uuid4(),
        **more,
    ).thread


def a_prompt(
    place: Place | None = None, *, asker: User | None = None, title: str = "", body: str = "", **terms: Any
) -> Thread:
    """A prompt that a guide asks at a place; what is neither asker nor words are its terms."""
    place = place or commons_of(a_community())
    return pose(
        asker=asker or a_member(place.community, role=Membership.Role.FACILITATOR),
        place=place,
        kind=terms.pop("kind", Thread.Kind.PROMPT),
        title=title or f"Prompt {next(numbers)}",
        body=body or f"What would you try first, number {next(numbers)}?",
        key=terms.pop("key", None) or uuid4(),
        about=terms.pop("about", None),
        terms=terms,
    ).thread


def a_topic(place: Place | None = None, *, days: float = 0, for_days: int = 7, **more: Any) -> Thread:
    """A topic of a community for a week, or `for_days`, that opens in `days`; less than 0 is an earlier one."""
    thread = a_prompt(
        place, kind=Thread.Kind.TOPIC, opens_at=timezone.now() + datetime.timedelta(days=max(days, 0)), **more
    )
    begins = timezone.now() + datetime.timedelta(days=days)
    days_of = {"starts_on": begins.date(), "ends_on": begins.date() + datetime.timedelta(days=for_days - 1)}
    times = {"current_until": begins + datetime.timedelta(days=for_days)} | ({"opens_at": begins} if days < 0 else {})
    Thread.objects.filter(pk=thread.pk).update(**days_of, **times)
    thread.refresh_from_db()
    return thread


def a_proposal(place: Place, *, author: User | None = None, title: str = "", body: str = "", **more: Any) -> Thread:
    """What a member proposes as a topic."""
    return propose_topic(
        author=author or a_member(place.community),
        place=place,
        title=title or f"Proposed topic {next(numbers)}",
        body=body or f"What would you say, number {next(numbers)}?",
        key=more.pop("key", None) or uuid4(),
        **more,
    ).thread


def a_post(thread: Thread | None = None, *, author: User | None = None, body: str = "", **more: Any) -> Post:
    """A reply, or an answer where the thread is a prompt's."""
    thread = thread or a_thread()
    return reply(
        author=author or a_member(thread.place.community),
        thread=thread,
        body=body or f"I would say so, number {next(numbers)}.",
        key=more.pop("key", None) or uuid4(),
        **more,
    )


def split_off(thread: Thread, *posts: Post, by: User, place: Place | None = None, **more: Any) -> Thread:
    """A conversation that a guide made of posts of `thread`."""
    words = {"title": f"Thread {next(numbers)}", "kind": Thread.Kind.DISCUSSION, "key": uuid4()} | more
    return split_thread(by=by, thread=thread, ids=[post.pk for post in posts], place=place or thread.place, **words)


def a_summary(thread: Thread, *, by: User | None = None, body: str = "") -> Summary:
    """The first version of what a conversation came to."""
    by = by or a_member(thread.place.community, role=Membership.Role.FACILITATOR)
    return distil(by=by, thread=thread, body=body or f"What it came to, number {next(numbers)}.", version=0)


def a_block(unit: Unit, words: str = "") -> tuple[str, str]:
    """Id and text of the first block of a unit that holds `words`."""
    return next((id, text) for id, text in unit.block_texts().items() if words in text)


def a_thread_on(unit: Unit, words: str, *, community: Community, **more: Any) -> Thread:
    """A conversation about the block of a unit that holds `words`."""
    block_id, quote = a_block(unit, words)
    return a_thread(place_of(unit, community), block_id=block_id, quote=quote, **more)


def a_sharing(
    place: Place | None = None, *, sharer: User | None = None, url: str = "", title: str = "", **more: Any
) -> Sharing:
    """Something on the shelf of a place, and why: a link, or by `text` a note."""
    place = place or commons_of(a_community())
    number = next(numbers)
    thing = {"text": more.pop("text")} if "text" in more else {"url": url or f"https://example.org/{number}"}
    return share(
        sharer=sharer or a_member(place.community),
        place=place,
        title=title or f"Link {number}",
        why=more.pop("why", "Worth an evening."),
        key=more.pop("key", None) or uuid4(),
        **thing,
        **more,
    )


def a_resource(place: Place | None = None, **more: Any) -> Resource:
    return a_sharing(place, **more).resource


def a_preview(resource: Resource | None = None, **said: Any) -> LinkPreview:
    """What the page of a link says of itself, as if it had been fetched; nothing is asked of anybody."""
    resource = resource or a_resource()
    preview = LinkPreview.objects.select_related("resource").get(resource=resource)
    words = {"title": "A page", "site": "example.org", "description": "What it is about."} | said
    picture = thumbnail(an_upload(size=(400, 300)).read())
    assert keep(preview, PageWords(**words), picture)
    preview.refresh_from_db()
    return preview


def a_collection(place: Place | None = None, *things: Any, by: User, title: str = "", **more: Any) -> Collection:
    """A collection with these things in it; seen by the community of `place`, a commons, or by its curators alone."""
    made = make_collection(
        person=by,
        title=title or f"Collection {next(numbers)}",
        key=more.pop("key", None) or uuid4(),
        place=place,
        **more,
    )
    for thing in things:
        add_item(collection=made, target=thing, person=by, words=f"About it, number {next(numbers)}.")
    return made


def an_upload(name: str = "photo.png", form: str = "PNG", size: tuple[int, int] = (40, 30), **more: Any) -> Any:
    """A picture as a browser sends it; one in black and white is made quickly, however large."""
    buffer = io.BytesIO()
    mode = more.pop("mode", "RGB")
    Image.new(mode, size, "#456").save(buffer, form, **more)
    return SimpleUploadedFile(name, buffer.getvalue(), f"image/{form.lower()}")


def an_image(place: Place | None = None, *, by: User | None = None, **more: Any) -> PlaceImage:
    """A picture at a place, in nobody's words yet."""
    place = place or commons_of(a_community())
    return add_image(by=by or a_member(place.community), place=place, upload=an_upload(**more), key=uuid4())


def a_file(place: Place | None = None, *, by: User | None = None, upload: UploadedFile | None = None) -> PlaceFile:
    """A file at a place, shown by nothing yet."""
    place = place or commons_of(a_community())
    upload = upload or SimpleUploadedFile("notes.txt", b"The heron stands still.\n")
    return add_file(by=by or a_member(place.community), place=place, upload=upload, key=uuid4())


def a_wiki_page(
    place: Place | None = None, *, author: User | None = None, title: str = "", body: str = "", **more: Any
) -> WikiPage:
    place = place or commons_of(a_community())
    return create_page(
        author=author or a_member(place.community),
        place=place,
        title=title or f"Page {next(numbers)}",
        body=body or "What we know about it.\n",
        key=more.pop("key", None) or uuid4(),
        **more,
    )


def a_suggestion(
    unit: Unit, *, by: User, community: Community | None = None, body: str = "", title: str = "", **more: Any
) -> Suggestion:
    """An edit that a reader proposes: unless named, of the unit's first word `far`, or a paragraph more."""
    places = UnitPlace.objects.filter(unit=unit).select_related("unit", "place", "community")
    changed = unit.source.replace("far", "much", 1)
    return suggest(
        author=by,
        unit_place=places.get(community=community) if community else places.get(),
        title=title or f"Plainer, number {next(numbers)}",
        body=body or (changed if changed != unit.source else f"{unit.source}\nAnd more.\n"),
        version=more.pop("version", unit.version),
        key=more.pop("key", None) or uuid4(),
    )
