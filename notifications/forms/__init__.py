from .browser import BrowserForm
from .mail_settings import MailSettingsForm

__all__ = [
    "BrowserForm",
    "MailSettingsForm",
]
