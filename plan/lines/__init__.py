"""What people type, paste and import, read into lines of an evening: `plan.actions.noting` writes them."""
