"""PostgreSQL as Django's own engine has it, which does not ask a dead server again and again: see `base`."""
