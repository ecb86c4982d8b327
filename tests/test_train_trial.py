"""A trial of the training: what is sampled, and that it never writes into the shipped weights."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

pytest.importorskip("gensim")
pytest.importorskip("pycrfsuite")
pytest.importorskip("sklearn")
pytest.importorskip("ufal")

from scripts.train.__main__ import MODELS, main
from scripts.train.trial import sample_events


@pytest.mark.parametrize("given", [[], ["--models", str(MODELS)], ["--models", str(MODELS / "x" / "..")]])
def test_a_trial_refuses_the_folder_of_the_shipped_weights(
    given: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["--corpora", str(tmp_path), "--out", str(tmp_path / "out"), "--trial", *given])
    assert stopped.value.code == 2
    assert "give another folder for them with --models" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_sample_is_spread_over_its_file(tmp_path: Path) -> None:
    rows = [json.dumps({"id": n}) for n in range(600)]
    (tmp_path / "assault_detection.jsonl").write_text("\n".join(rows), encoding="utf-8")
    sample_events(tmp_path, tmp_path / "few")
    kept = (tmp_path / "few" / "assault_detection.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(kept) == 120
    assert json.loads(kept[-1])["id"] > 500
