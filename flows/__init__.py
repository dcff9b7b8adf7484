"""When, and in what order: the flows, their schedules, and the command line."""
