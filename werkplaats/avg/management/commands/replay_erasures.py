"""manage.py replay_erasures: after a back-up was put back."""

from typing import Any

from django.core.management.base import BaseCommand

from werkplaats.avg.replaying import replay
from werkplaats.privacy.erased import What
from werkplaats.words import number

WORDS = {
    What.PERSON: "persoon,personen",
    What.POST: "bijdrage,bijdragen",
    What.WENSBEELD: "wensbeeld,wensbeelden",
    What.IDEA: "idee,ideeën",
}


class Command(BaseCommand):
    help = "Wist opnieuw wat gewist was voordat een back-up werd teruggezet. Vaker doen kan geen kwaad."

    def handle(self, *args: Any, **options: Any) -> None:
        counts = replay()
        told = ", ".join(number(counts[what], words) for what, words in WORDS.items() if counts[what])
        self.stdout.write(f"Opnieuw gewist: {told or 'niets'}.")
