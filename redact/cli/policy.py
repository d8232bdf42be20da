"""``redact policy``: check, show and compare policies, and what of the policy texts they enforce."""

from typing import Annotated

import typer

from redact.cli.options import BAD_INPUT

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Check, show and compare policies.")

Stack = Annotated[
    list[str], typer.Argument(metavar="NAME...", help="Policies by name or path, as one stack.")
]


@app.command()
def check(
    policies: Annotated[
        list[str] | None, typer.Argument(metavar="NAME...", help="By name or path, as one stack; else all.")
    ] = None,
) -> None:
    """Say what is wrong with policies: rules that never decide, entities without a rule, unchecked citations.

    Exit code 2 if anything is wrong; what is only doubtful is listed.
    """
    from redact.authoring.check import check as problems_of
    from redact.policy import PolicyStack, bundled

    stack = PolicyStack.load(policies or bundled())
    problems = problems_of(stack)
    for problem in problems:
        typer.echo(
            f"{problem.severity}: {problem.policy} {problem.rule}: {problem.message}".replace(" : ", ": ")
        )
    for policy in stack.policies:
        typer.echo(f"{policy.id}: {len(policy.rule)} rules, version {stack.versions[policy.id]}")
    if any(problem.severity == "error" for problem in problems):
        raise typer.Exit(BAD_INPUT)


@app.command()
def show(policies: Stack) -> None:
    """Print the rules of policies in the order in which they are asked."""
    from redact.policy import PolicyStack

    for policy in PolicyStack.load(policies).policies:
        typer.echo(f"{policy.title} ({policy.status}; {policy.source})")
        for rule in policy.rule:
            about = ", ".join(rule.entities) or f"the {rule.applies_to}"
            who = ", ".join(rule.requesters) or "everybody"
            typer.echo(f"  {rule.id} [{rule.clause}] {rule.action.name}: {about}; for {who}. {rule.why}")


@app.command()
def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help="A stack, comma-separated: names or paths.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The stack to compare it with.")],
) -> None:
    """List which decisions change from one stack of policies to another."""
    from redact.authoring.diff import copies, in_words
    from redact.authoring.diff import diff as changes_of
    from redact.policy import PolicyStack

    before, after = (PolicyStack.load(names.split(",")) for names in (old, new))
    changes = changes_of(before, after)
    for line in (*in_words(changes), *copies(before, after)):
        typer.echo(line)
    typer.echo(f"{len(changes)} decisions change")


@app.command()
def coverage() -> None:
    """Print, clause by clause of the policy texts, what is enforced, supported or out of software's reach."""
    from redact.authoring.coverage import as_table
    from redact.authoring.coverage import coverage as clauses

    typer.echo(as_table(clauses()))
