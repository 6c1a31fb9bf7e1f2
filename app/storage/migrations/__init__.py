"""How a project file of an older version becomes one of this version, one revision at a time."""
