"""Measures what we promise about speed, as ratios taken in one run, and writes docs/performance.md.

    python -m bench [--scale 1,100] [--only list,search] [--quick]

The parent (`__main__`) prepares one data folder per scale and starts one child process per group of figures and scale;
a child (`child`) runs one module of this package inside Django and answers with numbers.
"""
