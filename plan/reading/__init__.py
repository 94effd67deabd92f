"""What pages of the workbench read, a query for each kind of thing, whatever the number of rows."""
