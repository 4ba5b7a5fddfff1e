"""``python -m verite`` and the ``verite`` command."""

import os
import sys


def main() -> int:
    from verite.project.command_line import FAILED, complain, run

    try:
        try:
            return run(sys.argv[1:])
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        # `verite … | head`: on its way out the interpreter must not try to write the rest.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        complain("The answer was not read to its end.")
        return FAILED


if __name__ == "__main__":
    sys.exit(main())
