"""An extraction as RDF, in Turtle, under the ontology's classes (SEM, PROV-O, schema.org, NIF offsets).

    turtle = extraction_to_turtle(extraction, load_ontology())

The resources are those of the property graph, named `https://w3id.org/hadath/data/<id>`; the same
extraction gives the same bytes. A relation stands as a plain triple only when its status reads as fact;
planned and denied ones are found through their claims alone, with `h:status`. Offsets are code points of
the article's text, which is the `nif:isString` of its document.
"""

from __future__ import annotations

from decimal import Decimal
from urllib.parse import quote

from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import OWL, RDF, RDFS, SKOS, XSD

from graph.batch import Edge, GraphBatch, Node, Value, build_batch
from schema.model import Extraction, RunInfo
from schema.ontology import Ontology

DATA = Namespace("https://w3id.org/hadath/data/")
NIF = Namespace("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#")
SEM = Namespace("http://semanticweb.cs.vu.nl/2009/11/sem/")
WIKIDATA = Namespace("http://www.wikidata.org/entity/")

#: Properties of use inside the store only.
_INNER = {"search_key"}


def extraction_to_turtle(extraction: Extraction, ontology: Ontology, run: RunInfo | None = None) -> str:
    """One article's extraction as Turtle; raises `BatchError` when it does not fit the ontology."""
    return batch_to_turtle(build_batch(extraction, ontology, run), ontology)


def batch_to_turtle(batch: GraphBatch, ontology: Ontology) -> str:
    """The rows of one article as Turtle."""
    writer = _Writer(batch, ontology)
    for node in batch.nodes:
        writer.node(node)
    for edge in batch.edges:
        writer.edge(edge)
    return writer.graph.serialize(format="turtle")


def iri(row_id: str) -> URIRef:
    """The name of a row; any article id makes a valid one."""
    return DATA[quote(row_id, safe="-._~")]


class _Writer:
    def __init__(self, batch: GraphBatch, ontology: Ontology) -> None:
        self.batch = batch
        self.ontology = ontology
        self.classes = Namespace(ontology.namespace)
        self.graph = Graph(bind_namespaces="none")
        for prefix, namespace in ontology.prefixes.items():
            self.graph.bind(prefix, namespace)
        for prefix, terms in (("h", self.classes), ("d", DATA), ("nif", NIF), ("sem", SEM), ("wd", WIKIDATA)):
            self.graph.bind(prefix, terms, replace=True)
        for prefix, names in (("rdf", RDF), ("rdfs", RDFS), ("skos", SKOS), ("owl", OWL), ("xsd", XSD)):
            self.graph.bind(prefix, names, replace=True)

    def node(self, node: Node) -> None:
        name = iri(node.id)
        labels = [node.label, *node.labels]
        if node.label == "Event":
            labels.append(str(node.properties["type"]))
        for label in labels:
            self._type(name, label)
        self._properties(name, node)
        if node.label == "Entity":
            self._entity(name, node)
        if node.label == "Document":
            self.graph.add((name, NIF.isString, Literal(str(node.properties["text"]))))
        elif "start" in node.properties and "end" in node.properties:
            self._offsets(name, node)
        if "predicate" in node.properties:
            self._relation(name, node)

    def edge(self, edge: Edge) -> None:
        source, target = iri(edge.source[1]), iri(edge.target[1])
        self.graph.add((source, self.classes[edge.type], target))
        role = edge.properties.get("role")
        if role is not None:
            # SEM says a role through a node between the event and who plays it.
            played = iri(edge.id)
            self.graph.add((target, SEM.hasActor, played))
            self.graph.add((played, RDF.type, SEM.Role))
            self.graph.add((played, SEM.roleType, self.classes[f"role-{role}"]))
            self.graph.add((played, RDF.value, source))

    def _type(self, name: URIRef, label: str) -> None:
        self.graph.add((name, RDF.type, self.classes[label]))
        entry = self.ontology.node_classes.get(label)
        for mapped in entry.maps if entry else ():
            prefix, local = mapped.split(":", 1)
            self.graph.add((name, RDF.type, URIRef(self.ontology.prefixes[prefix] + local)))

    def _properties(self, name: URIRef, node: Node) -> None:
        labels = {node.label, *node.labels}
        declared = {key for key, entry in self.ontology.properties.items() if labels & {*entry.of}}
        for key, value in node.properties.items():
            if key in declared and key not in _INNER:
                for literal in _literals(value):
                    self.graph.add((name, self.classes[key], literal))
        for key, date in node.dates.items():
            if key in declared:
                self.graph.add((name, self.classes[key], Literal(date, datatype=XSD.date)))

    def _entity(self, name: URIRef, node: Node) -> None:
        for key, language in (("label_ar", "ar"), ("label_en", "en")):
            if key in node.properties:
                self.graph.add((name, RDFS.label, Literal(str(node.properties[key]), lang=language)))
        names = node.properties.get("names")
        for known in names if isinstance(names, list) else ():
            self.graph.add((name, SKOS.altLabel, Literal(known, lang="ar")))
        if "wikidata" in node.properties:
            self.graph.add((name, OWL.sameAs, WIKIDATA[str(node.properties["wikidata"])]))

    def _offsets(self, name: URIRef, node: Node) -> None:
        text = node.properties.get("text", node.properties.get("evidence", node.properties.get("trigger")))
        self.graph.add((name, NIF.referenceContext, iri(self.batch.document)))
        self.graph.add((name, NIF.beginIndex, _offset(node.properties["start"])))
        self.graph.add((name, NIF.endIndex, _offset(node.properties["end"])))
        if text is not None:
            self.graph.add((name, NIF.anchorOf, Literal(str(text))))

    def _relation(self, claim: URIRef, node: Node) -> None:
        subject, predicate, object_ = (node.properties[key] for key in ("subject", "predicate", "object"))
        triple = (iri(str(subject)), self.classes[str(predicate)], iri(str(object_)))
        for part, value in zip((RDF.subject, RDF.predicate, RDF.object), triple, strict=True):
            self.graph.add((claim, part, value))
        if str(node.properties["status"]) in self.ontology.factual_statuses:
            self.graph.add(triple)


def _literals(value: Value) -> list[Literal]:
    items = value if isinstance(value, list) else [value]
    return [Literal(Decimal(repr(item)) if isinstance(item, float) else item) for item in items]


def _offset(value: Value) -> Literal:
    return Literal(value, datatype=XSD.nonNegativeInteger)
