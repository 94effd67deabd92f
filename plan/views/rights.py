"""Who may open the workbench: staff whom a coordinator gave the right to sort."""

from plan.models import SORT
from werkplaats.backoffice.rights import with_right

for_sorters = with_right(f"plan.{SORT}")
