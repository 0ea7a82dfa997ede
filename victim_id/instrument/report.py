"""What an edition holds and what is wrong in it, as lines for people and as JSON for tools."""

from pathlib import Path

from victim_id.errors import WrongContent, WrongInput
from victim_id.instrument.check import problems
from victim_id.instrument.instrument import Instrument
from victim_id.instrument.load import load
from victim_id.instrument.training import load_training
from victim_id.instrument.whole import lacking
from victim_id.record import Record, encode


class Problem(Record, kw_only=True):
    """One problem: where it is, what it is, and what would be right."""

    where: str
    what: str
    either: str


class Cells(Record, kw_only=True):
    """How many cells a set has, and how many were verified against the published list."""

    total: int
    verified: int


class Report(Record, kw_only=True):
    """The counts of an edition. `vignettes` are the training cases."""

    edition: str = ""
    fingerprint: str = ""
    indicators: int = 0
    questions: int = 0
    sections: int = 0
    settings: int = 0
    profiles: int = 0
    vignettes: int = 0
    cells: dict[str, Cells] = {}
    problems: tuple[Problem, ...] = ()


def report(folder: Path) -> Report:
    """Reads and checks a folder of content; what cannot be read is among the problems."""
    if not folder.is_dir():
        raise WrongInput(str(folder), "is no folder", "please give a folder of content")
    try:
        instrument = load(folder)
    except WrongContent as wrong:
        return Report(problems=tuple(Problem(where=p.where, what=p.what, either=p.either) for p in wrong.problems))
    found, vignettes = [*problems(instrument), *lacking(instrument)], 0
    try:
        vignettes = len(load_training(folder / "training", instrument))
    except WrongContent as wrong:
        found += wrong.problems
    return Report(
        edition=instrument.edition.number,
        fingerprint=instrument.fingerprint,
        indicators=len(instrument.indicators),
        questions=len(instrument.question),
        sections=len(instrument.sections),
        settings=len(instrument.settings),
        profiles=len(instrument.profiles),
        vignettes=vignettes,
        cells={name: _cells(instrument, name) for name in ("AL", "AS", "CL", "CS")},
        problems=tuple(Problem(where=p.where, what=p.what, either=p.either) for p in found),
    )


def as_json(found: Report) -> str:
    """Gives the report as canonical JSON."""
    return encode(found).decode()


def as_lines(found: Report) -> str:
    """Gives the report for people: a line for each problem, then the counts."""
    lines = [f"{problem.where}: {problem.what}; {problem.either}" for problem in found.problems]
    if found.edition:
        lines.append(
            f"edition {found.edition}, fingerprint {found.fingerprint[:16]}: {found.indicators} indicators, {found.questions} questions, "
            f"{found.sections} sections, {found.settings} settings, {found.profiles} profiles, {found.vignettes} training cases"
        )
        lines.append(
            ", ".join(f"{name}: {cells.total} cells, {cells.verified} verified" for name, cells in found.cells.items())
        )
    lines.append(f"{len(found.problems)} problems" if found.problems else "no problem found")
    return "\n".join(lines)


def _cells(instrument: Instrument, name: str) -> Cells:
    """Counts the cells of a set. None of the five states means that a cell was checked against the leaflet."""
    return Cells(total=sum(1 for indicator in instrument.indicators if name in indicator.strength), verified=0)
