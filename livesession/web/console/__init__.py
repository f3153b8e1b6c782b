"""The clerk's console: login, the list of sittings, and the register of one."""
