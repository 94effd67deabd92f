"""What the terms do to the conversation; `werkplaats.avg` runs them."""

from django.db.models import QuerySet

from posts.actions import ending
from posts.models import Post, Report, Thumb
from werkplaats.moderation.child import over
from werkplaats.privacy.running import At, Work, Works
from werkplaats.register.entries import Term


def named(at: At) -> QuerySet[Post]:
    return Post.objects.filter(at.names_go, unnamed_at=None, erased_at=None)


def addressed(at: At) -> QuerySet[Post]:
    return Post.objects.filter(at.names_go).exclude(email="")


def never_public(at: At) -> QuerySet[Post]:
    return Post.objects.filter(published_at=None, erased_at=None, child_at=None, created_at__lte=at.cut)


def answered(at: At) -> QuerySet[Post]:
    """Of these the place stays."""
    return never_public(at).filter(answers__isnull=False).distinct()


def about_child(at: At) -> QuerySet[Post]:
    return Post.objects.filter(over(at.now, (at.now - at.cut).days), erased_at=None)


def written(at: At) -> QuerySet[Post]:
    posts = Post.objects.filter(erased_at=None, created_at__lt=at.ended)
    return posts if at.is_over else posts.none()


def reported(at: At) -> QuerySet[Report]:
    """What a moderator looked at so long ago."""
    return Report.objects.filter(handled_at__lte=at.cut)


WORKS: Works = {
    Term.NAMES: [
        Work("adres,adressen", addressed, lambda pks, at: ending.forget_addresses(pks)),
        Work("naam,namen", named, lambda pks, at: ending.forget_names(pks)),
    ],
    Term.VOTES: [
        Work(
            "duimpje,duimpjes",
            lambda at: Thumb.objects.of_closed(at.cut),
            lambda pks, at: Thumb.objects.unlink(pks, at.cut),
        )
    ],
    Term.UNPUBLISHED: [
        Work(
            "bijdrage die nooit online kwam,bijdragen die nooit online kwamen",
            lambda at: never_public(at).filter(answers=None),
            lambda pks, at: ending.delete(pks),
        ),
        Work(
            "bijdrage met antwoorden die nooit online kwam,bijdragen met antwoorden die nooit online kwamen",
            answered,
            lambda pks, at: ending.erase(pks, answered(at)),
        ),
    ],
    Term.CHILD: [
        Work(
            "verhaal over één kind,verhalen over één kind",
            about_child,
            lambda pks, at: ending.erase(pks, about_child(at)),
        )
    ],
    Term.WORDS: [Work("bijdrage,bijdragen", written, lambda pks, at: ending.erase(pks, written(at)))],
    Term.VISITORS: [
        Work(
            "melding,meldingen",
            reported,
            lambda pks, at: Report.objects.filter(pk__in=pks, handled_at__isnull=False).delete()[0],
        )
    ],
}
