"""Files in and out: tables, workbooks, map pages."""
