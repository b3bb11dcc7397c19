from .post import Post


def may_see_image(user, image):
    """Whether `user` may see a picture: their own at a place that they may see, and what a post shows that they may
    read. So a picture goes where its posts go, and is gone with their words."""
    posts = Post.objects.visible_to(user).showing(image)
    own = type(image).objects.uploaded_by(user).filter(pk=image.pk)
    return posts.standing().exists() or own.exists() or posts.hidden_but_for(user).exists()
