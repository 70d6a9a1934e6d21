"""The pages, one module each: routes, what they read, which template shows it."""
