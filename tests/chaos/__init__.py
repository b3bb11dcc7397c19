"""`make chaos`: 300 people get their digest while processes are killed, the broker loses what it had, and the mail
server is slow and drops connections. Nothing may be lost, and hardly anything may come twice."""
