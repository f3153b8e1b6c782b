"""What Mastodon makes of a text it takes, undone as far as its HTML allows: pure."""

import html
import re

from livesession.relay.channels.alike import squeezed
from livesession.relay.channels.mastodon_length import MENTION


def plain(content: str) -> str:
    """A status's HTML as the text a follower reads."""
    broken = re.sub(r"<br\s*/?>", "\n", re.sub(r"</p>\s*<p>", "\n\n", content))
    return html.unescape(re.sub(r"<[^>]+>", "", broken))


def shows(content: str, text: str) -> bool:
    """Whether a status shows ``text``. Of a mention it does not say the server, so that this counts for nothing."""
    one, other = (squeezed(MENTION.sub(r"@\1", words)) for words in (plain(content), text))
    return one == other
