"""The candor command, also as `python -m bot`."""

import gc


def main() -> None:
    """Run the command line, imported without a look at what lives as long as the process.

    The collector goes through all of it again and again otherwise: a sixth of a start.
    """
    gc.disable()
    try:
        from bot import cli
    finally:
        gc.freeze()
        gc.enable()
    cli.main()


if __name__ == "__main__":
    main()
