"""The long-lived connections of the room, in a process of their own: see docs/decisions/live-room.md."""
