"""`make prod-test`: what docker-compose.yml runs, run natively by its own commands, and then used, stopped and
restarted as people and operators would."""
