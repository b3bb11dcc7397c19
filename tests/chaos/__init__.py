"""`make chaos`: 300 people get their digest while processes are killed, the broker loses what it had, and the mail
server is slow and drops connections; nothing may be lost, and hardly anything may come twice. Then 300 people write
while everything that Weft runs on is hurt, one after the other; what was taken is there, and it comes right by itself.
"""
