"""``python -m verite`` and the ``verite`` command."""

import sys


def main() -> int:
    from verite.project.command_line import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
