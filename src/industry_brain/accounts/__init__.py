"""Accounts: people who sign in, the organisations they act for, and in which roles."""
