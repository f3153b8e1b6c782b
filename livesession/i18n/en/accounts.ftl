# Accounts: logging in, and who may.
error-login-needed = Log in to go on. What was recorded is safe.
error-login-wrong = This name and password do not belong together. Check them, then try again.
error-login-throttled = Too many failed tries; access is closed for a while. Try again in { $seconds ->
    [one] one second
   *[other] { NUMBER($seconds, useGrouping: 0) } seconds
}.
error-token-unknown = This access token is not known. Nothing was recorded; check it, or create another.
error-account-exists = An account named “{ $name }” exists already. Nothing was changed; choose another name.
error-account-unknown = No account is called “{ $name }”. Nothing was changed.
error-role-unknown = There is no such role. No account was created.
error-password-length = The password must have at least { NUMBER($least, useGrouping: 0) } characters. Nothing was changed.
error-password-character = The password contains a character that cannot be read. Nothing was changed.

problem-role-unknown = “{ $role }” is no role; the roles are admin, clerk, moderator and archivist
problem-password-length = at least { NUMBER($least, useGrouping: 0) } characters, 1000 at most; a phrase does well
problem-password-character = choose another password
