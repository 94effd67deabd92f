"""What everyone reads of what was heard: its page, one sheet to read aloud, and all there is."""
