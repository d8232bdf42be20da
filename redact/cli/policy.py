"""``redact policy``: check and show policies."""

from typing import Annotated

import typer

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Check and show policies.")

Names = Annotated[list[str] | None, typer.Argument(metavar="NAME...", help="By name or path; all if none.")]


@app.command()
def check(policies: Names = None) -> None:
    """Load policies and say what is wrong with them."""
    from redact.policy import PolicyStack, bundled

    for name in policies or bundled():
        stack = PolicyStack.load([name])
        rules = sum(len(policy.rule) for policy in stack.policies)
        typer.echo(f"{name}: {rules} rules, version {stack.versions[stack.policies[-1].id]}")


@app.command()
def show(policies: Annotated[list[str], typer.Argument(metavar="NAME...", help="By name or path.")]) -> None:
    """Print the rules of policies in the order in which they are asked."""
    from redact.policy import PolicyStack

    for policy in PolicyStack.load(policies).policies:
        typer.echo(f"{policy.title} ({policy.status}; {policy.source})")
        for rule in policy.rule:
            about = ", ".join(rule.entities) or f"the {rule.applies_to}"
            who = ", ".join(rule.requesters) or "everybody"
            typer.echo(f"  {rule.id} [{rule.clause}] {rule.action.name}: {about}; for {who}. {rule.why}")
