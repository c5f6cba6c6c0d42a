"""What a rehearsal found, gathered while the lines pass: counts, samples, and what the pages show."""

import sys
from collections import Counter
from collections.abc import Callable, Collection
from typing import Any

from lierre.people.faults import Fault
from lierre.people.importing.comparing import SAMPLES, Compared, Sample, fewest
from lierre.people.importing.verdicts import Outcome
from lierre.people.models import Delivery, Person


class Findings:
    """Memory is bounded: counters, and a few samples of each outcome."""

    def __init__(self) -> None:
        self.counts = [0] * len(Outcome)
        self.changed: Counter[str] = Counter()
        self.doubts: Counter[tuple[str, str]] = Counter()
        self.doubt_samples: list[dict[str, Any]] = []
        self.samples: dict[Outcome, list[Sample]] = {outcome: [] for outcome in Outcome}
        self.refusals: list[dict[str, Any]] = []
        # No digest that is greater will be among the samples.
        self.greatest = [sys.maxsize] * len(Outcome)
        self.lines = 0

    def count(self, outcome: Outcome) -> None:
        self.counts[outcome] += 1

    def wants(self, outcome: Outcome, digest: int) -> bool:
        """Whether such a line may still be one of the samples: few are, so that few need be made."""
        return digest <= self.greatest[outcome]

    def sample(self, outcome: Outcome, sample: Sample) -> None:
        few = self.samples[outcome]
        few.append(sample)
        if len(few) > 4 * SAMPLES:
            few[:] = fewest(few)
            self.greatest[outcome] = few[-1].digest

    def merge(self, compared: Compared) -> None:
        for outcome in compared.outcomes.values():
            self.count(outcome)
        self.changed.update(compared.changed)
        for outcome, samples in compared.samples.items():
            self.samples[outcome] = fewest([*self.samples[outcome], *samples])

    def doubt(self, fault: Fault, file: str) -> None:
        self.doubts[fault.code, fault.column] += 1
        if len(self.doubt_samples) < SAMPLES:
            self.doubt_samples.append({"file": file, **as_json(fault)})

    def refuse(self, fault: Fault, file: str) -> None:
        self.count(Outcome.REJECTED)
        if len(self.refusals) < SAMPLES:
            self.refusals.append({"file": file, **as_json(fault)})

    def ask_instead(self, ranks: Collection[int]) -> None:
        """Somebody is asked about these lines, which would have made new persons."""
        self.counts[Outcome.NEW] -= len(ranks)
        self.counts[Outcome.TO_DECIDE] += len(ranks)
        waiting = set(ranks)
        self.samples[Outcome.NEW] = [each for each in self.samples[Outcome.NEW] if each.rank not in waiting]

    def summary(self, delivery_of: Callable[[int], Delivery], new_persons: int, seconds: float) -> dict[str, Any]:
        """As JSON. `delivery_of(rank)` gives the delivery that holds a rank."""
        kept = {outcome: fewest(samples) for outcome, samples in self.samples.items()}
        numbers = {sample.person for samples in kept.values() for sample in samples if sample.person > 0}
        known = Person.objects.in_bulk(numbers)
        samples = {
            outcome.name.lower(): [
                {
                    "file": delivery_of(sample.rank).name,
                    "line": sample.number,
                    "name": sample.name or (str(known[sample.person]) if sample.person in known else ""),
                    "person": known[sample.person].public_id if sample.person in known else "",
                    "changes": [{"field": c.field, "before": c.before, "after": c.after} for c in sample.changes],
                }
                for sample in some
            ]
            for outcome, some in kept.items()
        }
        return {
            "lines": self.lines,
            "counts": {outcome.name.lower(): self.counts[outcome] for outcome in Outcome},
            "persons": {"new": new_persons},
            "values": dict(self.changed.most_common()),
            "samples": samples | {"rejected": self.refusals},
            "doubts": [
                {"code": code, "column": column, "count": count}
                for (code, column), count in self.doubts.most_common(50)
            ],
            "doubt_samples": self.doubt_samples,
            "seconds": round(seconds, 1),
        }


def as_json(fault: Fault) -> dict[str, Any]:
    return {"line": fault.line, "code": fault.code, "column": fault.column, "value": fault.value[:200]}
