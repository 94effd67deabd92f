from django.apps import AppConfig


class LiveConfig(AppConfig):
    name = "live"
    verbose_name = "De zaal"

    def ready(self):
        # Models, which Django loads only after this module.
        from events import around as cafes
        from live import around

        cafes.ROOMS.append(around)
