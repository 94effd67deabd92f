"""The models of the workbench: an index."""

from plan.models.acts import Act, Verb
from plan.models.bodies import Body, BodyMeeting
from plan.models.chain import Does, Plan, PlanStep
from plan.models.choices import Choice
from plan.models.destinations import Destination
from plan.models.exports import Export, ExportPart, LeavesNoFile
from plan.models.fragments import KINDS, Fragment
from plan.models.grounds import Ground, Telling, WordingGround
from plan.models.harvests import SORT, Harvest
from plan.models.likeness import Compared, Comparison, Likeness
from plan.models.listening import IdeaVoice, PollVoice, PostVoice, TopicOfCafe, WensbeeldVoice, WhereARoundBelongs
from plan.models.notes import Note, Notes, OnBehalf
from plan.models.photos import NotesPhoto, Typist
from plan.models.presence import Presence
from plan.models.publications import Heard, HeardVoice, Publication
from plan.models.reacting import WordingThumb
from plan.models.references import Footnote, Source
from plan.models.sentences import Chapter, Origin, Sentence, Wording
from plan.models.stacks import KEYS, Stack
from plan.models.told import Answer, OutcomesSeen, Told, ToldVoice

__all__ = [
    "KEYS",
    "KINDS",
    "SORT",
    "Act",
    "Answer",
    "Body",
    "BodyMeeting",
    "Chapter",
    "Choice",
    "Compared",
    "Comparison",
    "Destination",
    "Does",
    "Export",
    "ExportPart",
    "Footnote",
    "Fragment",
    "Ground",
    "Harvest",
    "Heard",
    "HeardVoice",
    "IdeaVoice",
    "LeavesNoFile",
    "Likeness",
    "Note",
    "Notes",
    "NotesPhoto",
    "OnBehalf",
    "Origin",
    "OutcomesSeen",
    "Plan",
    "PlanStep",
    "PollVoice",
    "PostVoice",
    "Presence",
    "Publication",
    "Sentence",
    "Source",
    "Stack",
    "Telling",
    "Told",
    "ToldVoice",
    "TopicOfCafe",
    "Typist",
    "Verb",
    "WensbeeldVoice",
    "WhereARoundBelongs",
    "Wording",
    "WordingGround",
    "WordingThumb",
]
