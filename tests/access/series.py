from tests.access.words import GUIDES, GUIDES_POST, MEMBERS, WRITE
from tests.factories import a_proposal

TABLE = f"""
topic_series            GET   {GUIDES}
topic_series            POST  {GUIDES_POST.format(422, 422)}
rest_series             POST  {GUIDES_POST.format("to", "to")}
proposed_topics         GET   {MEMBERS}
propose_topic           GET   {MEMBERS}
propose_topic           POST  {WRITE}
vote                    POST  401  to  to  to  to  404 404 403 to  404 404
pick_topic              POST  {GUIDES_POST.format("to", "to")}
"""


def arguments(world):
    here = [world.community.slug]
    proposal = [*here, a_proposal(world.commons, author=world.bo).pk]
    return {
        **dict.fromkeys(["topic_series", "rest_series", "proposed_topics", "propose_topic"], here),
        **dict.fromkeys(["vote", "pick_topic"], proposal),
    }
