"""A wrong ontology file gives one line that names the entry and says what to do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from schema.errors import OntologyError
from schema.ontology import DEFAULT_PATH, load_ontology
from schema.yaml_files import read_yaml

TEXT = DEFAULT_PATH.read_text(encoding="utf-8")

#: What is replaced (first occurrence), by what, and how the message begins after the file's name.
WRONG = {
    "unknown PLOVER category": (
        "plover: ASSAULT",
        "plover: ASALT",
        r"event_types\.Airstrike\.plover: 'ASALT' is not a PLOVER category; use one of ACCUSE, AGREE",
    ),
    "code that CAMEO cannot have": (
        'cameo: "195"',
        'cameo: "95"',
        r"event_types\.Airstrike\.cameo: String should match pattern .*'95'",
    ),
    "misspelt key": (
        "  Shelling:\n    labels",
        "  Shelling:\n    colr: red\n    labels",
        r"event_types\.Shelling\.colr: is not a known key; correct its spelling or remove it",
    ),
    "missing definition": (
        "    definition:\n      en: A strike from the air,",
        "    meaning:\n      en: A strike from the air,",
        r"event_types\.Airstrike\.definition: is missing; add it",
    ),
    "label in one language": (
        "labels: {en: Person, ar: شخص}",
        "labels: {en: Person}",
        r"agent_types\.Person\.labels\.ar: is missing; add it",
    ),
    "empty label": (
        "labels: {en: Person, ar: شخص}",
        "labels: {en: Person, ar: ''}",
        r"agent_types\.Person\.labels\.ar: ",
    ),
    "wrong colour": ('colour: "#0055FF"', 'colour: "blue"', r"agent_types\.Person\.colour: .*'blue'"),
    "unknown family": (
        "family: violence",
        "family: war",
        r"event_types\.Airstrike\.family: 'war' is not a family; use one of control, help",
    ),
    "unknown role": (
        "roles: {recipient: any, instrument: any}",
        "roles: {target: any}",
        r"event_types\.Airstrike\.roles\.target: is not a role; use one of actor, beneficiary",
    ),
    "role filled by no type": (
        "roles: {recipient: any, instrument: any}",
        "roles: {recipient: Planet, instrument: any}",
        r"event_types\.Airstrike\.roles\.recipient: 'Planet' is not a type; use agent, place, any or",
    ),
    "edge that ends in no role": (
        "{edge: COMMENTED_ON, to: topic,",
        "{edge: COMMENTED_ON, to: beneficiary,",
        r"event_types\.Statement\.shortcuts\.COMMENTED_ON\.to: 'beneficiary' is not a role of Statement",
    ),
    "edge declared twice": (
        "edge: SHELLED",
        "edge: STRUCK",
        r"event_types\.Shelling\.shortcuts\.STRUCK: is the edge of event_types\.Airstrike too",
    ),
    "edge that is a standing relation": (
        "edge: SHELLED",
        "edge: PART_OF",
        r"event_types\.Shelling\.shortcuts\.PART_OF: is the edge of relations too",
    ),
    "relation with an unknown end": (
        "    domain: agent\n    range: any\n    maps: [org:memberOf]",
        "    domain: people\n    range: any\n    maps: [org:memberOf]",
        r"relations\.MEMBER_OF\.domain: 'people' is not a type",
    ),
    "type of both kinds": (
        "  Country:\n    labels: {en: Country,",
        "  Person:\n    labels: {en: Country,",
        r"place_types\.Person: is an agent type too",
    ),
    "prefix that is not declared": (
        "maps: [schema:Person, foaf:Person]",
        "maps: [dbo:Person]",
        r"agent_types\.Person\.maps: 'dbo:Person' needs a known prefix; use one of foaf, geo",
    ),
    "status that is neither true nor false": (
        "factual: true",
        "factual: maybe",
        r"statuses\.stated\.factual: Input should be a valid boolean, not 'maybe'",
    ),
    "structure of an unknown node": (
        "from: [Document], to: [Sentence]",
        "from: [Article], to: [Sentence]",
        r"structure\.HAS_SENTENCE: 'Article' is not a node class",
    ),
    "index of no property": (
        "indexes: [type, plover, status, earliest]",
        "indexes: [type, weather]",
        r"node_classes\.Event\.indexes: 'weather' is not a property declared on Event",
    ),
    "property of an unknown node": (
        "cue: {of: [Statement]",
        "cue: {of: [Speech]",
        r"properties\.cue\.of: 'Speech' is not a node class",
    ),
    "values of no section": (
        "values: casualty_kinds",
        "values: harms",
        r"properties\.kind\.values: 'harms' is not a section of the file",
    ),
    "key written twice": (
        "  Shelling:\n",
        "  Airstrike:\n",
        r"is not readable as YAML: line \d+: 'Airstrike' is written twice; keep one of them",
    ),
    "broken YAML": ("roles:\n  actor:", "roles: [\n  actor:", r"is not readable as YAML: while parsing"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_file_names_its_entry_in_one_line(case: str, tmp_path: Path) -> None:
    before, after, message = WRONG[case]
    assert before in TEXT, "the case no longer changes anything; mend it"
    path = tmp_path / "wrong.yaml"
    path.write_text(TEXT.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(OntologyError) as caught:
        load_ontology(path)
    assert re.match(r"wrong\.yaml: " + message, str(caught.value)), str(caught.value)
    assert "\n" not in str(caught.value)


def test_an_absent_and_an_empty_file(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match=r"none\.yaml: cannot be read \(No such file or directory\)"):
        load_ontology(tmp_path / "none.yaml")
    (tmp_path / "empty.yaml").write_text("", encoding="utf-8")
    with pytest.raises(OntologyError, match=r"^empty\.yaml: holds no entries"):
        load_ontology(tmp_path / "empty.yaml")


def test_a_role_may_be_filled_by_single_types(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(
        TEXT.replace("    roles: {recipient: agent, topic: any}\n    shortcuts:\n      - {edge: COMMENTED_ON",
                     "    roles: {recipient: [MediaOutlet, Person], topic: any}\n    shortcuts:\n"
                     "      - {edge: COMMENTED_ON"),
        encoding="utf-8",
    )  # fmt: skip
    assert load_ontology(path).relation("TOLD").range == {"MediaOutlet", "Person"}


def test_the_example_of_the_guide_is_right(tmp_path: Path) -> None:
    guide = (DEFAULT_PATH.parents[1] / "docs" / "adding-an-event-type.md").read_text(encoding="utf-8")
    example = guide.split("```yaml\n")[1].split("```")[0]
    path = tmp_path / "wider.yaml"
    path.write_text(TEXT.replace("\nevent_types:\n", f"\nevent_types:\n{example}", 1), encoding="utf-8")
    ontology = load_ontology(path)
    assert ontology.event_for("RESIGNED_FROM") is ontology.event_type("Resignation")
    mistake = guide.split("error: ")[1].split("...")[0]
    path.with_name("ontology.yaml").write_text(
        path.read_text(encoding="utf-8").replace("plover: RETREAT", "plover: RETREET", 1), encoding="utf-8"
    )
    with pytest.raises(OntologyError) as caught:
        load_ontology(path.with_name("ontology.yaml"))
    assert str(caught.value).startswith(mistake)


def test_no_file_of_the_lexicon_tells_a_word_class_twice(tmp_path: Path) -> None:
    file = tmp_path / "words.yaml"
    file.write_text("days: [أمس]\ndays: [اليوم]\n", encoding="utf-8")
    for strings in (True, False):
        with pytest.raises(OntologyError, match=r"words\.yaml: .*line 2: 'days' is written twice"):
            read_yaml(file, strings=strings)
