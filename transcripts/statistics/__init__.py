"""How far outcomes that vary can be told apart: rates, paired differences, many comparisons, sample sizes."""
