"""A while loop whose length depends on the input: the derivative belongs to the number of rounds it takes here.

Years are counted until the balance has doubled; the count is a step function, the final balance is smooth
between two steps.
"""
# expect: balance agree


def balance(deposit, rate):
    # gradcheck: at={"deposit": 1000.0, "rate": 0.07}
    money, years = deposit, 0
    while money < 2.0 * deposit:
        money = money + money * rate
        years += 1
    return money


def balance_grad(deposit, rate):
    money, years = deposit, 0
    while money < 2.0 * deposit:
        money = money + money * rate
        years += 1
    return (1.0 + rate) ** years, deposit * years * (1.0 + rate) ** (years - 1)
