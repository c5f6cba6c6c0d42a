"""
Simulators of networks that nobody can run at home, and faults for those that one can. They are not networks: what they do is
what the vendors' documentation and public clients say, and what each of them rests on is written beside it.

Used by the tests, the demonstration and the benchmarks; the product never imports them. `python -m simulators linkedin`.
"""
