"""Who may do what to a proposal: one table."""
