"""How large a machine the catalogue needs: every process holds all of it in memory."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from xpressbuy.cloud.cost.journeys import Journeys
from xpressbuy.cloud.cost.shape import Shape
from xpressbuy.cloud.cost.shop import Shop
from xpressbuy.cloud.sizes import MB_OF_A_GB, TASK_SIZES, WEB_MEMORY_MAX

FUNCTION_MEMORY_MAX = Decimal(WEB_MEMORY_MAX) / MB_OF_A_GB
UNITS_OF_A_CPU = 1024


@dataclass(frozen=True, slots=True)
class Size:
    """Of a task: vCPU and GB."""

    cpu: Decimal
    memory: Decimal

    def __str__(self) -> str:
        return f"{self.cpu} vCPU and {self.memory} GB"


def memory_needed(shop: Shop, known: Journeys) -> Decimal:
    """GB of one process, at the moment when it reads the catalogue anew."""
    assumed = known.assumed
    catalogue = assumed["product_kb"] * shop.catalog * assumed["copies_in_memory"] / MB_OF_A_GB
    return (assumed["process_mb"] + catalogue) / MB_OF_A_GB


def task_size(shop: Shop, known: Journeys, shape: Shape) -> Size:
    """The smallest that holds the catalogue, no smaller than the templates' own; else the largest there is."""
    wanted = memory_needed(shop, known)
    sizes = [
        Size(Decimal(cpu) / UNITS_OF_A_CPU, Decimal(memory) / MB_OF_A_GB)
        for cpu, memories in TASK_SIZES.items()
        for memory in memories
    ]
    large = [size for size in sizes if size.cpu >= shape.task_cpu and size.memory >= max(wanted, shape.task_memory)]
    return large[0] if large else sizes[-1]


def function_memory(shop: Shop, known: Journeys, shape: Shape) -> Decimal:
    """GB of the web function: as the template has it, or what the catalogue needs."""
    return max(shape.web_memory, memory_needed(shop, known))
