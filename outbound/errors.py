"""Why nothing was fetched. What is said here is for logs; a person hears the same of all of them."""


class OutboundError(Exception):
    """Nothing was fetched."""


class NotAllowed(OutboundError):
    """An address that is never contacted: not public, ours, or not written as web addresses are. Nobody was asked."""


class NoAnswer(OutboundError):
    """There is no such host, it can't be reached, or what it says is no HTTP."""


class TooSlow(NoAnswer):
    """The time was over."""


class TooManyRedirects(OutboundError):
    """It leads on and on."""


class Unreadable(OutboundError):
    """The answer is packed in a way that we don't unpack, or is broken."""


class TooLarge(OutboundError):
    """No more is read."""
