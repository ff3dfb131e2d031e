"""Mutation: wrong answers made out of right ones, to measure how good hidden tests are."""
