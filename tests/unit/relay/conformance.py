"""The official cases of twitter-text, read from the reference beside this checkout."""

from pathlib import Path
from typing import Any

import pytest
import yaml

NETWORKS = Path(__file__).parents[4] / "shared" / "reference" / "networks"


def cases(file: str, suite: str) -> list[Any]:
    """The cases of one suite as parameters, or one skipped parameter where the reference is not there."""
    source = NETWORKS / file
    if not source.is_file():
        return [pytest.param(None, marks=pytest.mark.skip(reason="shared/reference is not beside this checkout"))]
    # The C twin of the safe loader: these files are read by every worker at collection.
    read = yaml.load(source.read_text("utf-8"), Loader=yaml.CSafeLoader)  # as safe as safe_load
    listed = read["tests"][suite]
    return [pytest.param(case, id=f"{number}: {case['description'][:50]}") for number, case in enumerate(listed)]
