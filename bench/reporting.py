"""Tables of figures, to be read in a terminal."""


class Table:
    """Prints its heading at once, then each row: a name, and figures. A float gets one decimal, None a dash."""

    def __init__(self, *headings: str, first: int = 20):
        self.widths = [-first, *(max(9, len(heading) + 2) for heading in headings)]
        self.row("", *headings)

    def row(self, *cells: str | float | None) -> None:
        columns = zip(map(written, cells), self.widths, strict=True)
        line = "".join(f"{cell:>{width}}" if width > 0 else f"{cell:{-width}}" for cell, width in columns)
        print(line.rstrip(), flush=True)


def written(figure: str | float | None) -> str:
    match figure:
        case None:
            return "-"
        case float():
            return f"{figure:,.1f}"
        case int():
            return f"{figure:,}"
        case _:
            return figure
