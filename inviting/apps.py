from django.apps import AppConfig


class InvitingConfig(AppConfig):
    name = "inviting"
    verbose_name = "Uitnodigen"

    def ready(self):
        from inviting import calling
        from inviting.models import Consulent
        from plan import missed
        from werkplaats.mutes.models import ONLY, Kind

        ONLY[Kind.MONDAYS] = lambda user: Consulent.objects.filter(user=user).exists()
        missed.BESIDE.append(calling.beside)
