from .mail_settings import MailSettingsForm

__all__ = [
    "MailSettingsForm",
]
