"""The clerk of the demonstration: plays the script into the desk, as a person would through the API."""

import asyncio
import logging
from collections.abc import Sequence

from livesession.accounts.accounts import Account
from livesession.demo.script import Step
from livesession.desk.desk import Desk
from livesession.errors import RefusedError

logger = logging.getLogger(__name__)


async def play(desk: Desk, slug: str, clerk: Account, script: Sequence[Step], speed: float) -> int:
    """Post every step at its time divided by ``speed``; returns how many were posted.

    A person may be posting too: a step that the state of the sitting refuses by then is passed over.
    """
    clock = asyncio.get_running_loop().time
    start = clock()
    names: dict[str, str] = {}
    posted = 0
    for number, step in enumerate(script):
        await asyncio.sleep(max(0.0, start + step.seconds / speed - clock()))
        data = dict(step.data)
        if step.corrects is not None:
            data["entry"] = names[step.corrects]
        envelope = {"kind": step.kind, "item": step.item, "data": data}
        try:
            appended = await desk.post(slug, envelope, clerk, key=f"demo-{number}")
        except RefusedError as error:
            logger.warning("step %d (%s) was refused: %s", number, step.kind, error)
            continue
        posted += 1
        if step.label is not None:
            names[step.label] = appended.entry.id
    return posted
