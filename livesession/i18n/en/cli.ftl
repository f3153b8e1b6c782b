error-database-missing = No database at { $path }. Check DATABASE_URL, or start the server a first time.
error-schema-old = The database’s schema is not the one of this program.
error-file-unknown = No file at { $path }.
error-file-unreadable = The file cannot be read.
error-several-sittings = The file holds several sittings.
error-password-differs = The two entries differ. No account was made.
error-db-postgresql = This command is for SQLite.
error-db-copy = The copy failed; the database is intact.
error-db-in-use = A server has the database open; it is intact. Stop it, then try again.
error-db-no-backup = This file is no backup of livesession; the database is intact.
problem-schema-old = version { $found }, { $needed } is needed; run “livesession db upgrade”
problem-file = { $reason }
problem-several-sittings = { $count } sittings; --slug and --starts name one only
problem-password-differs = try again
problem-channel-line = a line name=value is expected, among { $known }
problem-db-postgresql = use pg_dump and pg_restore, then “livesession db new-epoch”
serve-started = livesession listens: { $url } (console: { $url }/console/)
serve-assumed = Settings assumed, as they were not given: { $settings }
serve-key = Secret key kept in { $path }; keep it with your backups.
serve-first-user = No account yet. Make the first: livesession user add NAME --role admin
serve-port = Port { $port } cannot be taken: { $reason }. Choose another with --port.
sitting-also = also created: { $slug }
status-scheduled = to come
status-open = open
status-suspended = suspended
status-closed = ended
user-password = Password (12 characters at least):
user-password-again = Once more:
user-added = Account made: { $name } ({ $role })
user-password-changed = Password changed for { $name }; their logins are ended.
channel-field-base-url = Address of the instance (https://…):
channel-field-access-token = Access token:
channel-field-access-token-secret = Access token secret:
channel-field-consumer-key = Consumer key:
channel-field-consumer-secret = Consumer secret:
channel-field-bearer-token = OAuth 2 token (empty if the four keys are given):
channel-connected = Account connected: { $name } ({ $network }). It gets what is published from now on.
channel-on = active
channel-off = paused
channel-tested = { $name }: the network answers, account { $account }
db-upgraded = Schema up to date.
db-backed-up = Backup written: { $file }
db-restored = Database restored, { $count ->
    [one] a new epoch for one sitting
   *[other] new epochs for { $count } sittings
}.
db-new-epoch = { $count ->
    [one] A new epoch for one sitting.
   *[other] New epochs for { $count } sittings.
}
doctor-good = ✓ { $sentence }
doctor-bad = ✗ { $sentence }
doctor-folder = folder { $name } present
doctor-disk = { $megabytes } MB free on the disk
doctor-public-url = public address set (PUBLIC_URL): { $url }
doctor-database = database readable, schema up to date: { $url }
doctor-users = at least one account can log in
doctor-channels = { $count ->
    [one] { $count } account connected to a network
   *[other] { $count } accounts connected to networks
}
doctor-sitting = { $slug }: chain verified, { $count } entries
demo-standins = X and Mastodon are local stand-ins here: nothing leaves this machine.
demo-console = Console
demo-login = account { $name }, password { $password }
demo-page = Public page
demo-town-hall = The council’s site (another origin, widget embedded)
demo-x = X timeline (stand-in)
demo-mastodon = Mastodon timeline (stand-in)
demo-overlay = Overlay (OBS source)
demo-minutes = Record
demo-playing = The sitting plays in { $seconds } seconds. Ctrl-C ends it all.
demo-played = The sitting has ended. The pages stay open; Ctrl-C ends it all.
demo-missing = What the demonstration needs is missing: pip install 'livesession[demo]'
demo-town-hall-title = Follow the departmental council
demo-town-hall-name = Val-Clair
demo-town-hall-text = This page imitates a council’s own site. It is served from another origin; the thread below comes in by one script tag and one live-session element.
demo-town-hall-fallback = Follow the sitting on its page
demo-timeline-note = Local stand-in: what followers on this network would read. Nothing has left this machine.
demo-timeline-empty = Nothing yet.
demo-timeline-reply = in reply
demo-timeline-nav-services = Services
demo-timeline-nav-agenda = Diary
demo-timeline-nav-contact = Contact
error-demo-folder = The folder { $path } exists and is not a demonstration’s. Move it, or run the demonstration elsewhere.

error-copy-target-used = The target database is not empty. Nothing was copied; give a fresh one.
error-copy-altered = A thread of the source database is altered. Nothing was copied; see “livesession verify”.
error-copy-differs = What was copied is not the same. The target was emptied, the source is intact; tell us.
problem-copy-table = the table is not empty
problem-copy-sitting = this sitting
db-copied-sitting = { $slug }: { NUMBER($entries, useGrouping: 0) } entries, head { $head }
db-copied = { $count ->
    [one] { $count } sitting copied, and compared entry by entry.
   *[other] { $count } sittings copied, and compared entry by entry.
} Now give DATABASE_URL the new address, and keep SECRET_KEY.
