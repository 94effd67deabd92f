"""Files with lines, of any kind that people have: see `plan.lines.files.reading`."""
