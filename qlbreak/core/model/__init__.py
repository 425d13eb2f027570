"""The vocabulary: terms, movements, routines, rules, and what goes in and comes out."""
