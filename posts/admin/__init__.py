"""The conversation in the admin: moderating contributions, questions with their yield, reports."""

from posts.admin.posts import PostAdmin
from posts.admin.questions import PhaseAdmin, QuestionAdmin, ThemeAdmin
from posts.admin.reports import ReportAdmin

__all__ = ["PhaseAdmin", "PostAdmin", "QuestionAdmin", "ReportAdmin", "ThemeAdmin"]
