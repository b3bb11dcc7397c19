"""`python -m tests.drill`: people write, a backup is made, everything is wiped, and the commands of docs/backups.md
bring it back. Every word, file and count is compared, and no mail may go out twice."""
