"""Forms that ask what Pasadena AA 2.b and 2.c.iv do not allow them to ask."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redact.authority import LegalBasis, Scope, Verification
from redact.forms import check_form
from redact.policy import PolicyStack

STACK = PolicyStack.load(["pasadena", "pasadena-police"])
TODAY = date(2026, 11, 21)


def topics(text: str, *basis: LegalBasis, name: str = "") -> list[str]:
    return [problem.topic for problem in check_form(text, basis, stack=STACK, on=TODAY, name=name)]


ASKS = [
    # blanks
    ("Citizenship: ____________", "citizenship"),
    ("Citizenship:", "citizenship"),
    ("Immigration status (if any): ......", "citizenship"),
    ("7. Alien Registration Number  __ __ __", "citizenship"),
    ("A-Number: __________", "citizenship"),
    ("Name: ________   Citizenship: ________   Phone: ________", "citizenship"),
    ("| Name | |\n| Citizenship | |\n", "citizenship"),
    ("If you do not have an SSN, enter your alien number: ______", "citizenship"),
    ("Place of birth (city, state, country): ________", "birthplace"),
    ("Country of Birth:", "birthplace"),
    ("Religion: ________", "religion"),
    ("Religious preference (optional): ______", "religion"),
    ("Sexual orientation: ______", "orientation"),
    ("National origin: ______", "origin"),
    ("Nationality ____________", "origin"),
    ("Ethnicity:  [ ] Hispanic  [ ] Not Hispanic", "origin"),
    ("Name\tDate of birth\tCitizenship\tPhone", "citizenship"),
    # boxes
    ("☐ U.S. citizen   ☐ Other", "citizenship"),
    ("[ ] Permanent resident", "citizenship"),
    ("( ) I am a U.S. citizen", "citizenship"),
    ("Status: ☐ naturalized ☐ native born", "citizenship"),
    ("Identify as: ☐ heterosexual ☐ prefer not to say", "orientation"),
    # questions
    ("Are you a citizen of the United States?", "citizenship"),
    ("Are you a U.S. citizen? Yes / No", "citizenship"),
    ("Is the applicant lawfully present in the United States?", "citizenship"),
    ("Are all household members citizens or\npermanent residents?", "citizenship"),
    ("What is your immigration status?", "citizenship"),
    ("Do you have a green card?", "citizenship"),
    ("Where were you born?", "birthplace"),
    ("What is your religion?", "religion"),
    ("What is your sexual orientation?", "orientation"),
    ("What is your country of origin?", "origin"),
    # instructions, to the applicant and to who interviews
    ("Attach proof of citizenship.", "citizenship"),
    ("Please provide evidence of lawful presence in the United States.", "citizenship"),
    ("4. List the visa type of each member of the household.", "citizenship"),
    ("Ask the applicant whether they are a U.S. citizen.", "citizenship"),
    ("Verify immigration status before enrolment.", "citizenship"),
    # Spanish
    ("Ciudadanía: ____________", "citizenship"),
    ("¿Es usted ciudadano de los Estados Unidos?", "citizenship"),
    ("¿Cuál es su estatus migratorio?", "citizenship"),
    ("☐ Residente permanente", "citizenship"),
    ("Escriba su número de extranjero.", "citizenship"),
    ("País de nacimiento: ______", "birthplace"),
    ("¿Dónde nació usted?", "birthplace"),
    ("Religión: ______", "religion"),
    ("¿Cuál es su orientación sexual?", "orientation"),
    ("Origen étnico: ______", "origin"),
]

SAYS = [
    "We do not ask about immigration status.",
    "The City does not ask about citizenship or immigration status on this form.",
    "[ ] I understand that the City will not ask about my immigration status.",
    "You do not need to provide your immigration status: leave it out.",
    "Do not write your citizenship or immigration status on this form.",
    "Services are provided regardless of immigration status.",
    "No City employee shall request information about the citizenship status of any individual.",
    "Your religion, sexual orientation or national origin is not a factor in this decision.",
    "No preguntamos sobre su estatus migratorio.",
    "Los servicios se ofrecen sin importar su estatus migratorio.",
    "No se requiere ser ciudadano.",
    "Do you have questions about immigration status? Call the legal aid office.",
    "Do I need to be a U.S. citizen to apply?",
    "Does my immigration status affect my application?",
    "Why does the City not ask about citizenship?",
    "Citizenship workshops are held every Saturday at the library.",
    "Would you like to learn about our citizenship classes?",
    "Immigration Status:\n\nWe serve everybody who lives in the city, whoever they are.",
    "The City does not discriminate on the basis of race, religion, national origin or sexual orientation.",
    "The senior citizen discount applies on Tuesdays.",
    "Are you a senior citizen?  [ ] Yes  [ ] No",
    "Citizens Police Academy: [ ] spring  [ ] fall",
    "Legal status of business: [ ] corporation  [ ] partnership",
    "Card: [ ] Visa  [ ] Mastercard   Visa number: ______",
    "Write a number: ______",
    "Name: ________\nAddress: ________\nPhone: ________\nSignature: ________",
    "Are you a resident of Pasadena?  [ ] Yes  [ ] No",
    "Date of birth: ____",
    "The Documented Procedures Act applies.",
    "",
]


@pytest.mark.parametrize(("text", "topic"), ASKS)
def test_what_asks(text: str, topic: str) -> None:
    assert topic in topics(text)


@pytest.mark.parametrize("text", SAYS)
def test_what_does_not_ask(text: str) -> None:
    assert topics(text) == []


@pytest.mark.parametrize(
    ("text", "severity", "clause"),
    [
        ("Citizenship: ____", "flag", "Pasadena AA 2.c.iv"),
        ("Place of birth: ____", "flag", "Pasadena Police Procedure 1.A"),
        ("Religion: ____", "warn", "Pasadena AA 2.b"),
        ("Sexual orientation: ____", "warn", "Pasadena AA 2.b"),
        ("National origin: ____", "warn", "Pasadena AA 2.b"),
    ],
)
def test_each_problem_says_where_and_why(text: str, severity: str, clause: str) -> None:
    (problem,) = check_form(f"Form 12\n\n{text}\n", stack=STACK, on=TODAY)
    assert (problem.line, problem.severity) == (3, severity)
    assert clause in problem.clauses
    assert "record the statute" in problem.message


def test_a_whole_form_is_listed_line_by_line() -> None:
    form = """Application for housing assistance

    Name: ____________   Phone: ____________
    Citizenship: ________
    We ask for your birth date to find your record.
    Religion: ________
    Are you a veteran?  [ ] Yes [ ] No
    Place of birth: ________
    """
    assert [(p.line, p.topic) for p in check_form(form, stack=STACK, on=TODAY)] == [
        (4, "citizenship"),
        (6, "religion"),
        (8, "birthplace"),
    ]


# --- A recorded basis ------------------------------------------------------------------------------------

FORM = "Citizenship: ________"
BASIS = LegalBasis(
    "federal_statute",
    citation="42 U.S.C. § 1436a",
    verified=Verification("A. Counsel", "city_attorney", date(2026, 10, 1)),
)


@pytest.mark.parametrize(
    ("basis", "allowed"),
    [
        (BASIS, True),
        (replace(BASIS, kind="state_statute"), True),
        (replace(BASIS, kind="regulation"), True),
        (replace(BASIS, kind="court_decision"), True),
        (replace(BASIS, kind="city_ordinance"), False),
        (replace(BASIS, kind="public_assistance_criteria"), False),
        (replace(BASIS, kind="consent", issuer="The applicant", issued_on=date(2026, 10, 1)), False),
        (replace(BASIS, kind="detainer"), False),
        (replace(BASIS, citation=""), False),
        (replace(BASIS, verified=None), False),
        (replace(BASIS, verified=Verification("B. Clerk", "supervisor", date(2026, 10, 1))), False),
        (replace(BASIS, expires_on=date(2026, 11, 20)), False),
        (replace(BASIS, expires_on=date(2026, 11, 21)), True),
        (replace(BASIS, issued_on=date(2026, 12, 1)), False),
        (replace(BASIS, scope=Scope(entities=("RELIGION",))), False),
        (replace(BASIS, scope=Scope(entities=("IMMIGRATION_STATUS",))), True),
        (replace(BASIS, scope=Scope(documents=("housing-*.docx",))), True),
        (replace(BASIS, scope=Scope(documents=("library-*.docx",))), False),
    ],
)
def test_which_recorded_basis_allows_the_question(basis: LegalBasis, allowed: bool) -> None:
    assert (topics(FORM, basis, name="housing-12.docx") == []) is allowed


def test_a_basis_for_one_topic_allows_no_other() -> None:
    basis = replace(BASIS, scope=Scope(entities=("IMMIGRATION_STATUS",)))
    assert topics(f"{FORM}\nReligion: ____\n", basis) == ["religion"]


@given(st.text(alphabet="abc .?:_\n[]|☐citizenshp", max_size=80))
def test_any_text_is_judged(text: str) -> None:
    for problem in check_form(text, stack=STACK, on=TODAY):
        assert 1 <= problem.line <= text.count("\n") + 1
