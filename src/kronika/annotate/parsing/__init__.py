"""The parse: the model and how it is run, headlines put back into lower case, and the tree that the rest asks."""
