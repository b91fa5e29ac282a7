"""Where somebody is signed in: a row for each browser, which ends when she says so or when its time is over."""
