from tests.access.words import ANYBODY, SELF

TABLE = f"""
profile_settings        GET   {SELF}
profile_settings        POST  401  422 422 422 422 422 422 422 422 422 422
directory_settings      GET   {SELF}
directory_settings      POST  401  422 422 422 422 422 422 422 422 422 422
blocked                 GET   {SELF}
unblock                 POST  401  404 404 404 404 404 404 404 404 404 404
account_login           GET   200  to  to  to  to  to  to to  to  to  to
account_signup          GET   200  to  to  to  to  to  to to  to  to  to
account_logout          GET   to   200 200 200 200 200 200 200 200 200 200
account_reset_password  GET   {ANYBODY}
account_change_password GET   {SELF}
account_set_password    GET   in   to  to  to  to  to  to to  to  to  to
account_email           GET   {SELF}
account_confirm_login_code GET to   to  to  to  to  to  to to  to  to  to
account_inactive        GET   {ANYBODY}
account_email_verification_sent      GET {ANYBODY}
account_confirm_email                GET {ANYBODY}
account_reset_password_done          GET {ANYBODY}
account_reset_password_from_key      GET {ANYBODY}
account_reset_password_from_key_done GET {ANYBODY}
account_reauthenticate               GET {SELF}
"""


def arguments(world):
    return {
        "unblock": [world.bo.handle],
        "account_confirm_email": ["none"],
        "account_reset_password_from_key": ["1", "none-none"],
    }
