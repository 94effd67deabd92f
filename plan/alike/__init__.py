"""What makes two voices alike.

`plain` is for pages: cheap, and of the standard library alone. `measuring` is run by a process that ends, which
`comparing` in the actions starts: nothing else imports it, since what it stands on takes tens of megabytes.
"""
