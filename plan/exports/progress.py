"""How far a file is, told while it is being made."""

from collections.abc import Iterable, Iterator

from plan.models import Export


class Gone(Exception):
    """The file is not wanted any more: something that it holds is gone or changed, or a day went by."""


class Progress:
    """Counts what was written, and tells it every `step` pieces. Raises Gone as soon as nobody waits for the file."""

    def __init__(self, export: Export, total: int, step: int) -> None:
        self.export, self.step, self.done = export, step, 0
        self._tell(total=total)

    def counted[T](self, pieces: Iterable[T]) -> Iterator[T]:
        for piece in pieces:
            yield piece
            self.done += 1
            if self.done % self.step == 0:
                self._tell()

    def _tell(self, **values: int) -> None:
        if not self.export.go_on(done=self.done, **values):
            raise Gone
