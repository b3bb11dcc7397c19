"""The mail that guides get in the morning: what needs the communities that they look after."""

from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from notifications.actions.kinds import Letter, writes
from notifications.mail import compose
from notifications.mail.stopping import MORNING
from notifications.models import Delivery, MailSettings

from ..models.morning import Morning, Needs


@writes(Delivery.Kind.MORNING, together=100)
def mornings(deliveries: list[Delivery]) -> dict[int, Letter]:
    """Those of these guides whose communities need something now, and who want to hear of it."""
    wanted = [row for row in deliveries if row.person and MailSettings.of(row.person).gets_morning_mail]
    morning = Morning([row.person_id for row in wanted if row.person_id])
    letters = {}
    for row in wanted:
        if row.person and (needs := morning.of(row.person)):
            letters[row.pk] = Letter(morning_mail(row, needs))
    return letters


def morning_mail(row: Delivery, needs: Sequence[Needs]) -> EmailMultiAlternatives:
    person = row.person
    assert person is not None
    return compose(
        to=person.email,
        subject=subject_of(needs),
        template="courses/mail/morning",
        context={"communities": needs, "site_url": settings.SITE_URL},
        message_id=row.message_id,
        person=person,
        stops=(MORNING,),
    )


def subject_of(needs: Sequence[Needs]) -> str:
    """“Heron cohort: 3 open questions, 1 flag, 2 open today”."""
    where = needs[0].community.title
    if len(needs) > 1:
        where = ngettext("%(title)s and %(n)s more", "%(title)s and %(n)s more", len(needs) - 1) % {
            "title": where,
            "n": len(needs) - 1,
        }
    questions = sum(each.question_count for each in needs)
    flags, opens = sum(each.flagged_posts for each in needs), sum(len(each.coming) for each in needs)
    words = [
        (flags, ngettext("%(n)s post to look at", "%(n)s posts to look at", flags)),
        (questions, ngettext("%(n)s open question", "%(n)s open questions", questions)),
        (opens, ngettext("%(n)s thing opens today", "%(n)s things open today", opens)),
    ]
    what = ", ".join(text % {"n": count} for count, text in words if count)
    return _("%(where)s: %(what)s") % {"where": where, "what": what}
