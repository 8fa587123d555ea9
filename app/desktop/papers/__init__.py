"""Handing the day over: papers to print, labels, and the plan as files for others."""
