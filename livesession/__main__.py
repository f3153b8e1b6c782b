"""``python -m livesession`` is the command ``livesession``."""

from livesession.cli.main import main

raise SystemExit(main())
