from tests.access.words import ANYBODY

TABLE = f"""
fresh_token             GET   {ANYBODY}
offline                 GET   {ANYBODY}
service_worker          GET   {ANYBODY}
live                    GET   {ANYBODY}
door                    GET   {ANYBODY}
serving                 GET   {ANYBODY}
ready                   GET   503  503 503 503 503 503 503 503 503 503 503
mail_list               GET   {ANYBODY}
mail_message            GET   404  404 404 404 404 404 404 404 404 404 404
favicon                 GET   to   to  to  to  to  to  to to  to  to  to
"""


def arguments(world):
    return {"mail_message": ["none.eml"]}
