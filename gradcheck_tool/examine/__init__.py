"""One function at one point: record it, ask every method, judge, and write down the result."""
