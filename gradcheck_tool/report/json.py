"""A `Report` as JSON and back: the identity both ways, always valid JSON.

Floats keep all 17 digits. JSON has no nan and no infinities: they are the strings ``"NaN"``,
``"Infinity"`` and ``"-Infinity"``, and are numbers again after reading.
"""

from __future__ import annotations

import json
import math
from dataclasses import fields
from typing import Any

from gradcheck_tool.complaint import Complaint
from gradcheck_tool.judgement.power import power
from gradcheck_tool.judgement.record import Curve, Entry, Finding, Proof
from gradcheck_tool.report.record import MethodRow, Report, Result

SCHEMA = "gradcheck/report/1"
POWER = "caught_above"
_SPECIAL = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf}


def to_json(report: Report) -> str:
    """Write a report; its keys are a public interface and only ever added to."""
    results = [{"target": result.target, **_written(result)} for result in report.results]
    head = {
        "schema": SCHEMA,
        "seed": report.seed,
        "exit_code": report.exit_code,
        "strict": report.strict,
        "seconds": report.seconds,
        "results": results,
    }
    return json.dumps(plain(head), allow_nan=False, ensure_ascii=True, indent=1)


def from_json(text: str) -> Report:
    """Read a report back; raises `Complaint` where the text is not one of ours."""
    try:
        data = json.loads(text)
        schema = data["schema"]
    except (ValueError, TypeError, KeyError):
        schema = ""
    if schema != SCHEMA:
        raise Complaint(
            "the text is not a report of this tool",
            code="GC906",
            kind="bad-option",
            remedy=f"give the output of --format json, schema {SCHEMA}",
        )
    results = tuple(_result(row) for row in data["results"])
    return Report(results, seed=data["seed"], strict=data["strict"], seconds=_float(data["seconds"]))


def plain(value: Any) -> Any:
    """Data as JSON can say it: tuples as lists, nan and infinities as their names."""
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    if isinstance(value, dict):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    if isinstance(value, bool | int | str | None):
        return value
    return float(value)


def _record(value: Any) -> dict[str, Any]:
    return {field.name: getattr(value, field.name) for field in fields(value)}


def _written(result: Result) -> dict[str, Any]:
    return {
        **_record(result),
        "entries": [_written_entry(entry) for entry in result.entries],
        "findings": [_written_finding(finding) for finding in result.findings],
        "methods": [_record(row) for row in result.methods],
        "proofs": [{**_record(proof), "caught": proof.caught} for proof in result.proofs],
        "curves": [_record(curve) for curve in result.curves],
        "confirmed": result.confirmed,
    }


def _written_entry(entry: Entry) -> dict[str, Any]:
    """An entry with each method's value under the method's own name, and all their bars under ``bars``."""
    row = _record(entry)
    return {**row.pop("values"), **row, POWER: power(entry)}


def _written_finding(finding: Finding) -> dict[str, Any]:
    return {**_record(finding), "data": [list(pair) for pair in finding.data]}


def _float(value: Any) -> float:
    return _SPECIAL[value] if isinstance(value, str) else float(value)


def _numbers(value: Any) -> tuple[float, ...]:
    return tuple(_float(item) for item in value)


def _deep(value: Any) -> Any:
    """A point's numbers and lists, special names as numbers again."""
    if isinstance(value, dict):
        return {key: _deep(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_deep(inner) for inner in value]
    return _SPECIAL.get(value, value) if isinstance(value, str) else value


def _result(row: dict[str, Any]) -> Result:
    return Result(
        **{
            **row,
            "point": _deep(row["point"]),
            "value": _numbers(row["value"]),
            "shape": (row["shape"][0], row["shape"][1]),
            **{key: _float(row[key]) for key in ("noise", "confirmed", "kappa", "max_rel_error", "seconds")},
            "entries": tuple(_entry(item) for item in row["entries"]),
            "findings": tuple(_finding(item) for item in row["findings"]),
            "methods": tuple(_method(item) for item in row["methods"]),
            "curves": tuple(_curve(item) for item in row["curves"]),
            "details": tuple(row["details"]),
            "warned": tuple(row.get("warned", ())),
            "proofs": tuple(_proof(item) for item in row.get("proofs", ())),
        }
    )


def _entry(row: dict[str, Any]) -> Entry:
    known = {field.name for field in fields(Entry)}
    row = {key: value for key, value in row.items() if key != POWER}
    return Entry(
        **{
            **{key: value for key, value in row.items() if key in known},
            **{key: _float(row[key]) for key in ("yours", "reference", "bound", "tolerance")},
            "values": {method: _float(value) for method, value in row.items() if method not in known},
            "bars": {method: _float(bar) for method, bar in row["bars"].items()},
        }
    )


def _proof(row: dict[str, Any]) -> Proof:
    power_at, yours, error = (_float(row[key]) for key in ("power", "yours", "error"))
    return Proof(row["entry"], power_at, yours, error, row["verdict"])


def _finding(row: dict[str, Any]) -> Finding:
    return Finding(**{**row, "data": tuple((key, text) for key, text in row["data"])})


def _method(row: dict[str, Any]) -> MethodRow:
    return MethodRow(**{**row, "seconds": _float(row["seconds"]), "shares": tuple(row["shares"])})


def _curve(row: dict[str, Any]) -> Curve:
    many = ("steps", "values", "errors", "floor")
    rest = [field.name for field in fields(Curve) if field.name not in (*many, "method", "entry", "order", "law")]
    numbers = {key: _numbers(row[key]) for key in many}
    return Curve(**{**row, **numbers, **{key: _float(row[key]) for key in rest}})
