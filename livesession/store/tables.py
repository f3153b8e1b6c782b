"""Every table, once. The migrations build what stands here (a test compares the two).

Instants are text, ``2026-11-20T08:02:13.250Z``: the same bytes on SQLite and PostgreSQL, in
which text order is time order. JSON is text too, because the chain covers its exact bytes.
"""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

INSTANT = String(24)
UUID = String(36)
HEX = String(64)

sittings = Table(
    "sittings",
    metadata,
    Column("id", UUID, primary_key=True),
    Column("slug", String(120), nullable=False, unique=True),
    Column("epoch", String(32), nullable=False),
    Column("created_at", INSTANT, nullable=False),
    # The counters and the head of the log: locked and advanced by every append.
    Column("seq", Integer, nullable=False),
    Column("pos", Integer, nullable=False),
    Column("rev", Integer, nullable=False),
    Column("head", HEX, nullable=False),
    # A projection of the log for lists, written in the append's transaction; never read to decide.
    Column("title", Text, nullable=False),
    Column("assembly", Text, nullable=False),
    Column("starts", String(40)),
    Column("status", String(16), nullable=False),
    # Played for training: no public reader ever finds it, and it may be wiped.
    Column("rehearsal", Boolean, nullable=False, server_default=false()),
)

entries = Table(
    "entries",
    metadata,
    Column("sitting", UUID, ForeignKey("sittings.id"), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("pos", Integer),
    Column("id", UUID, nullable=False, unique=True),
    Column("kind", String(40), nullable=False),
    Column("item", String(64)),
    Column("at", INSTANT, nullable=False),
    Column("recorded_at", INSTANT, nullable=False),
    Column("author", String(64)),
    Column("data", Text),
    Column("salt", String(32)),
    Column("digest", HEX, nullable=False),
    Column("prev", HEX, nullable=False),
    Column("hash", HEX, nullable=False),
    UniqueConstraint("sitting", "pos"),
)

requests = Table(
    "requests",
    metadata,
    Column("sitting", UUID, ForeignKey("sittings.id"), primary_key=True),
    Column("key", String(255), primary_key=True),
    Column("seq", Integer, nullable=False),
    # HMAC of the canonical request; dropped when the entry's text is erased.
    Column("mac", HEX),
)

accounts = Table(
    "accounts",
    metadata,
    Column("id", UUID, primary_key=True),
    Column("name", String(80), nullable=False, unique=True),
    Column("role", String(16), nullable=False),
    # Argon2id for a person; none for a program, which has tokens only.
    Column("password", Text),
    Column("created_at", INSTANT, nullable=False),
    Column("disabled", Boolean, nullable=False),
    CheckConstraint("role IN ('admin', 'clerk', 'moderator', 'archivist')", name="role"),
)

logins = Table(
    "logins",
    metadata,
    Column("token_hash", HEX, primary_key=True),
    Column("account", UUID, ForeignKey("accounts.id"), nullable=False),
    Column("created_at", INSTANT, nullable=False),
    Column("seen_at", INSTANT, nullable=False),
    Column("expires_at", INSTANT, nullable=False),
)

tokens = Table(
    "tokens",
    metadata,
    Column("token_hash", HEX, primary_key=True),
    Column("account", UUID, ForeignKey("accounts.id"), nullable=False),
    Column("created_at", INSTANT, nullable=False),
)

login_failures = Table(
    "login_failures",
    metadata,
    Column("id", Integer, primary_key=True),
    # HMAC of the name, or of the address, that was tried: neither is kept in clear.
    Column("subject", HEX, nullable=False),
    Column("at", INSTANT, nullable=False),
    Index(None, "subject", "at"),
)

drafts = Table(
    "drafts",
    metadata,
    Column("id", UUID, primary_key=True),
    Column("sitting", UUID, ForeignKey("sittings.id"), nullable=False),
    Column("author", UUID, nullable=False),
    Column("written_at", INSTANT, nullable=False),
    Column("reason", String(40), nullable=False),
    # The refused command as it was sent: kind, item, at, data.
    Column("command", Text, nullable=False),
    Index(None, "sitting", "author"),
)

channels = Table(
    "channels",
    metadata,
    Column("id", UUID, primary_key=True),
    Column("network", String(20), nullable=False),
    Column("name", String(80), nullable=False, unique=True),
    Column("created_at", INSTANT, nullable=False),
    Column("enabled", Boolean, nullable=False),
    # Fernet over JSON: addresses and credentials, readable with SECRET_KEY only.
    Column("secret", LargeBinary, nullable=False),
    # The families of entries that go out there, as JSON; none where the council left it to the network's own.
    Column("carries", Text),
    # What may be spent there, in a sitting and in a month, in thousandths of a dollar; none: no limit.
    Column("budget_sitting", Integer),
    Column("budget_month", Integer),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("channel", UUID, ForeignKey("channels.id"), primary_key=True),
    Column("sitting", UUID, ForeignKey("sittings.id"), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("entry", UUID, nullable=False),
    Column("item", String(64)),
    Column("state", String(12), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_try_at", INSTANT),
    Column("reason", String(40)),
    Column("detail", Text),
    Column("remote_id", String(120)),
    Column("remote_url", Text),
    Column("updated_at", INSTANT, nullable=False),
    # What the post costs there, in thousandths of a dollar, known once it was written; none where nothing is paid.
    Column("cost", Integer),
    UniqueConstraint("channel", "entry"),
    CheckConstraint("state IN ('waiting', 'sending', 'sent', 'failed', 'given up', 'withheld')", name="state"),
    Index(None, "sitting", "updated_at"),
)

cursors = Table(
    "cursors",
    metadata,
    Column("channel", UUID, ForeignKey("channels.id"), primary_key=True),
    Column("sitting", UUID, ForeignKey("sittings.id"), primary_key=True),
    Column("seq", Integer, nullable=False),
)

leases = Table(
    "leases",
    metadata,
    Column("name", String(20), primary_key=True),
    # Grows with each holder: what a former one still does is known by it.
    Column("token", Integer, nullable=False),
    # Changes with each sign of life; 0 where the holder has ended.
    Column("beat", Integer, nullable=False),
)

assemblies = Table(
    "assemblies",
    metadata,
    # As agendas call it: a sitting finds its assembly by this name.
    Column("name", String(200), primary_key=True),
    # The assembly's own form, as an entry carries it.
    Column("form", Text, nullable=False),
    Column("updated_at", INSTANT, nullable=False),
)

reports = Table(
    "reports",
    metadata,
    Column("id", UUID, primary_key=True),
    Column("sitting", UUID, ForeignKey("sittings.id"), nullable=False),
    # The entry it is about; none where it is about the page as a whole.
    Column("entry", UUID),
    Column("text", Text, nullable=False),
    # Where an answer is wanted, if one is.
    Column("contact", String(200)),
    Column("created_at", INSTANT, nullable=False),
    Index(None, "sitting", "created_at"),
)

push_keys = Table(
    "push_keys",
    metadata,
    # One row: a second key would lose every subscriber of the first.
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("created_at", INSTANT, nullable=False),
    # Fernet over the private key (PEM), readable with SECRET_KEY only.
    Column("secret", LargeBinary, nullable=False),
)

push_subscriptions = Table(
    "push_subscriptions",
    metadata,
    # Unguessable: who knows it may change or end the subscription.
    Column("id", UUID, primary_key=True),
    Column("sitting", UUID, ForeignKey("sittings.id"), nullable=False),
    # HMAC of the browser's address, by which it is found again; the address itself is in the secret.
    Column("endpoint", HEX, nullable=False),
    # Fernet over the subscription as the browser gave it (W3C Push API), readable with SECRET_KEY only.
    Column("secret", LargeBinary, nullable=False),
    # What to tell of, as JSON: items, and whether votes, beginning and end.
    Column("wants", Text, nullable=False),
    Column("language", String(8), nullable=False),
    Column("created_at", INSTANT, nullable=False),
    UniqueConstraint("sitting", "endpoint"),
)

push_cursors = Table(
    "push_cursors",
    metadata,
    Column("sitting", UUID, ForeignKey("sittings.id"), primary_key=True),
    # How far the public thread was told of.
    Column("pos", Integer, nullable=False),
)

media = Table(
    "media",
    metadata,
    Column("sitting", UUID, ForeignKey("sittings.id"), primary_key=True),
    # The beginning of the SHA-256 of the bytes: the same image twice is one.
    Column("id", String(32), primary_key=True),
    Column("type", String(20), nullable=False),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("bytes", LargeBinary, nullable=False),
    Column("created_at", INSTANT, nullable=False),
)

phrases = Table(
    "phrases",
    metadata,
    Column("language", String(8), primary_key=True),
    Column("id", String(64), primary_key=True),
    Column("place", Integer, nullable=False),
    Column("title", Text, nullable=False),
    # A jinja2 template, as the council wrote it.
    Column("text", Text, nullable=False),
)

faces = Table(
    "faces",
    metadata,
    # One row: an installation has one face.
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("accent", String(7), nullable=False),
    Column("accent_dark", String(7), nullable=False),
    Column("font", String(16), nullable=False),
    # The name of the logo's file, and its bytes: as citizens are given it, and as PNG for what is drawn here.
    Column("logo", String(32), nullable=False),
    Column("content", LargeBinary),
    Column("picture", LargeBinary),
    Column("updated_at", INSTANT, nullable=False),
)

scripts = Table(
    "scripts",
    metadata,
    # The beginning of the SHA-256 of the source.
    Column("version", String(12), primary_key=True),
    Column("source", LargeBinary, nullable=False),
    # When a process last had it as its own, so that the oldest go first.
    Column("served_at", INSTANT, nullable=False),
)
