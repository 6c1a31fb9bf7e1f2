"""Reading and writing datasets: one module a format, and what each could not carry."""
