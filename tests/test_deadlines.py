"""Deadlines of Gov. Code 7922.535 and Labor Code 1198.5 and 226, by Code Civ. Proc. 12 ff."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redact.deadlines import (
    deadlines,
    determination_due,
    extended_until,
    falls_due,
    holiday,
    latest_extension,
    payroll_due,
    personnel_due,
)
from redact.errors import RequestError
from redact.extension import Circumstance, Extension
from redact.parties import Requester
from redact.purpose import Purpose
from redact.request import Request

D, P = date, pytest.param
days = st.dates(date(2015, 1, 1), date(2060, 12, 31))

# received, determination due, latest extension
CALENDAR = [
    P(D(2026, 11, 2), D(2026, 11, 12), D(2026, 11, 30), id="24th day after Thanksgiving: Monday"),
    P(D(2026, 11, 21), D(2026, 12, 1), D(2026, 12, 15), id="received on a Saturday: it is not counted"),
    P(D(2026, 11, 4), D(2026, 11, 16), D(2026, 11, 30), id="10th day a Saturday, 24th a Saturday"),
    P(D(2026, 11, 1), D(2026, 11, 12), D(2026, 11, 25), id="10th day Veterans Day"),
    P(D(2026, 11, 16), D(2026, 11, 30), D(2026, 12, 10), id="Thanksgiving, the day after, a weekend"),
    P(D(2026, 11, 17), D(2026, 11, 30), D(2026, 12, 11), id="the day after Thanksgiving, a weekend"),
    P(D(2025, 12, 22), D(2026, 1, 2), D(2026, 1, 15), id="year end: New Year's Day"),
    P(D(2026, 12, 15), D(2026, 12, 28), D(2027, 1, 8), id="Christmas on a Friday, over the year end"),
    P(D(2022, 12, 16), D(2022, 12, 27), D(2023, 1, 9), id="Christmas on a Sunday: Monday; 24th a Monday"),
    P(D(2023, 12, 8), D(2023, 12, 18), D(2024, 1, 2), id="24th day New Year's Day"),
    P(D(2028, 2, 18), D(2028, 2, 28), D(2028, 3, 13), id="leap year: 24 days from 18 February"),
    P(D(2028, 2, 19), D(2028, 2, 29), D(2028, 3, 14), id="leap day itself"),
    P(D(2027, 2, 19), D(2027, 3, 1), D(2027, 3, 15), id="no leap day"),
    P(D(2000, 2, 19), D(2000, 2, 29), D(2000, 3, 14), id="a century that is a leap year"),
    P(D(2026, 3, 21), D(2026, 4, 1), D(2026, 4, 14), id="Cesar Chavez Day"),
    P(D(2026, 2, 2), D(2026, 2, 13), D(2026, 2, 26), id="Lincoln's Birthday"),
    P(D(2026, 9, 15), D(2026, 9, 28), D(2026, 10, 9), id="Native American Day on a Friday"),
    P(D(2026, 10, 2), D(2026, 10, 12), D(2026, 10, 26), id="Columbus Day is no judicial holiday"),
    P(D(2026, 8, 30), D(2026, 9, 9), D(2026, 9, 23), id="Admission Day is no judicial holiday"),
    P(D(2026, 6, 23), D(2026, 7, 3), D(2026, 7, 17), id="4 July on a Saturday: the Friday before counts"),
    P(D(2027, 6, 25), D(2027, 7, 6), D(2027, 7, 19), id="4 July on a Sunday: Monday is the holiday"),
    P(D(2028, 10, 31), D(2028, 11, 13), D(2028, 11, 27), id="Veterans Day on a Saturday: Friday"),
]  # fmt: skip


@pytest.mark.parametrize(("received", "due", "extended"), CALENDAR)
def test_the_determination_and_its_extension(received: date, due: date, extended: date) -> None:
    assert determination_due(received) == due
    assert latest_extension(received) == extended


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (D(2026, 1, 1), "New Year's Day"),
        (D(2026, 1, 19), "Martin Luther King Jr. Day"),
        (D(2026, 2, 12), "Lincoln's Birthday"),
        (D(2026, 2, 16), "Presidents' Day"),
        (D(2027, 2, 15), "Presidents' Day"),
        (D(2026, 3, 31), "Cesar Chavez Day"),
        (D(2026, 5, 25), "Memorial Day"),
        (D(2026, 6, 19), "Juneteenth National Independence Day"),
        (D(2025, 7, 4), "Independence Day"),
        (D(2027, 7, 5), "Independence Day (observed)"),
        (D(2026, 9, 7), "Labor Day"),
        (D(2026, 9, 25), "Native American Day"),
        (D(2026, 11, 11), "Veterans Day"),
        (D(2026, 11, 26), "Thanksgiving Day"),
        (D(2026, 11, 27), "Day After Thanksgiving"),
        (D(2026, 12, 25), "Christmas Day"),
        (D(2026, 11, 21), "Saturday"),
        (D(2026, 11, 22), "Sunday"),
        (D(2021, 9, 24), ""),  # Native American Day, judicial only from 2022
        (D(2024, 2, 15), ""),  # Susan B. Anthony Day: not in Gov. Code § 6700
        (D(2026, 4, 24), ""),  # Genocide Remembrance Day: excepted by Code Civ. Proc. § 135
        (D(2027, 10, 29), ""),  # Diwali: excepted
        (D(2027, 6, 18), ""),  # Juneteenth on a Saturday moves nothing
        (D(2026, 11, 20), ""),
    ],
)
def test_which_days_are_holidays(day: date, name: str) -> None:
    assert holiday(day) == name


@pytest.mark.parametrize("year", range(2015, 2061))
def test_every_fixed_holiday_is_known_in_every_year(year: int) -> None:
    weekdays = (D(year, 1, 1) + timedelta(days=n) for n in range(365))
    names = {holiday(day).removesuffix(" (observed)") for day in weekdays} - {"", "Saturday", "Sunday"}
    expected = {"Martin Luther King Jr. Day", "Presidents' Day", "Memorial Day", "Labor Day", "Veterans Day"}
    expected |= {"Thanksgiving Day", "Day After Thanksgiving"}
    assert expected <= names


def test_a_day_on_which_the_office_is_closed_counts_as_a_holiday() -> None:
    furlough = {D(2026, 12, 4), D(2026, 12, 7)}
    assert determination_due(D(2026, 11, 24)) == D(2026, 12, 4)
    assert determination_due(D(2026, 11, 24), furlough) == D(2026, 12, 8)


@pytest.mark.parametrize(
    ("received", "personnel", "agreed", "payroll"),
    [
        (D(2026, 11, 2), D(2026, 12, 2), D(2026, 12, 7), D(2026, 11, 23)),
        (
            D(2028, 1, 31),
            D(2028, 3, 1),
            D(2028, 3, 6),
            D(2028, 2, 22),
        ),  # 21st day Presidents' Day; a leap day
        (D(2027, 1, 31), D(2027, 3, 2), D(2027, 3, 8), D(2027, 2, 22)),  # 35th day a Sunday, 21st a Sunday
        (D(2026, 12, 2), D(2027, 1, 4), D(2027, 1, 6), D(2026, 12, 23)),  # 30th day New Year's Day, a Friday
    ],
)
def test_an_employees_own_records(received: date, personnel: date, agreed: date, payroll: date) -> None:
    assert personnel_due(received) == personnel
    assert personnel_due(received, agreed=True) == agreed
    assert payroll_due(received) == payroll


@given(days, st.integers(0, 40), st.sets(days, max_size=5))
def test_a_period_ends_on_the_first_day_of_work_on_or_after_its_last_day(
    received: date, length: int, closures: set[date]
) -> None:
    due, last = falls_due(received, length, closures), received + timedelta(days=length)
    assert due >= last
    assert not holiday(due, closures)
    assert all(holiday(last + timedelta(days=n), closures) for n in range((due - last).days))
    assert (due - last).days <= 4 + len(closures)


@given(days)
def test_an_extension_never_exceeds_14_days_beyond_the_time_limit_and_its_roll(received: date) -> None:
    first, latest = determination_due(received), latest_extension(received)
    assert first < latest <= falls_due(first, 14)


# --- Extensions ------------------------------------------------------------------------------------------

REASON: tuple[Circumstance, ...] = ("voluminous",)
RECEIVED = D(2026, 11, 2)


@pytest.mark.parametrize(
    ("extension", "refusal"),
    [
        (Extension(REASON, D(2026, 11, 12), D(2026, 11, 30)), None),
        (Extension(REASON, D(2026, 11, 3), D(2026, 11, 13)), None),
        (Extension(REASON, D(2026, 11, 12), D(2026, 12, 1)), "at the latest"),
        (Extension((), D(2026, 11, 12), D(2026, 11, 30)), "states no reason"),
        (Extension(REASON, D(2026, 11, 13), D(2026, 11, 30)), "too late to extend"),
        (Extension(REASON, D(2026, 11, 1), D(2026, 11, 30)), "before the request was received"),
        (Extension(REASON, D(2026, 11, 10), D(2026, 11, 12)), "no extension"),
    ],
)
def test_which_extensions_the_law_allows(extension: Extension, refusal: str | None) -> None:
    if refusal is None:
        assert extended_until(RECEIVED, extension) == extension.until
    else:
        with pytest.raises(RequestError, match=refusal):
            extended_until(RECEIVED, extension)


@pytest.mark.parametrize(
    ("days", "closures", "until"),
    [(14, (), D(2026, 11, 30)), (7, (), D(2026, 11, 19)), (14, (D(2026, 11, 30),), D(2026, 12, 1))],
)
def test_days_run_on_from_the_tenth_and_roll(days: int, closures: tuple[date, ...], until: date) -> None:
    extension = Extension(REASON, D(2026, 11, 12), days=days)
    assert extended_until(RECEIVED, extension, closures) == until


# --- How a request stands --------------------------------------------------------------------------------

PUBLIC = Request(
    id="R", received=RECEIVED, decided_on=RECEIVED, requester=Requester(category="general_public")
)


@pytest.mark.parametrize(
    ("today", "standing", "said"),
    [
        (D(2026, 11, 2), "open", "10 days left"),
        (D(2026, 11, 8), "open", "4 days left"),
        (D(2026, 11, 9), "near", "near: 3 days left"),
        (D(2026, 11, 11), "near", "near: 1 day left"),
        (D(2026, 11, 12), "due today", "due TODAY"),
        (D(2026, 11, 13), "late", "LATE by 1 day"),
        (D(2026, 11, 20), "late", "LATE by 8 days"),
    ],
)
def test_a_request_that_is_near_due_or_late_says_so(today: date, standing: str, said: str) -> None:
    (deadline,) = deadlines(PUBLIC, today)
    assert deadline.standing == standing
    assert deadline.statement.endswith(said)
    assert "Thursday 2026-11-12" in deadline.statement and "7922.535(a)" in deadline.statement


def test_an_answer_settles_it() -> None:
    assert deadlines(PUBLIC, D(2027, 1, 1), answered_on=D(2026, 11, 12))[0].standing == "met"
    assert deadlines(PUBLIC, D(2027, 1, 1), answered_on=D(2026, 11, 13))[0].standing == "late"


def test_an_extension_moves_the_determination() -> None:
    extension = Extension(REASON, D(2026, 11, 10), D(2026, 11, 25))
    (deadline,) = deadlines(replace(PUBLIC, extension=extension), D(2026, 11, 13))
    assert (deadline.due, deadline.standing) == (D(2026, 11, 25), "open")
    assert deadline.citation == "Gov. Code § 7922.535(b)"


@pytest.mark.parametrize(
    ("requester", "purpose", "matters"),
    [
        (Requester(category="general_public"), "public_records", ["determination"]),
        (Requester(category="federal_immigration_authority"), "immigration_enforcement", []),
        (Requester(category="city_employee", affiliation="employee"), "official_business", []),
        (
            Requester(category="record_subject", affiliation="former_employee", identity_verified=True),
            "public_records",
            ["determination", "own payroll records", "own personnel file"],
        ),
        (Requester(category="record_subject", affiliation="resident"), "public_records", ["determination"]),
        (
            Requester(category="record_subject", affiliation="employee"),
            "other",
            ["own payroll records", "own personnel file"],
        ),
    ],
)
def test_which_deadlines_a_request_has(requester: Requester, purpose: str, matters: list[str]) -> None:
    request = Request(
        id="R",
        received=RECEIVED,
        decided_on=RECEIVED,
        requester=requester,
        purpose=Purpose(purpose),  # type: ignore[arg-type]
    )
    assert [deadline.matter for deadline in deadlines(request, RECEIVED)] == matters
