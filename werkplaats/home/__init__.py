"""The views of the site itself: pages that show several apps, addresses for machines, and what is said on errors."""
