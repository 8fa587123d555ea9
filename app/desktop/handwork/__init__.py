"""Acts by hand: swapping, turning round, handing over, the best places, other days, selecting what is alike, repairing around a change."""
