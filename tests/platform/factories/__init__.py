"""The smallest valid row of every table, for tests to start from."""
