"""What each role thought of an idea, in words, once its round is closed."""

from collections.abc import Mapping

from django.db import models, transaction

from polls.rounds.models.ideas import Idea
from werkplaats.register.entries import of_the_site


class CommonGroundManager(models.Manager["CommonGround"]):
    def tell(self, words: Mapping[int, str]) -> int:
        """Keeps the words by the key of an idea; empty words are none. Returns of how many they changed."""
        with transaction.atomic():
            there = dict(self.filter(pk__in=words).order_by("pk").select_for_update().values_list("pk", "words"))
            changed = {pk: said for pk, said in words.items() if there.get(pk, "") != said}
            rows = [CommonGround(idea_id=pk, words=said) for pk, said in changed.items() if said]
            self.bulk_create(rows, update_conflicts=True, unique_fields=["idea"], update_fields=["words"])
            self.filter(pk__in=[pk for pk, said in changed.items() if not said]).delete()
        return len(changed)


class CommonGround(models.Model):
    """«ouders bijna alle groen, weinig blauw, weinig rood»: what the result of a round tells, and never a figure."""

    idea = models.OneToOneField(Idea, models.CASCADE, primary_key=True, related_name="common_ground")
    words = models.TextField("in woorden")

    in_register = of_the_site("words")

    objects = CommonGroundManager()

    class Meta:
        verbose_name = "draagvlak van een idee"
        verbose_name_plural = "draagvlak van ideeën"

    def __str__(self) -> str:
        return self.words
