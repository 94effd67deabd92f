"""The board of a sticker round as one person sees it: groups, ideas with their counts, and own stickers."""

import json
from dataclasses import dataclass, field
from functools import cached_property


@dataclass
class ShownGroup:
    id: int
    name: str
    code: str
    members: int
    joined: bool  # by the visitor who looks
    ideas: list["ShownIdea"] = field(default_factory=list)

    @property
    def ranking(self) -> list["ShownIdea"]:
        """Its ideas, most green first, each with its own stickers, joined or not."""
        return sorted(self.ideas, key=lambda idea: idea.order)


@dataclass
class ShownIdea:
    """An idea with its counts. Of a wording, `originals` are the ideas that came together in it.

    The counts are those of the round with those on paper (`polls.rounds.models.paper`); `paper` are these alone.
    """

    id: int
    version: int
    text: str
    group_id: int | None
    joined_into_id: int | None
    hidden: bool
    reason: str
    mine: bool
    green: int
    blue: int
    red: int
    paper: list[int] = field(default_factory=lambda: [0, 0, 0])  # green, blue, red
    common: str = ""  # what each role thought of it, in words; the result shows it
    group: ShownGroup | None = None
    wording: "ShownIdea | None" = None
    originals: list["ShownIdea"] = field(default_factory=list)
    number: int = 0  # its place in the round, from 1
    rank: int = 0  # by green, from 1; ideas with the same counts share it
    share: int = 0  # how many percent of all who placed stickers gave it one

    def __post_init__(self) -> None:
        self._count(self.paper)

    def _count(self, paper: list[int]) -> None:
        green, blue, red = paper
        self.green, self.blue, self.red = self.green + green, self.blue + blue, self.red + red

    def stands_for(self, original: "ShownIdea") -> None:
        """Takes an original in, and what was counted of it on paper: there nobody knows who placed two."""
        original.wording = self
        self.originals.append(original)
        self.paper = [sum(each) for each in zip(self.paper, original.paper, strict=True)]
        self._count(original.paper)

    @property
    def people(self) -> int:
        """How many people gave it a sticker."""
        return self.green + self.blue + self.red

    @property
    def on_paper(self) -> int:
        """How many of its stickers were placed on paper."""
        return sum(self.paper)

    @property
    def is_changeable(self) -> bool:
        """Whether its writer may still say it better while the round takes ideas: `Idea.check_changeable`."""
        return not (self.joined_into_id or self.people)

    @property
    def groups(self) -> list[str]:
        """The names of the groups that put it up."""
        ideas = self.originals or [self]
        return list(dict.fromkeys(idea.group.name for idea in ideas if idea.group))

    @property
    def bars(self) -> list[dict]:
        """For each colour that it has, where its bar begins and how wide it is, in percent of its stickers."""
        bars, start = [], 0.0
        for colour in ("green", "blue", "red"):
            width = 100 * getattr(self, colour) / (self.people or 1)
            if width:
                # As text: the site writes decimals with a comma, SVG does not read them.
                bars.append({"colour": colour, "x": f"{start:.2f}", "width": f"{width:.2f}"})
            start += width
        return bars

    @property
    def order(self) -> tuple:
        """Most green first, then fewest red, then most blue."""
        return (-self.green, self.red, -self.blue)


class Board:
    """`round` is the StickerRound; the rest is what stands in it now."""

    # RECOUNT in polls.rounds.models.ideas does this; all pages tell it with these words.
    how_joined_counts = (
        "Bij een samengevoegd idee telt ieder één keer. Wie op het samengevoegde idee plakte, telt met die sticker. "
        "Wie alleen op de losse ideeën plakte, telt met de gunstigste sticker daarvan: groen, dan blauw, dan rood."
    )
    how_paper_counts = (
        "Stickers op papier zijn met de hand geteld. Daar staat geen naam bij: wie op papier én op een telefoon "
        "plakte, of op twee ideeën die later zijn samengevoegd, telt dubbel."
    )

    def __init__(self, model, row: dict):
        # Not Manager.raw, which looks at every column of every row anew.
        fields = [field.attname for field in model._meta.concrete_fields]
        self.round = model.from_db(None, fields, [row[name] for name in fields])
        self.cycle_slug, self.cycle_subject = row["cycle_slug"], row["cycle_subject"]
        self.groups = [ShownGroup(**group) for group in json.loads(row["group_rows"] or "[]")]
        rows = [ShownIdea(**idea) for idea in json.loads(row["idea_rows"] or "[]")]
        self.hidden = [idea for idea in rows if idea.hidden]
        self.rows = [idea for idea in rows if not idea.hidden]
        by_id: dict[int | None, ShownIdea] = {idea.id: idea for idea in rows}
        groups: dict[int | None, ShownGroup] = {group.id: group for group in self.groups}
        for idea in rows:
            idea.group = groups.get(idea.group_id)
        for idea in self.rows:
            if wording := by_id.get(idea.joined_into_id):
                wording.stands_for(idea)
            if idea.group:
                idea.group.ideas.append(idea)
        self.ideas = self._in_order()  # what people score
        # On paper a person has one sticker an idea, so there were at least as many as placed one on the fullest.
        self.scorers_on_paper = max((idea.on_paper for idea in self.ideas), default=0)
        self.scorers = row["scorer_count"] + self.scorers_on_paper  # how many people placed a sticker that counts
        for idea in rows:
            idea.share = round(100 * idea.people / self.scorers) if self.scorers else 0
        self.mine = Scores(self, own_of(row["own_row"]))

    def _in_order(self) -> list[ShownIdea]:
        """Numbers the ideas that people score, group after group; a wording stands where its first original stood."""
        places = {group.id: place for place, group in enumerate(self.groups)}

        def place(idea):
            return min((places.get(each.group_id, len(places)), each.id) for each in idea.originals or [idea])

        ideas = sorted((idea for idea in self.rows if not idea.joined_into_id), key=place)
        for number, idea in enumerate(ideas, start=1):
            idea.number = number
        return ideas

    @cached_property
    def ranking(self) -> list[ShownIdea]:
        """The ideas by green, each with its rank."""
        return ranked(self.ideas)

    @property
    def table(self) -> list[ShownIdea]:
        """The ranking, with below each joined idea its originals."""
        return [row for idea in self.ranking for row in (idea, *idea.originals)]

    @property
    def newest(self) -> int:
        """The id of the idea that was written last, hidden or not; 0 when there is none."""
        return max((idea.id for idea in (*self.rows, *self.hidden)), default=0)

    @property
    def members(self) -> int:
        return sum(group.members for group in self.groups)

    @property
    def stickers(self) -> int:
        """How many stickers count: one per person and idea, and per person one for ideas that were joined."""
        return sum(idea.people for idea in self.ideas)

    @property
    def on_paper(self) -> int:
        """How many of these were placed on paper."""
        return sum(idea.on_paper for idea in self.ideas)

    @property
    def share(self) -> int | None:
        """How many percent of the people in the room placed stickers.

        None when nobody counted the room, or counted fewer people than placed stickers.
        """
        present = self.round.present
        return round(100 * self.scorers / present) if present and not self.is_fuller else None

    @property
    def is_fuller(self) -> bool:
        """Whether more people placed stickers than were said to be in the room."""
        return bool(self.round.present) and self.scorers > self.round.present

    @property
    def hidden_originals(self) -> list[ShownIdea]:
        """Hidden ideas that a coordinator can put back. Wordings that were taken apart are not among them."""
        return [idea for idea in self.hidden if idea.group_id]

    @property
    def own_group(self) -> ShownGroup | None:
        return next((group for group in self.groups if group.joined), None)

    def idea(self, pk) -> ShownIdea | None:
        """The idea that people can score with this id (a number, or the text of a form)."""
        return next((idea for idea in self.ideas if str(idea.id) == str(pk)), None)

    def group(self, code: str) -> ShownGroup | None:
        return next((group for group in self.groups if group.code == code), None)


def ranked(ideas: list[ShownIdea]) -> list[ShownIdea]:
    """The ideas, most green first; sets the rank of each."""
    in_order = sorted(ideas, key=lambda idea: idea.order)
    for place, idea in enumerate(in_order, start=1):
        before = in_order[place - 2] if place > 1 else None
        idea.rank = before.rank if before and before.order == idea.order else place
    return in_order


def own_of(row: str | None) -> dict[int, int]:
    """The stickers in a row of OWN."""
    return {int(idea): colour for idea, colour in json.loads(row or "{}").items()}


@dataclass(frozen=True)
class Scores:
    """A person's stickers on the ideas of a board."""

    board: "Board"
    own: dict[int, int]
    placed: bool = False  # whether the sticker that was asked for stands
    unknown: bool = False  # whether it was placed, and the owner of the browser never said in which role

    def given(self, idea: "ShownIdea") -> int | None:
        """The colour that counts: the one they gave it, else the best one they gave to its originals."""
        before = [self.own[original.id] for original in idea.originals if original.id in self.own]
        return self.own.get(idea.id) or min(before, default=None)

    def by_originals(self, idea: "ShownIdea") -> bool:
        """Whether only their stickers from before the joining count here."""
        return idea.id not in self.own and self.given(idea) is not None

    @property
    def scored(self) -> list["ShownIdea"]:
        """The ideas that they have given a sticker."""
        return [idea for idea in self.board.ideas if self.given(idea)]

    @property
    def left(self) -> list["ShownIdea"]:
        """The ideas without their sticker."""
        return [idea for idea in self.board.ideas if not self.given(idea)]
