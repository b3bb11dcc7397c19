"""Whether the release before and the release after can both live with a migration (docs/migrations.md)."""
