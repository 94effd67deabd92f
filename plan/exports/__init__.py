"""What comes out of the workbench: a workbook and a document of all that was said, made by the worker."""
