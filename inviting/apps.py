from django.apps import AppConfig


class InvitingConfig(AppConfig):
    name = "inviting"
    verbose_name = "Uitnodigen"

    def ready(self):
        from inviting.models import Consulent  # noqa: PLC0415  models are read after the apps
        from werkplaats.mutes.models import ONLY, Kind  # noqa: PLC0415

        ONLY[Kind.MONDAYS] = lambda user: Consulent.objects.filter(user=user).exists()
