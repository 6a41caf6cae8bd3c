"""What a derivative is: the tables of rules, and the number systems that can read them."""
