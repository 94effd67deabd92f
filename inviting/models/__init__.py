from inviting.models.calls import Call, CallState, What
from inviting.models.consulenten import Consulent
from inviting.models.mondays import FreePeriod, Monday, MondayMail

__all__ = ["Call", "CallState", "Consulent", "FreePeriod", "Monday", "MondayMail", "What"]
