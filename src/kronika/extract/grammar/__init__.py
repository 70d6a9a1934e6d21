"""How sentences are read: whose subject, which list, how near, in which sense; no deed is known here yet."""
