"""Who is said to have said what, and by which words."""
