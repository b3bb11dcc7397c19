from discussions.actions import begin_rota
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
rota                    GET   {MEMBERS}
take_seat               POST  401  to  to  to  to  404 404 403 to  404 404
leave_seat              POST  401  403 to  to  403 404 404 403 to  404 404
skip_turn               POST  401  403 to  to  403 404 404 403 to  404 404
swap_turns              POST  401  to  to  to  to  404 404 to  to  404 404
take_turn               POST  401  403 403 to  403 404 404 403 403 404 404
"""


def arguments(world):
    here = [world.community.slug]
    proposal = [*here, a_proposal(world.commons, author=world.bo).pk]
    begin_rota(world.community)
    turn = [*here, world.community.turns.order_by("week")[0].pk]
    return {
        **dict.fromkeys(["topic_series", "rest_series", "proposed_topics", "propose_topic"], here),
        **dict.fromkeys(["rota", "take_seat"], here),
        **dict.fromkeys(["skip_turn", "swap_turns", "take_turn"], turn),
        "leave_seat": [*here, "alice"],
        **dict.fromkeys(["vote", "pick_topic"], proposal),
    }
