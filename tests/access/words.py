"""Answers that many addresses have in common, for Di, Bo, Fay, Alice, Al, Cy, Ed, Gus, Hal, Ada and Ava: see
tests/test_access.py. AUTHOR and AUTHOR_POST are of a course's text, GUIDES and
GUIDES_POST of what the guides of a community do.
"""

MEMBERS = "in   200 200 200 200 404 404 200 200 404 404"
WRITE = "401  422 422 422 422 404 404 422 422 404 404"
ANYBODY = "200  200 200 200 200 200 200 200 200 200 200"
SELF = "in   200 200 200 200 200 200 200 200 200 200"
READERS = "in   200 200 200 200 404 404 200 200 200 200"
AUTHOR = "in   403 200 200 403 404 404 403 200 200 200"
AUTHOR_POST = "401  403 {0} {0} 403 404 404 403 {0} {0} {0}"
HOST = "in   404 404 200 404 404 404 404 200 200 404"
GUIDES = "in   403 200 200 403 404 404 403 200 404 404"
GUIDES_POST = "401  403 {0} {0} 403 404 404 403 {0} 404 404"
