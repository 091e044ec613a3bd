"""How well a split keeps the shares: the measures that all sides are compared by.

A corpus is a list of documents, each a dictionary of label -> instances. A split is the set of the
places of the documents of the test set.
"""

from collections import Counter
from itertools import combinations

COLUMNS = [
    ("LD", "{:.5f}"),
    ("LPD", "{:.5f}"),
    ("documents, mean", "{:.4f}"),
    ("documents, most", "{:.3f}"),
    ("instances, mean", "{:.4f}"),
    ("instances, most", "{:.3f}"),
    ("size", "{:.1f}"),
    ("absent", "{:.1f}"),
]


def odds(part, whole):
    """Where all have it, the odds are what they would be with half a document more without it."""
    return part / max(whole - part, 0.5) if part else 0.0


def distribution(documents, total, test, keys):
    """LD of labels, LPD of pairs: the mean distance in odds over keys and both sets."""
    rest = total - test
    sums = []
    for key, (whole, in_test) in keys.items():
        if whole < documents:
            target = odds(whole, total)
            sums.append(abs(odds(in_test, test) - target))
            sums.append(abs(odds(whole - in_test, rest) - target))
    return sum(sums) / len(sums) if sums else 0.0


def count(corpus, test, of):
    whole, inside = Counter(), Counter()
    for place, document in enumerate(corpus):
        for key, number in of(document):
            whole[key] += number
            if place in test:
                inside[key] += number
    return {key: (number, inside[key]) for key, number in whole.items()}


def measure(corpus, test, wanted):
    total, size = len(corpus), len(test)
    by_document = count(corpus, test, lambda it: ((label, 1) for label in it))
    by_instance = count(corpus, test, lambda it: it.items())
    by_pair = count(corpus, test, lambda it: ((pair, 1) for pair in combinations(sorted(it), 2)))
    share = size / total
    deviations = [
        [abs(inside / whole - share) for whole, inside in counts.values()]
        for counts in (by_document, by_instance)
    ]
    absent = sum(
        (inside == 0) + (inside == whole) for whole, inside in by_document.values() if whole > 1
    )
    return [
        distribution(total, total, size, by_document),
        distribution(total, total, size, by_pair),
        sum(deviations[0]) / len(deviations[0]),
        max(deviations[0]),
        sum(deviations[1]) / len(deviations[1]),
        max(deviations[1]),
        abs(size - wanted),
        absent,
    ]
