from tests.access.words import MEMBERS, WRITE

TABLE = f"""
shelf                   GET   {MEMBERS}
shelf                   POST  {WRITE}
"""


def arguments(world):
    return {"shelf": [world.community.slug, world.place.pk]}
