from .post import Post


def may_see_upload(user, upload):
    """Whether `user` may see a picture or a file because of what is said: their own at a place that they may see, and
    what a post shows that they may read. So it goes where its posts go, and is gone with their words."""
    posts = Post.objects.visible_to(user).showing(upload)
    own = type(upload).objects.uploaded_by(user).filter(pk=upload.pk)
    return posts.standing().exists() or own.exists() or posts.hidden_but_for(user).exists()
