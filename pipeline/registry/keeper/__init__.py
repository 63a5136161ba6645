"""The keeper's work: what is to be decided, judgements of who is who, lists that a keeper brings."""
