TABLE = """
copy_cohort             GET   in   404 404 200 404 404 404 404 403 200 404
copy_cohort             POST  401  404 404 422 404 404 404 404 403 422 404
"""


def arguments(world):
    return {"copy_cohort": [world.community.slug]}
