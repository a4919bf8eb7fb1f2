"""The reference cluster: invented firms to published totals, built through operations only."""
