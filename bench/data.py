"""What the benchmark shows: the demo's texts, and a question with 200 contributions of four answers each."""

from datetime import timedelta

from django.core.management import call_command
from django.utils import timezone

from events.models import Cafe
from posts.models import Phase, Post, Question
from werkplaats.models import Role, Visitor, Werkgebied

TEXT = (
    "Onze school heeft korte lijnen met de consulent. Als een kind vastloopt, zitten we binnen een week om "
    "de tafel. Dat geeft rust, ook thuis.\n\nWat mij betreft mag dat overal zo: eerst samen kijken, dan pas "
    "een plan."
)
THREADS_A_PAGE = 10  # on the plain page of `views`, with four answers each


def load() -> None:
    """Fills an empty, migrated database."""
    call_command("loaddemo", verbosity=0)
    visitors = Visitor.objects.bulk_create(Visitor() for _ in range(100))
    roles, werkgebieden = list(Role.objects.filter(is_pupil=False)), list(Werkgebied.objects.all())
    question = Question.objects.create(
        slug="bench", title="Bench", text="Wat maakt ons Passend Onderwijs tot een succes?", phase=Phase.objects.first()
    )
    question.make_current()
    start = timezone.now() - timedelta(days=30)

    def post(number: int, **fields) -> Post:
        moment = start + timedelta(minutes=20 * number)
        return Post(
            question=question,
            visitor=visitors[number % 100],
            text=TEXT,
            name="Fatima",
            role=roles[number % len(roles)],
            werkgebied=werkgebieden[number % len(werkgebieden)],
            created_at=moment,
            published_at=moment,
            **fields,
        )

    roots = Post.objects.bulk_create(post(number) for number in range(200))
    Post.objects.bulk_create(post(4 * number + k, parent=root) for number, root in enumerate(roots) for k in range(4))
    begins = timezone.now() + timedelta(days=20)
    for slug, places in [("bench", 30_000), ("vol", 20)]:
        Cafe.objects.create(
            slug=slug,
            starts_at=begins,
            ends_at=begins + timedelta(hours=2),
            text="Bench",
            question="Bench?",
            room="Zaal",
            room_capacity=places,
            online_capacity=places // 2,
        )
