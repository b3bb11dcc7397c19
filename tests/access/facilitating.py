from tests.access.words import GUIDES, GUIDES_POST

TABLE = f"""
announce                GET   {GUIDES}
announce                POST  {GUIDES_POST.format(422)}
"""


def arguments(world):
    return {"announce": [world.community.slug]}
