"""Deadlines: by when a request must be answered.

Days are calendar days; the day of receipt is not counted, and a last day that is a holiday rolls on to the
next day that is none (Code Civ. Proc. §§ 12, 12a; Gov. Code § 6800). Holidays are Saturdays, Sundays, the
judicial holidays of Code Civ. Proc. § 135 (so far as Gov. Code § 6700 and § 6701 fix them), and the days on
which the office is closed all day (§ 12b), which a city states as ``closures``. Where the law can be read in
two ways, the earlier day is given: a city that keeps it is never late.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Literal

import holidays

from redact.errors import RequestError
from redact.extension import Extension
from redact.parties import RECORD_SUBJECT
from redact.request import Request

DETERMINATION_DAYS = 10
"""Gov. Code § 7922.535(a)."""
EXTENSION_DAYS = 14
"""Gov. Code § 7922.535(b): the most by which a written notice may extend the time."""
PERSONNEL_DAYS = 30
"""Labor Code § 1198.5(b)(1)."""
PERSONNEL_AGREED_DAYS = 35
"""Labor Code § 1198.5(b)(1): where employee and employer have agreed to it in writing."""
PAYROLL_DAYS = 21
"""Labor Code § 226(c)."""
NEAR_DAYS = 3
"""A deadline this many days away, or fewer, is called near."""

_OBSERVED_ON_MONDAY = frozenset(
    {
        "New Year's Day", "Lincoln's Birthday", "Cesar Chavez Day", "Independence Day", "Veterans Day",
        "Christmas Day",
    }
)  # fmt: skip
"""Gov. Code § 6701: on a Sunday, the Monday after is the holiday."""
_FIXED = _OBSERVED_ON_MONDAY | {
    "Martin Luther King Jr. Day",
    "Presidents' Day",
    "Memorial Day",
    "Juneteenth National Independence Day",
    "Labor Day",
    "Thanksgiving Day",
    "Day After Thanksgiving",
}
"""Judicial holidays by the names that the calendar library gives them."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day by which something must be done, and how it stands."""

    matter: str
    citation: str
    due: date
    standing: Literal["met", "late", "due today", "near", "open"]
    days_left: int
    """From the day asked about to ``due``; negative once it has passed."""

    @property
    def statement(self) -> str:
        """Say it in a sentence for a clerk."""
        day = f"{self.due:%A} {self.due.isoformat()}"
        stand = {
            "met": "met",
            "late": f"LATE by {-self.days_left} day{'s' * (self.days_left != -1)}",
            "due today": "due TODAY",
            "near": f"near: {self.days_left} day{'s' * (self.days_left != 1)} left",
            "open": f"{self.days_left} days left",
        }[self.standing]
        return f"{self.matter}: {day} ({self.citation}); {stand}"


def holiday(day: date, closures: Collection[date] = ()) -> str:
    """Return why nothing falls due on ``day``, or ``""`` if it is a day like any other."""
    if day.weekday() >= 5:
        return "Saturday" if day.weekday() == 5 else "Sunday"
    if day in closures:
        return "the office is closed"
    return _judicial(day.year).get(day, "")


def falls_due(received: date, days: int, closures: Collection[date] = ()) -> date:
    """Return the last day of a period of ``days`` calendar days after ``received``."""
    day = received + timedelta(days=days)
    while holiday(day, closures):
        day += timedelta(days=1)
    return day


def determination_due(received: date, closures: Collection[date] = ()) -> date:
    """By when the determination goes to the requester (Gov. Code § 7922.535(a))."""
    return falls_due(received, DETERMINATION_DAYS, closures)


def latest_extension(received: date, closures: Collection[date] = ()) -> date:
    """The latest day to which a notice may extend the time for the determination.

    Counted from the tenth day itself, not from the day to which that rolled: the earlier reading.
    """
    return falls_due(received, DETERMINATION_DAYS + EXTENSION_DAYS, closures)


def extended_until(received: date, extension: Extension, closures: Collection[date] = ()) -> date:
    """Return the day on which the determination is expected; raises ``RequestError`` where the law does not
    allow the extension, saying why.
    """
    until = extension.until or falls_due(received, DETERMINATION_DAYS + (extension.days or 0), closures)
    due, latest = determination_due(received, closures), latest_extension(received, closures)
    if not extension.reasons:
        raise RequestError(
            "the extension states no reason; name the unusual circumstances (Gov. 7922.535(c))"
        )
    if extension.noticed_on < received:
        raise RequestError("the notice of the extension is dated before the request was received")
    if extension.noticed_on > due:
        raise RequestError(
            f"too late to extend: the notice had to go out by {due}; send the determination now"
        )
    if until > latest:
        raise RequestError(f"an extension may run to {latest} at the latest, 14 days beyond the first 10")
    if until <= due:
        raise RequestError(f"no extension: the determination is not due before {due} anyway")
    return until


def personnel_due(received: date, *, agreed: bool = False, closures: Collection[date] = ()) -> date:
    """By when an employee, current or former, inspects or receives their personnel file (Labor § 1198.5)."""
    return falls_due(received, PERSONNEL_AGREED_DAYS if agreed else PERSONNEL_DAYS, closures)


def payroll_due(received: date, closures: Collection[date] = ()) -> date:
    """By when an employee, current or former, inspects or receives their payroll records (Labor § 226)."""
    return falls_due(received, PAYROLL_DAYS, closures)


def deadlines(request: Request, today: date, *, answered_on: date | None = None) -> tuple[Deadline, ...]:
    """Return the deadlines of a request as they stand on ``today``, the nearest first.

    A request for public records has that of the determination; somebody who asks for their own records, and
    is or was an employee, has those of the Labor Code beside it. Other requests have none. Raises
    ``RequestError`` where the extension is one that the law does not allow.
    """
    found: list[tuple[str, str, date]] = []
    closures, extension = request.closures, request.extension
    if request.purpose.kind == "public_records":
        due = determination_due(request.received, closures)
        citation = "Gov. Code § 7922.535(a)"
        if extension is not None:
            due = extended_until(request.received, extension, closures)
            citation = "Gov. Code § 7922.535(b)"
        found.append(("determination", citation, due))
    if request.requester.category == RECORD_SUBJECT and request.requester.affiliation in (
        "employee",
        "former_employee",
    ):
        personnel, payroll = (
            personnel_due(request.received, closures=closures),
            payroll_due(request.received, closures),
        )
        found.append(("own personnel file", "Labor Code § 1198.5(b)(1)", personnel))
        found.append(("own payroll records", "Labor Code § 226(c)", payroll))
    return tuple(
        _standing(matter, citation, due, today, answered_on)
        for matter, citation, due in sorted(found, key=lambda one: one[2])
    )


def _standing(matter: str, citation: str, due: date, today: date, answered_on: date | None) -> Deadline:
    left = (due - (answered_on or today)).days
    standing: Literal["met", "late", "due today", "near", "open"] = "open"
    if left < 0:
        standing = "late"
    elif answered_on is not None:
        standing = "met"
    elif left == 0:
        standing = "due today"
    elif left <= NEAR_DAYS:
        standing = "near"
    return Deadline(matter, citation, due, standing, left)


@cache
def _judicial(year: int) -> dict[date, str]:
    """The judicial holidays of a year that do not fall on a weekend, by date.

    The library's rule for weekends is that of the federal government; California's differs, so it is ours.
    """
    calendar = holidays.country_holidays("US", subdiv="CA", years=year, observed=False)
    days = [(day, name) for day in calendar for name in calendar.get_list(day) if name in _FIXED]
    # Missing from the library's California: Gov. Code § 6700(a)(5) and, judicial since 2022, (14).
    days.append((date(year, 2, 12), "Lincoln's Birthday"))
    if year >= 2022:
        first = date(year, 9, 1)
        days.append((first + timedelta(days=(4 - first.weekday()) % 7 + 21), "Native American Day"))
    table: dict[date, str] = {}
    for day, name in days:
        if day.weekday() == 6 and name in _OBSERVED_ON_MONDAY:
            table[day + timedelta(days=1)] = f"{name} (observed)"
        elif day.weekday() == 5 and name == "Veterans Day":
            table[day - timedelta(days=1)] = f"{name} (observed)"
        elif day.weekday() < 5:
            table[day] = name
    return table
