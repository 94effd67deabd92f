from django.apps import AppConfig
from django.db.models.signals import post_save, pre_save


class LiveConfig(AppConfig):
    name = "live"
    verbose_name = "De zaal"

    def ready(self):
        # Models, which Django loads only after this module.
        from events import around as cafes
        from events.models import Cafe
        from live import around

        cafes.ROOMS.append(around)
        pre_save.connect(around.moves, sender=Cafe, dispatch_uid="live.around.before")
        post_save.connect(around.moved, sender=Cafe, dispatch_uid="live.around")
