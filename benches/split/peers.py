"""The sides of the comparison that are Python: reads a corpus as JSON, writes splits.

    python peers.py CORPUS.json SIDE SEED RATIO

Prints a JSON object with the places of the test set and the seconds that it took.
"""

import json
import sys
import time

import numpy


def matrix(corpus):
    names = sorted({label for document in corpus for label in document})
    place = {name: number for number, name in enumerate(names)}
    labels = numpy.zeros((len(corpus), len(names)), dtype=int)
    for row, document in enumerate(corpus):
        for label in document:
            labels[row, place[label]] = 1
    return labels


def random(corpus, seed, ratio):
    from sklearn.model_selection import ShuffleSplit

    split = ShuffleSplit(n_splits=1, test_size=round(ratio * len(corpus)), random_state=seed)
    return next(split.split(numpy.zeros(len(corpus))))[1]


def iterative_stratification(corpus, seed, ratio):
    from iterstrat.ml_stratifiers import MultilabelStratifiedShuffleSplit

    split = MultilabelStratifiedShuffleSplit(n_splits=1, test_size=ratio, random_state=seed)
    return next(split.split(numpy.zeros(len(corpus)), matrix(corpus)))[1]


def multilearn(order):
    def split(corpus, seed, ratio):
        from skmultilearn.model_selection import IterativeStratification

        # It takes the state of numpy's generator, and the order of the rows.
        numpy.random.seed(seed)
        rows = numpy.random.permutation(len(corpus))
        folds = IterativeStratification(
            n_splits=2, order=order, sample_distribution_per_fold=[ratio, 1 - ratio]
        )
        # The first part that it gives is the one of the second share: see its issues 125 and 130.
        parts = next(folds.split(numpy.zeros((len(corpus), 1)), matrix(corpus)[rows]))
        return rows[min(parts, key=lambda part: abs(len(part) - ratio * len(corpus)))]

    return split


def stratified_group(corpus, seed, ratio):
    from sklearn.model_selection import StratifiedGroupKFold

    # It knows one class a document: that of the rarest label.
    often = {}
    for document in corpus:
        for label in document:
            often[label] = often.get(label, 0) + 1
    classes = [min(document, key=lambda label: (often[label], label), default="") for document in corpus]
    folds = StratifiedGroupKFold(n_splits=round(1 / ratio), shuffle=True, random_state=seed)
    places = numpy.arange(len(corpus))
    return next(folds.split(places, classes, places))[1]


SIDES = {
    "random": random,
    "iterative-stratification": iterative_stratification,
    "scikit-multilearn, order 1": multilearn(1),
    "scikit-multilearn, order 2": multilearn(2),
    "StratifiedGroupKFold": stratified_group,
}

if __name__ == "__main__":
    path, side, seed, ratio = sys.argv[1:]
    with open(path, encoding="utf-8") as file:
        corpus = json.load(file)
    begin = time.perf_counter()
    test = SIDES[side](corpus, int(seed), float(ratio))
    seconds = time.perf_counter() - begin
    print(json.dumps({"test": [int(place) for place in test], "seconds": seconds}))
