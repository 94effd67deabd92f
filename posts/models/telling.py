"""What pages tell of a post besides its words."""

from typing import TYPE_CHECKING, Any

from posts.models.holds import A_PUPIL, WITHOUT_PLACE, Removal
from posts.models.renderings import Rendered

if TYPE_CHECKING:
    from werkplaats.models import Role, User, Werkgebied


def says_role(name: str, role: str, is_pupil: bool) -> bool:
    """Whether the name says the role: of a pupil, and once the name is gone."""
    return name == role or is_pupil and name == A_PUPIL


class Telling(Rendered):
    name: str
    role: "Role | None"
    werkgebied: "Werkgebied | None"
    author: "User | None"
    picture_id: int | None
    picture_shown_at: Any
    removal: str

    class Meta:
        abstract = True

    @property
    def shown_role(self) -> str:
        """What stands beside the name; nothing where the name says it already, or where none was given."""
        return self.role.name if self.role and not says_role(self.name, self.role.name, self.role.is_pupil) else ""

    @property
    def shown_place(self) -> str:
        """The werkgebied, for who need not decide by it; nothing of who left out their name, and of pupils."""
        return self.werkgebied.name if self.werkgebied and self.name not in WITHOUT_PLACE else ""

    @property
    def picture_waits(self) -> bool:
        """Whether it has a picture that a moderator has to look at."""
        shown_or_gone = self.picture_shown_at or (self.removed_at and self.removal != Removal.HELD)
        return bool(self.picture_id and not shown_or_gone)

    @property
    def proven_address(self) -> str:
        """The address of the writer, if they proved that the post is theirs. It may have changed since."""
        return self.author.email if self.author else ""
