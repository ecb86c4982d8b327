"""What is learnt from articles that were read and annotated: who takes part in which event.

The rules propose; here boosted trees decide by all that speaks for and against, what the rules say among it.

* `scene`: an article with its look-ups; `sentence_tree`: ways through a sentence
* `habits`: how often a word, or a way through the tree, went with an answer in the articles read
* `occasions`: the words that may tell an event, and who may take part
* `party_traits`, `edge_traits`: what speaks for a party, and for an edge between two
* `trees`, `model`: the boosted trees and their file
* `parties`: the step of the pipeline
"""
