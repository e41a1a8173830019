"""The sizes that a shop's machines can have, as AWS sells them. Numbers only; what they cost is the estimate's."""

from __future__ import annotations

from collections.abc import Mapping

from xpressbuy.cloud.problem import CloudProblem

MB_OF_A_GB = 1024


def _gigabytes(first: int, last: int, step: int = 1) -> tuple[int, ...]:
    return tuple(gb * MB_OF_A_GB for gb in range(first, last + 1, step))


TASK_SIZES: Mapping[int, tuple[int, ...]] = {
    256: (512, *_gigabytes(1, 2)),
    512: _gigabytes(1, 4),
    1024: _gigabytes(2, 8),
    2048: _gigabytes(4, 16),
    4096: _gigabytes(8, 30),
    8192: _gigabytes(16, 60, 4),
    16384: _gigabytes(32, 120, 8),
}
"""Fargate's processors, 1024 to a core, and the MB of memory that each may have.

https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-cpu-memory-error.html
"""
TASK_CPU, TASK_MEMORY = 256, 512
"""What a task has if nobody says otherwise; the template's defaults."""
WEB_MEMORY_MIN, WEB_MEMORY_MAX = 256, 10_240
"""MB of the function that is the shop: less is too slow to start, more is not sold."""
TASKS_MAX = 50
"""Of one service. An account's first quotas end earlier."""


def check_task_size(cpu: int, memory: int) -> None:
    """CloudProblem, with what would fit, for a pair that Fargate does not have."""
    if cpu not in TASK_SIZES:
        raise CloudProblem(f"--cpu {cpu} is no size of Fargate. Take one of {_listed(TASK_SIZES)}; 1024 is a core.")
    if memory not in TASK_SIZES[cpu]:
        fitting = [one for one, memories in TASK_SIZES.items() if memory in memories]
        other = f", or --cpu {_listed(fitting)} with --memory {memory}" if fitting else ""
        raise CloudProblem(
            f"Fargate has no task with --cpu {cpu} and --memory {memory}. "
            f"With --cpu {cpu} take --memory {_range(TASK_SIZES[cpu])}{other}."
        )


def _range(memories: tuple[int, ...]) -> str:
    """All of a few; of many the ends and the step, since the rest follows."""
    few = 4
    if len(memories) <= few:
        return _listed(memories)
    return f"{memories[0]} to {memories[-1]} in steps of {memories[1] - memories[0]}"


def _listed(numbers: Mapping[int, object] | tuple[int, ...] | list[int]) -> str:
    *first, last = (str(one) for one in numbers)
    return f"{', '.join(first)} or {last}" if first else last
