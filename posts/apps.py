from django.apps import AppConfig


class PostsConfig(AppConfig):
    name = "posts"
    verbose_name = "Denk, praat, doe mee"

    def ready(self):
        from posts import signals

        signals.connect_signals()
