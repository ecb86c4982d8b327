"""Annotated documents as CoNLL-U and back, so that tests and readers need no weights.

Ranges stand in MISC (`start_char=12|end_char=17`), names in MISC of their words (`NE=B-ORG`), the heading
mark and the offsets of the sentence in comments. Without ranges a document is laid out from the token forms.
"""

from __future__ import annotations

from collections.abc import Iterator

from extractors.alignment import align
from extractors.document import Document, Name, Sentence, Word
from schema.errors import ArticleError
from schema.model import Article


def to_conllu(document: Document) -> str:
    """The document's sentences; `document_from_conllu` reads the same document back from it."""
    article = document.article
    lines = [f"# newdoc id = {article.id}"]
    lines += [
        f"# {field} = {value}" for field in ("title", "date", "source") if (value := getattr(article, field))
    ]
    lines.append("# article_text = " + _escaped(article.text))
    for sentence in document.sentences:
        lines.append(f"# sent_id = {sentence.index}")
        lines.append(f"# range = {sentence.start} {sentence.end}")
        lines.append(f"# paragraph = {sentence.paragraph}")
        if sentence.heading:
            lines.append("# heading = yes")
        lines.append("# text = " + " ".join(sentence.text.split()))
        lines += _rows(sentence)
        lines.append("")
    return "\n".join(lines) + "\n"


def document_from_conllu(text: str, id: str = "fixture", title: str | None = None) -> Document:
    """One document from CoNLL-U. Raises ArticleError naming the line that has not ten columns."""
    article: dict[str, str] = {}
    sentences: list[Sentence] = []
    layout: list[str] = []
    for comments, rows in _blocks(text):
        article.update(
            {
                k: v
                for k, v in comments.items()
                if k in ("newdoc id", "title", "date", "source", "article_text")
            }
        )
        begin = sum(len(part) + 1 for part in layout)
        words, names, laid_out = _words(rows, begin)
        if "article_text" not in article:
            layout.append(laid_out)
        start, end = (int(n) for n in comments.get("range", f"{begin} {begin + len(laid_out)}").split())
        sentences.append(
            Sentence(
                index=len(sentences),
                start=start,
                end=end,
                text=laid_out,
                heading=comments.get("heading") == "yes",
                words=tuple(words),
                names=tuple(names),
                paragraph=int(comments.get("paragraph", len(sentences))),
            )
        )
    whole = _unescaped(article["article_text"]) if "article_text" in article else "\n".join(layout)
    found = Article(
        id=article.get("newdoc id", id),
        text=whole,
        title=article.get("title", title),
        date=article.get("date"),
        source=article.get("source"),
    )
    return Document(
        found,
        tuple(
            Sentence(
                s.index, s.start, s.end, whole[s.start : s.end], s.heading, s.words, s.names, s.paragraph
            )
            for s in sentences
        ),
    )


def _rows(sentence: Sentence) -> Iterator[str]:
    label_of: dict[int, str] = {}
    for name in sentence.names:
        for index in range(name.first, name.last + 1):
            label_of[index] = ("B-" if index == name.first else "I-") + name.label
    previous = -1
    for word in sentence.words:
        pieces = [w for w in sentence.words if w.token == word.token] if word.token != previous else []
        if len(pieces) > 1:
            first, last = pieces[0], pieces[-1]
            form = (
                sentence.text[first.start - sentence.start : last.end - sentence.start].replace(" ", "")
                or "_"
            )
            yield "\t".join([f"{first.index}-{last.index}", form, *"________"])
        previous = word.token
        feats = "|".join(f"{k}={v}" for k, v in sorted(word.feats.items())) or "_"
        misc = f"start_char={word.start}|end_char={word.end}"
        misc += f"|NE={label_of[word.index]}" if word.index in label_of else ""
        columns = [str(word.index), word.text, word.lemma or "_", word.upos or "_", word.xpos or "_", feats]
        yield "\t".join([*columns, str(word.head), word.deprel or "_", "_", misc])


def _blocks(text: str) -> Iterator[tuple[dict[str, str], list[list[str]]]]:
    comments: dict[str, str] = {}
    rows: list[list[str]] = []
    for number, line in enumerate([*text.splitlines(), ""], 1):
        if line.startswith("#"):
            key, _, value = line[1:].partition("=")
            comments[key.strip()] = value.strip()
        elif line.strip():
            columns = line.split("\t")
            if len(columns) != 10:
                raise ArticleError(f"CoNLL-U line {number}: {len(columns)} columns instead of 10")
            rows.append(columns)
        elif rows:
            yield comments, rows
            comments, rows = {}, []


def _words(rows: list[list[str]], begin: int) -> tuple[list[Word], list[Name], str]:
    """The words of a block, its names, and its text laid out from the forms with `begin` as its offset."""
    words: list[Word] = []
    labels: list[str] = []
    parts: list[str] = []
    position, token, last_piece = begin, -1, 0
    for row in rows:
        if "." in row[0]:
            continue
        if "-" in row[0]:
            first, last_piece = (int(n) for n in row[0].split("-"))
            form, pieces, token = row[1], 0, token + 1
            parts.append(form)
            multi = _pieces(form, [r[1] for r in rows if r[0].isdigit() and first <= int(r[0]) <= last_piece])
            continue
        index = int(row[0])
        misc = dict(entry.split("=", 1) for entry in row[9].split("|") if "=" in entry)
        if index <= last_piece:
            a, b = multi[pieces]
            start, end, pieces = position + a, position + b, pieces + 1
            closing = index == last_piece
        else:
            token += 1
            parts.append(row[1])
            start, end, closing, form = position, position + len(row[1]), True, row[1]
        if closing:
            position += len(form) + 1
        words.append(
            Word(
                index=index,
                text=row[1],
                lemma="" if row[2] == "_" else row[2],
                upos=row[3],
                feats={} if row[5] == "_" else dict(feat.split("=", 1) for feat in row[5].split("|")),
                head=int(row[6]) if row[6].isdigit() else 0,
                deprel="" if row[7] == "_" else row[7],
                start=int(misc.get("start_char", start)),
                end=int(misc.get("end_char", end)),
                token=token,
                xpos="" if row[4] == "_" else row[4],
            )
        )
        labels.append(misc.get("NE", "O"))
    return words, _names(labels), " ".join(parts)


def _pieces(form: str, pieces: list[str]) -> tuple[tuple[int, int], ...]:
    return align(form, tuple(pieces)) or ((0, len(form)),) * len(pieces)


def _names(labels: list[str]) -> list[Name]:
    names: list[Name] = []
    for index, label in enumerate(labels, 1):
        if label.startswith("B-"):
            names.append(Name(label[2:], index, index))
        elif label.startswith("I-") and names and names[-1].last == index - 1:
            names[-1] = Name(names[-1].label, names[-1].first, index)
    return names


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")


def _unescaped(text: str) -> str:
    out, escaped = [], False
    for char in text:
        if escaped:
            out.append({"n": "\n", "r": "\r"}.get(char, char))
        elif char != "\\":
            out.append(char)
        escaped = char == "\\" and not escaped
    return "".join(out)
