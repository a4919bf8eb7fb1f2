"""Overview: the first page of every role; reads everything and is read by nobody."""
