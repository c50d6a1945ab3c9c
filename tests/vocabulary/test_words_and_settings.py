from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.errors import FileProblem, OutOfRange, TableProblem, UnknownName, Where, missing_columns
from tocsin.settings import Settings
from tocsin.vocabulary import Area, Likelihood, Month, Target, Violence, last_day, parse_horizons, percent

if TYPE_CHECKING:
    from pathlib import Path


@given(st.integers(1900, 2100), st.integers(1, 12), st.integers(-500, 500))
def test_months_count_as_views_counts_them(year: int, month: int, step: int) -> None:
    one = Month.of(year, month)
    assert (one.year, one.month) == (year, month)
    assert Month.parse(str(one)) == one
    assert (one + step) - one == step
    assert one.id == (year - 1980) * 12 + month
    assert last_day(one).day >= 28
    assert Month.of_date(last_day(one)) == one


@pytest.mark.parametrize("text", ["2014-13", "2014-00", "14-06", "June 2014", "", "2014/06"])
def test_what_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(TableProblem, match="is not a month"):
        Month.parse(text)


@pytest.mark.parametrize("text", ["0-3", "1-37", "14-3", "abc", "", "3--5", "1,,2"])
def test_what_is_no_list_of_horizons_is_refused(text: str) -> None:
    with pytest.raises(OutOfRange):
        parse_horizons(text)


@pytest.mark.parametrize(
    ("p", "word"),
    [
        (0.0, "almost no chance"), (0.049, "almost no chance"), (0.05, "very unlikely"), (0.2, "unlikely"),
        (0.45, "roughly even chance"), (0.55, "likely"), (0.8, "very likely"), (0.95, "almost certain"),
        (1.0, "almost certain"),
    ],
)  # fmt: skip
def test_likelihood_words_follow_icd_203(p: float, word: str) -> None:
    assert Likelihood.of(p) == word


@given(st.floats(0, 1))
def test_a_probability_is_never_written_as_certainty(p: float) -> None:
    assert percent(p) not in {"0 %", "100 %"}


def test_targets_and_types_of_violence() -> None:
    assert [v.ucdp_code for v in Violence] == [1, 2, 3]
    assert Target.DEATHS_ALL.violence == tuple(Violence)
    assert Target.DEATHS_OS.violence == (Violence.ONE_SIDED,)
    assert Area.province("IRQ", None).is_unknown_province


def test_an_error_says_what_where_and_hint() -> None:
    error = missing_columns(["a", "b"], ["a", "c"], where=Where("x.csv", (3,), "b"))
    assert str(error).splitlines() == ["column b not found", "  in x.csv, row 3, field b", "  hint: the file has: a, c"]
    assert error.as_dict()["rows"] == [3]
    assert error.exit_code == 2


def test_settings_flags_before_environment_before_file(tmp_path: Path) -> None:
    file = tmp_path / "tocsin.toml"
    file.write_text('timeout_seconds = 5\nucdp_url = "https://a.example"\n')
    environment = {"TOCSIN_TIMEOUT_SECONDS": "7", "HOME": "x"}
    settings = Settings.load(flags={"data_dir": tmp_path}, environment=environment, file=file)
    assert (settings.timeout_seconds, settings.ucdp_url) == (7, "https://a.example")
    assert settings.log_file == tmp_path / "forecast_log.jsonl"


def test_settings_refuse_an_unknown_key_with_the_nearest(tmp_path: Path) -> None:
    file = tmp_path / "tocsin.toml"
    file.write_text("timeout_second = 5\n")
    with pytest.raises(UnknownName, match="timeout_seconds"):
        Settings.load(environment={}, file=file)
    with pytest.raises(TableProblem, match="timeout_seconds"):
        Settings.load(environment={"TOCSIN_TIMEOUT_SECONDS": "soon"})
    with pytest.raises(FileProblem, match="not found"):
        Settings.load(environment={}, file=tmp_path / "none.toml")
