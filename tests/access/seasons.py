from tests.access.words import HOST

TABLE = f"""
season                  GET   {HOST}
set_end                 POST  401  404 404 to  404 404 404 404 to  to  404
turn_season             POST  401  404 404 422 404 404 404 404 422 422 404
undo_turn               POST  401  404 404 to  404 404 404 404 to  to  404
"""


def arguments(world):
    return {name: [world.community.slug] for name in ["season", "set_end", "turn_season", "undo_turn"]}
