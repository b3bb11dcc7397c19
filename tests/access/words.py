"""Answers that many addresses have in common, for Di, Bo, Fay, Alice, Al, Cy and Ed: see tests/test_access.py."""

MEMBERS = "in   200 200 200 200 404 404"
WRITE = "401  422 422 422 422 404 404"
ANYBODY = "200  200 200 200 200 200 200"
SELF = "in   200 200 200 200 200 200"
AUTHOR = "in   403 200 200 403 404 404"
AUTHOR_POST = "401  403 {} {} 403 404 404"
HOST = "in   404 404 200 404 404 404"
