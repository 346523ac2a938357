"""The tests of lsq. `oracle` says what a query means; the rest compares with that."""
