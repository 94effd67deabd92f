from django.apps import AppConfig


class PostsConfig(AppConfig):
    name = "posts"
    verbose_name = "Denk, praat, doe mee"

    def ready(self):
        # It needs the models, which Django loads only after this module.
        from posts import signals

        signals.connect_signals()
