"""What is reckoned rightly is left alone, however it falls; what is made wrong is found."""

import math
from statistics import NormalDist

from figure.build import made
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from casecurves.analysis.consistency import proofread

Z = NormalDist().inv_cdf(0.975)


def wilson(k: int, n: int) -> tuple[float, float]:
    p = k / n
    middle, half = p + Z * Z / (2 * n), Z * math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n))
    return tuple(max(0.0, (middle + sign * half) / (1 + Z * Z / n)) for sign in (-1, 1))


def wald(k: int, n: int) -> tuple[float, float]:
    p = k / n
    half = Z * math.sqrt(p * (1 - p) / n)
    return max(0.0, p - half), min(1.0, p + half)


def katz(a: int, n: int, b: int, m: int) -> tuple[float, float, float]:
    ratio, spread = (a / n) / (b / m), Z * math.sqrt(1 / a - 1 / n + 1 / b - 1 / m)
    return ratio, ratio * math.exp(-spread), ratio * math.exp(spread)


def z_test(a: int, n: int, b: int, m: int) -> float:
    pooled = (a + b) / (n + m)
    z = abs(a / n - b / m) / math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m))
    return 2 * (1 - NormalDist().cdf(z))


def printed_p(p: float) -> str:
    return "<0.001" if p < 0.001 else f"{p:.3f}" if p < 0.01 else f"{p:.2f}"


@st.composite
def counted(draw) -> tuple[int, int, int, int]:
    n, m = draw(st.integers(20, 600)), draw(st.integers(20, 600))
    return draw(st.integers(4, n - 4)), n, draw(st.integers(4, m - 4)), m


def katz_test(a: int, n: int, b: int, m: int) -> float:
    """p by the test that Katz's interval is that of."""
    spread = math.sqrt(1 / a - 1 / n + 1 / b - 1 / m)
    return 2 * (1 - NormalDist().cdf(abs(math.log((a / n) / (b / m))) / spread))


def reported(a: int, n: int, b: int, m: int, decimals: int, interval, test=katz_test, **wrong: object):
    """A trial of two arms, as an article would print it."""
    arms = [{"id": "one", "label": "one", "n": n}, {"id": "two", "label": "two", "n": m}]
    outcomes = []
    for arm, k, of in (("one", a, n), ("two", b, m)):
        low, high = (round(100 * end, decimals) for end in interval(k, of))
        row = {"id": f"out-{arm}", "arm": arm, "label": "better", "percent": f"{100 * k / of:.{decimals}f}"}
        outcomes.append({**row, "ci_low": low, "ci_high": high, "ci_level": 95, **(wrong if arm == "one" else {})})
    ratio, low, high = (round(number, 2) for number in katz(a, n, b, m))
    compared = {"id": "ratio", "label": "better", "arm": "one", "versus": "two", "measure": "relative_risk"}
    compared |= {"estimate": ratio, "ci_low": low, "ci_high": high, "ci_level": 95, "p": printed_p(test(a, n, b, m))}
    return made(kind="trial", arms=arms, outcomes=outcomes, comparisons=[compared], patient={"n": n + m})


@settings(max_examples=300)
@given(counted(), st.integers(0, 2), st.sampled_from([wilson, wald]))
def test_a_trial_that_is_reckoned_rightly_has_no_finding(counts, decimals, interval):
    found = proofread(reported(*counts, decimals, interval)).findings
    assert [(one.rule, one.certainty, dict(one.params)) for one in found] == []


@settings(max_examples=300)
@given(counted())
def test_another_test_than_that_of_the_interval_is_at_most_worth_checking(counts):
    found = proofread(reported(*counts, 1, wilson, z_test)).findings
    assert {(one.rule, one.certainty) for one in found} <= {("ratio.p", "check")}


@settings(max_examples=100)
@given(counted(), st.sampled_from([wilson, wald]))
def test_a_per_cent_of_another_trial_is_found(counts, interval):
    a, n, b, m = counts
    share = 100 * a / n
    other = share + 40 if share < 50 else share - 40
    rules = {one.rule for one in proofread(reported(a, n, b, m, 1, interval, percent=f"{other:.1f}")).findings}
    low, high = interval(a, n)
    if not 100 * low - 0.1 <= other <= 100 * high + 0.1:
        assert "interval.excludes" in rules


@given(st.lists(st.integers(0, 40), min_size=4, max_size=4), st.integers(0, 20))
def test_counts_are_doubted_only_beyond_the_patients(counts, unevaluated):
    n = sum(counts) + unevaluated
    assume(n)
    names = ("complete", "partial", "stable", "progression")
    rows = [
        {"id": f"out-{name}", "arm": "one", "label": name, "response": name, "count": count}
        for name, count in zip(names, counts, strict=True)
    ]

    def found(size: int) -> list[tuple[str, str]]:
        case = made(kind="trial", arms=[{"id": "one", "label": "one", "n": size}], outcomes=rows)
        return [(one.rule, one.certainty) for one in proofread(case).findings]

    assert found(n) == ([("sum.below_n", "check")] if unevaluated else [])
    if sum(counts) > 1:
        assert found(sum(counts) - 1) == [("sum.above_n", "certain")]
