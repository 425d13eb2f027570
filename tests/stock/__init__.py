"""A stranger's account on a stock Debian: from the README to the day after. Run by `make stock`."""
