"""An import-linter contract: a slice or a room is entered by its `public.py` only."""

from typing import Any

from importlinter import Contract, ContractCheck, fields, output


class PublicFaces(Contract):
    """Nobody outside `x` imports anything of `x` but `x.public` (and what lies below it).

    - packages:  the packages with a public face; `room.*` stands for every package directly below `room`.
    - open:      packages among them that everybody may import from (shared vocabulary, lowest of all).
    - wiring:    importers that put everything together and may reach in.
    """

    type_name = "public_faces"

    packages: Any = fields.ListField(subfield=fields.StringField())
    open: Any = fields.ListField(subfield=fields.StringField(), required=False, default=[])
    wiring: Any = fields.ListField(subfield=fields.StringField(), required=False, default=[])

    def check(self, graph, verbose):  # type: ignore[no-untyped-def]
        trespasses = []
        for package in self._packages(graph):
            for inside in sorted({package} | graph.find_descendants(package)):
                if _below(inside, f"{package}.public"):
                    continue
                for importer in sorted(graph.find_modules_that_directly_import(inside)):
                    if _below(importer, package) or any(_below(importer, wire) for wire in self.wiring):
                        continue
                    trespasses.append((importer, inside, graph.get_import_details(importer=importer, imported=inside)))
        return ContractCheck(kept=not trespasses, metadata={"trespasses": trespasses})

    def render_broken_contract(self, check):  # type: ignore[no-untyped-def]
        for importer, imported, details in check.metadata["trespasses"]:
            line = details[0]["line_number"] if details else "?"
            output.print_error(f"{importer}:{line} imports {imported}: use the public.py of that package")

    def _packages(self, graph):  # type: ignore[no-untyped-def]
        for name in self.packages:
            names = sorted(graph.find_children(name[:-2])) if name.endswith(".*") else [name]
            yield from (one for one in names if one in graph.modules and one not in self.open)


def _below(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")
