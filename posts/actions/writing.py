from django.db import transaction
from django.utils import timezone

from posts.actions import answers, moderating
from posts.composing import device
from posts.forms import EditForm, WriteForm
from posts.models.holds import Hold
from posts.models.posts import Post
from posts.screening import strangers
from werkplaats import mail
from werkplaats.people import visitors
from werkplaats.people.models import User
from werkplaats.people.visitors import confirmed_user
from werkplaats.pictures.models import Picture
from werkplaats.web import limits


def change(post: Post, form: EditForm, *, by) -> None:
    """Changes the words, if there is anything to change. Who becomes a pupil has no address and no picture."""
    if not form.changed_data:
        return
    content, picture = form.content(), None
    content.pop("email", None)
    if content["role"].is_pupil:
        content |= {"email": "", "picture": None, "picture_shown_at": None, "held_for": Hold.PUPIL}
        picture = post.picture
    elif form.hints:
        content["held_for"] = Hold.HINT
    elif not by and strangers.has_link(form.words):
        content["held_for"] = Hold.LINKS
    if post.held_for:  # the first reason stays, whatever is changed
        content.pop("held_for", None)
    with transaction.atomic():
        post.edit(**content)
        if picture:
            picture.delete()


class TooMuch(Exception):
    """One visitor writes more than a person does."""


def write(request, form: WriteForm, **place) -> Post:
    """The post, and the mail that asks its writer to confirm. Sent twice, it is the one that is there.

    TooMuch when the visitor wrote many others a moment ago, ValidationError when the picture that was kept is gone;
    then nothing is written.
    """
    data = form.content()
    by = confirmed_user(request)
    visitor = visitors.writing(request)
    if by and visitor.user_id != by.pk:
        visitors.link(request, by)
        visitor = visitors.writing(request)
    address = by.email if by else data.get("email", "")
    hold = hold_for(request, form, by)
    mailable = bool(address) and not by and hold != Hold.HURRIED
    asks = mailable and limits.allows(request, "confirm_post", address)
    data |= {"email": address, "asked_at": timezone.now() if asks else None, "held_for": hold, **place}
    with transaction.atomic():
        post, is_new = Post.objects.write(visitor=visitor, by=by, **data)
        if is_new and strangers.writes_too_much(request):
            raise TooMuch
        give_picture(post, form)
        if is_new and asks:
            mail.later("posts.tasks.send_confirmation", to=address, post_id=post.pk)
        if is_new and post.published_at:
            answers.became_public([post])
    device.note(request, form.cleaned_data)
    return post


def hold_for(request, form: WriteForm, by: User | None) -> str:
    """Why a moderator reads this first, also when its writer is known; empty when there is no such reason."""
    if strangers.looks_hurried(request):
        return Hold.HURRIED
    if form.hints:
        return Hold.HINT
    if by:
        return Hold.RECORD if moderating.has_record(by) else ""
    return Hold.LINKS if strangers.has_link(form.words) else ""


def give_picture(post: Post, form: WriteForm) -> None:
    """Stores the picture that came along. Of a post that has one already, or that was just written, it is the one."""
    if not form.cleaned_data["picture"] or post.picture_id:
        return
    post.picture = Picture.objects.use(form.cleaned_data["picture"], form.cleaned_data["alt"])
    post.save(update_fields=["picture"])
