"""Policy authoring: what is wrong with policies, what a change of them changes, which clauses they cover."""

from redact.authoring.check import Problem, check
from redact.authoring.coverage import Clause, as_table, coverage
from redact.authoring.diff import Change, diff, in_words

__all__ = ["Change", "Clause", "Problem", "as_table", "check", "coverage", "diff", "in_words"]
