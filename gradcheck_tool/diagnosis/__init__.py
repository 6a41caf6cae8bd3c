"""What is wrong with a derivative that is wrong: stories that hold at several points, and repairs of the formula."""
