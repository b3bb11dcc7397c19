from discussions.models import may_see_upload
from resources.models import Resource


def may_see_file(user, file):
    """Whether `user` may see a file: their own at a place that they may see, and what is shown by something that they
    may see. So a file goes where that goes, and is gone with it. Whatever comes to show files is asked here."""
    return may_see_upload(user, file) or Resource.objects.visible_to(user).showing(file).exists()
