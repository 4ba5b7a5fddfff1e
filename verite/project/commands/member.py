"""``verite member``."""

from __future__ import annotations

import argparse
from itertools import count

HELP = (
    "Add a member, moderator or curator, or change what a member is,"
    " and print an address at which they sign in once, within three days."
)
EXAMPLES = (
    "verite member add ana@films.example",
    "verite member add --role curator --name Ana ana@films.example",
)

ROLES = ("member", "moderator", "curator")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("verb", choices=("add",), metavar="add", help="the one thing it does so far")
    parser.add_argument("email", metavar="EMAIL", help="their address; it is shown to nobody")
    parser.add_argument("--role", choices=ROLES, default="member", help="what they are (default: member)")
    parser.add_argument(
        "--name", default="", help="how others see a new member (default: the role, with a number if need be)"
    )


def run(args: argparse.Namespace) -> int:
    from verite.project import data_folder
    from verite.project.command_line import Refused

    data_folder.start()
    data_folder.prepare_database()
    from django.conf import settings
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email

    from verite.accounts import actions, one_time, queries
    from verite.accounts.actors import Role
    from verite.accounts.names import NameRefused
    from verite.core import clock

    try:
        validate_email(args.email)
    except ValidationError:
        raise Refused(f"{args.email!r} is no e-mail address. Write it as name@place.example.") from None
    role = Role(args.role)
    member = queries.member_with(args.email)
    if member is None:
        try:
            member = actions.add_member(
                name=args.name or _free_name(args.role),
                email=args.email,
                role=role,
                password=None,
                is_proved=True,
                now=clock.now(),
            )
        except NameRefused as error:
            raise Refused(f"{error} Name them with --name.") from error
    elif member.role != role:
        actions.set_role(member.pk, role)
    origin = settings.VERITE.site_url or "http://localhost:8000"
    print(f"{args.email} ({role}) signs in once, within three days, at")
    print(f"  {origin}/accounts/once/{one_time.token_for(member)}/")
    return 0


def _free_name(role: str) -> str:
    from verite.accounts.queries import is_taken

    name = role.capitalize()
    for number in count(2):
        if not is_taken(name):
            break
        name = f"{role.capitalize()} {number}"
    return name
