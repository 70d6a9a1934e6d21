"""Reports to incidents."""
