"""`python -m bot` is the candor command."""

from bot.cli import main

if __name__ == "__main__":
    main()
