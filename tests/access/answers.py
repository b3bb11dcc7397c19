TABLE = """
mail_answer             POST  404  404 404 404 404 404 404 404 404 404 404
"""


def arguments(world):
    return {"mail_answer": ["postmark"]}
