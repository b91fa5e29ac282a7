"""Days between two dates, worked out by the database: the one sum of dates that its dialects write differently."""

from typing import Any

from sqlalchemy import Integer
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class days_between(FunctionElement[int]):  # noqa: N801  # a function of SQL, written as one
    """``days_between(earlier, later)``: how many days the second is after the first; below nought if it is before."""

    type = Integer()
    inherit_cache = True


@compiles(days_between, "sqlite")
def _sqlite(element: days_between, compiler: SQLCompiler, **kwargs: Any) -> str:
    earlier, later = (compiler.process(clause, **kwargs) for clause in element.clauses)
    return f"CAST(julianday({later}) - julianday({earlier}) AS INTEGER)"


@compiles(days_between)
def _dates(element: days_between, compiler: SQLCompiler, **kwargs: Any) -> str:
    earlier, later = (compiler.process(clause, **kwargs) for clause in element.clauses)
    return f"({later} - {earlier})"
