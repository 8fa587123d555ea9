"""What a dispatch desk knows: frozen values and plain functions, standard library only.

Units, fixed once for the whole program:

* time spans and clock readings inside schedule, problem, kernel and roads are whole **milliseconds** (`Millis`), counted from the
  origin of the planning day (local midnight of the depot, as an aware UTC instant); at the edges (files, JSON, screens) **seconds**;
* distances are whole **metres**; weights whole **grams**; volumes whole **cubic centimetres**;
* money is a whole number of **minor units** and a currency; costs inside a problem are millionths of a minor unit (`Cost`), so that
  a price per hour stays exact per millisecond;
* positions are **WGS-84 latitude, then longitude**, in degrees;
* instants are **aware UTC datetimes**; what was promised (windows, shifts) is local wall time in the depot's IANA zone.
"""
